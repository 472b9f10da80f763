import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const client = join(root, 'src/site/client')

const bundled = async entry => {
  const result = await build({
    entryPoints: [join(client, entry)],
    tsconfig: join(client, 'tsconfig.json'),
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    // esbuild spells </script> and </style> harmlessly by itself, so both may stand in the page.
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'warning',
  })
  return result.outputFiles[0].text.trim()
}

const hashOf = text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Only this script and this style may work in the page, and nothing is asked of other hosts. */
const policy = (script, style) =>
  [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')

/**
 * Writes dist/site/index.html: the documentation site's client as one file, which navo copies into target/
 * and serves. Run before anything that needs the site.
 */
export const buildSite = async () => {
  const template = await readFile(join(client, 'index.html'), 'utf8')
  const [script, style] = await Promise.all([bundled('main.tsx'), bundled('styles/main.css')])
  const parts = new Map([
    ['content="policy"', `content="${policy(script, style)}"`],
    ['/* style */', style],
    ['/* script */', script],
  ])
  const html = template.replaceAll(
    /content="policy"|\/\* (?:style|script) \*\//g,
    place => parts.get(place) ?? place,
  )
  const folder = join(root, 'dist/site')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'index.html'), html)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildSite()
