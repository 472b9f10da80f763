// Fails when modules of src/ need each other while they load. Imports of types vanish in the build
// and may go both ways; values may not: what needs each other belongs together.
import { readdirSync } from 'node:fs'
import { build } from 'esbuild'

const entryPoints = readdirSync('src', { recursive: true })
  .map(path => `src/${path.replaceAll('\\', '/')}`)
  .filter(path => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.endsWith('.d.ts'))
  .filter(path => !path.startsWith('src/site/client/'))

const { metafile } = await build({
  entryPoints,
  outdir: 'dist',
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'error',
})

const imports = path =>
  (metafile.inputs[path]?.imports ?? [])
    .filter(({ kind, external }) => kind === 'import-statement' && !external)
    .map(found => found.path)

const cycles = []
const done = new Set()
const visit = (path, trail) => {
  const at = trail.indexOf(path)
  if (at >= 0) {
    cycles.push([...trail.slice(at), path])
    return
  }
  if (done.has(path)) return
  for (const next of imports(path)) visit(next, [...trail, path])
  done.add(path)
}
for (const path of entryPoints) visit(path, [])

for (const cycle of cycles) console.error(`import cycle:\n  ${cycle.join('\n  ')}`)
if (cycles.length > 0) process.exit(1)
console.log(`no import cycles in ${entryPoints.length} modules`)
