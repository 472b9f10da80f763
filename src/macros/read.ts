import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Paths and texts of the SQL files of this folder, put in by the build. */
declare const NAVO_MACROS: Readonly<Record<string, string>> | undefined

/** A file of navo's own macros. */
export interface BuiltinMacroFile {
  /** `dbt`, or `dbt_duckdb` and the like for what belongs to one adapter. */
  readonly packageName: string
  /** As the manifest shows it: `macros/tests.sql`. */
  readonly path: string
  readonly text: string
}

/** navo's own macros: from the bundle, or from the sources when navo was not built (tests). */
export const builtinMacroFiles = (): readonly BuiltinMacroFile[] => {
  const texts = typeof NAVO_MACROS === 'object' ? NAVO_MACROS : readSources()
  return Object.entries(texts).map(([path, text]) => {
    const [folder = '', ...rest] = path.split('/')
    return {
      packageName: folder === 'dbt' ? 'dbt' : `dbt_${folder}`,
      path: `macros/${rest.join('/')}`,
      text,
    }
  })
}

const readSources = (): Readonly<Record<string, string>> => {
  const root = fileURLToPath(new URL('.', import.meta.url))
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith('.sql'))
    .sort()
  return Object.fromEntries(paths.map(path => [path, readFileSync(root + path, 'utf8')]))
}
