// Builds dist/: the command line and the API as one bundle with code loaded on demand, and the
// documentation site's page. Native and cloud modules stay outside and are loaded only when used.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
process.chdir(root)

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

const macros = Object.fromEntries(
  readdirSync('src/macros', { recursive: true })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith('.sql'))
    .sort()
    .map(path => [path, readFileSync(`src/macros/${path}`, 'utf8')]),
)

// What navo keeps of a parse is for the very navo that kept it.
const sources = createHash('sha1')
for (const path of readdirSync('src', { recursive: true }).map(String).sort())
  if (/\.(?:ts|sql)$/.test(path)) sources.update(readFileSync(`src/${path}`))

// Old chunks go last, so that a navo that is running finds its own until the end.
const old = existsSync('dist/chunks') ? readdirSync('dist/chunks') : []

const { metafile } = await build({
  entryPoints: { navo: 'src/cli/entry.ts', api: 'src/api/index.ts' },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  external: ['@duckdb/node-api', '@aws-sdk/*'],
  // Libraries in CommonJS ask for Node's modules by require.
  banner: {
    js: "import { createRequire as navoRequire } from 'node:module'; const require = navoRequire(import.meta.url);",
  },
  define: {
    NAVO_VERSION: JSON.stringify(version),
    NAVO_BUILD: JSON.stringify(sources.digest('hex')),
    NAVO_MACROS: JSON.stringify(macros),
  },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning',
})

for (const name of old)
  if (!(`dist/chunks/${name}` in metafile.outputs)) rmSync(`dist/chunks/${name}`)

if (existsSync('scripts/build-site.mjs')) {
  const site = spawnSync(process.execPath, ['scripts/build-site.mjs'], { stdio: 'inherit' })
  if (site.status !== 0) process.exit(site.status ?? 1)
}
