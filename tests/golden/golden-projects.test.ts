import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'

/*
 * Each folder of tests/fixtures/projects is a project with a file `steps` (one command a line) and a
 * folder `expected`: what the commands print, the compiled SQL, what matters of the manifest, and the
 * rows of every table. `UPDATE=1 npx vitest run tests/golden` rewrites what is expected; the change is
 * then reviewed like code.
 */
const projects = fileURLToPath(new URL('../fixtures/projects', import.meta.url))
const updating = process.env.UPDATE === '1'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const copied = (name: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'navo-golden-'))
  folders.push(folder)
  cpSync(join(projects, name), folder, {
    recursive: true,
    filter: path => !path.includes('/expected'),
  })
  return folder
}

/** Times, durations and paths differ from run to run. */
const masked = (text: string, folder: string): string =>
  text
    .replaceAll(folder, '<project>')
    .replaceAll(/^\d\d:\d\d:\d\d {2}/gm, '')
    .replaceAll(/\d+\.\d+ ?s(?:econds)?/g, '<time>')
    .replaceAll(/\.{3,} \[/g, '... [')

const invoke = async (folder: string, line: string): Promise<string> => {
  let output = ''
  const stream = {
    write: (text: string) => {
      output += text
      return true
    },
    isTTY: false,
    columns: 80,
    on: () => stream,
    off: () => stream,
  }
  const code = await main({
    argv: line.split(/\s+/),
    // One thread, so that lines come in one order.
    env: { HOME: join(folder, '.home'), NAVO_THREADS: '1' },
    workingDirectory: folder,
    stdout: stream as never,
    stderr: stream as never,
    interactive: false,
    processId: 1,
    signal: new AbortController().signal,
  })
  return `$ navo ${line}\n${masked(output, folder)}exit ${code}\n`
}

const filesBelow = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter(path => path.endsWith('.sql'))
        .sort()
    : []

interface ManifestShape {
  readonly nodes: Record<string, Record<string, unknown>>
  readonly sources: Record<string, Record<string, unknown>>
  readonly exposures: Record<string, Record<string, unknown>>
  readonly unit_tests: Record<string, Record<string, unknown>>
  readonly disabled: Record<string, unknown>
}

const shown = [
  'relation_name',
  'alias',
  'fqn',
  'depends_on',
  'config',
  'tags',
  'description',
  'access',
  'group',
  'version',
  'latest_version',
  'primary_key',
]

const excerpt = (folder: string): string => {
  const manifest = JSON.parse(
    readFileSync(join(folder, 'target/manifest.json'), 'utf8'),
  ) as ManifestShape
  const all = {
    ...manifest.nodes,
    ...manifest.sources,
    ...manifest.exposures,
    ...manifest.unit_tests,
  }
  const picked = Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, node]) => [
      id,
      Object.fromEntries(shown.filter(key => key in node).map(key => [key, node[key]])),
    ])
  return `${JSON.stringify({ ...Object.fromEntries(picked), disabled: Object.keys(manifest.disabled) }, null, 1)}\n`
}

const rows = async (folder: string): Promise<string> => {
  const database = join(folder, 'navo.duckdb')
  if (!existsSync(database)) return ''
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson()
  const tables = await ask(
    'select schema_name, table_name from duckdb_tables() union all select schema_name, view_name from duckdb_views() where not internal order by all',
  )
  let text = ''
  for (const [schema, table] of tables) {
    const found = await ask(`select * from "${schema}"."${table}" order by all`)
    text += `${schema}.${table}\n${found.map(row => `  ${JSON.stringify(row)}\n`).join('')}`
  }
  connection.closeSync()
  instance.closeSync()
  // Snapshots hold the time of the run, and hashes of it.
  return text
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+/g, '<now>')
    .replaceAll(/"[0-9a-f]{32}"/g, '"<hash>"')
}

const outcome = async (name: string): Promise<Readonly<Record<string, string>>> => {
  const folder = copied(name)
  const steps = readFileSync(join(folder, 'steps'), 'utf8').trim().split('\n')
  let output = ''
  for (const step of steps) {
    const [, from, to] = /^copy (\S+) (\S+)$/.exec(step) ?? []
    if (from && to) cpSync(join(folder, from), join(folder, to))
    else output += await invoke(folder, step)
  }
  const compiled = join(folder, 'target/compiled')
  const sql = filesBelow(compiled).map(path => [
    `compiled/${path}`,
    readFileSync(join(compiled, path), 'utf8'),
  ])
  return {
    'output.txt': output,
    'manifest.json': existsSync(join(folder, 'target/manifest.json')) ? excerpt(folder) : '',
    'rows.txt': await rows(folder),
    ...Object.fromEntries(sql),
  }
}

const expectedFiles = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter(entry => entry.isFile())
          .map(entry => join(entry.parentPath, entry.name))
          .map(path => [path.slice(folder.length + 1), readFileSync(path, 'utf8')])
      : [],
  )

const rewrite = (folder: string, files: Readonly<Record<string, string>>): void => {
  rmSync(folder, { recursive: true, force: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

describe('golden projects', () => {
  for (const name of readdirSync(projects).sort()) {
    it(name, async () => {
      const actual = await outcome(name)
      const folder = join(projects, name, 'expected')
      if (updating) rewrite(folder, actual)
      expect(actual).toEqual(expectedFiles(folder))
    })
  }
})
