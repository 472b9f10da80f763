import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { copyOf, type TestProject } from './navo.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The landing sample that comes with the repository. */
export const sampleFolder = join(root, 'data', 'landing')

/** Copies the lakehouse into a folder of its own; `landing: false` leaves the landing zone empty. */
export const lakehouse = ({ landing = true } = {}): TestProject =>
  copyOf(
    'dbt_project.yml',
    'models',
    'seeds',
    'macros',
    'snapshots',
    'tests/data',
    ...(landing ? ['data/landing'] : []),
  )

/** Copies the database, so that a later state can be compared with this one. */
export const keepAside = (project: TestProject, name: string): string => {
  const copy = join(project.directory, name)
  copyFileSync(join(project.directory, 'navo.duckdb'), copy)
  return copy
}

/** A file of the landing zone. */
export interface LandingFile {
  readonly source: string
  readonly name: string
  /** The day in its name, YYYY-MM-DD. */
  readonly day: string
}

/** The files of a landing zone, by day. */
export const landingFiles = (folder: string): readonly LandingFile[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(({ name: source }) =>
      readdirSync(join(folder, source)).map(name => ({
        source,
        name,
        day: /\d{4}-\d\d-\d\d/.exec(name)?.[0] ?? '',
      })),
    )
    .filter(({ day }) => day !== '')
    .sort((a, b) => (a.day + a.name < b.day + b.name ? -1 : 1))

/** Puts a file of the sample into the project's landing zone, under another name if one is given. */
export const deliver = (project: TestProject, file: LandingFile, name = file.name): void => {
  const folder = join(project.directory, 'data', 'landing', file.source)
  mkdirSync(folder, { recursive: true })
  copyFileSync(join(sampleFolder, file.source, file.name), join(folder, name))
}

/** The day so many days after another, as YYYY-MM-DD. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Asks a database file; each row as an array of text, null for a null. */
export const query = async (
  database: string,
  sql: string,
): Promise<readonly (readonly (string | null)[])[]> => {
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  try {
    const reader = await connection.runAndReadAll(sql)
    return reader.getRows().map(row => row.map(value => (value === null ? null : String(value))))
  } finally {
    // the file stays locked while a connection is open
    connection.closeSync()
    instance.closeSync()
  }
}

/**
 * Compares every table of two builds of the lakehouse, but for processing_timestamp and the snapshot.
 * @returns a line for each table that differs: its name, how many rows, and the first of them
 */
export const differences = async (first: string, second: string): Promise<readonly string[]> => {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const rows = async (sql: string): Promise<readonly (readonly unknown[])[]> =>
      (await connection.runAndReadAll(sql)).getRows()
    await connection.run(`attach '${first}' as one (read_only)`)
    await connection.run(`attach '${second}' as two (read_only)`)
    const tables = await rows(tablesOfBoth)
    const found: string[] = []
    for (const [schema, table, columns, inOne, inTwo] of tables) {
      const name = `${schema}.${table}`
      if (!inOne || !inTwo) {
        found.push(`${name}: only in the ${inOne ? 'first' : 'second'} build`)
        continue
      }
      const [difference] = await rows(differenceOf(name, String(columns)))
      if (!difference) continue
      const [row, side, count] = difference
      found.push(`${name}: ${count} rows differ; the first, of the ${side} build: ${row}`)
    }
    if (tables.length === 0) found.push('no tables to compare')
    return found
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

const tablesOfBoth = `
  select
    schema_name,
    table_name,
    any_value(columns),
    bool_or(database_name = 'one'),
    bool_or(database_name = 'two')
  from (
    select
      database_name,
      schema_name,
      table_name,
      string_agg('"' || column_name || '"', ', ' order by column_index) as columns
    from duckdb_columns()
    semi join duckdb_tables() using (database_name, schema_name, table_name)
    where database_name in ('one', 'two')
      and schema_name not like '%snapshots'
      and column_name <> 'processing_timestamp'
    group by all
  )
  group by schema_name, table_name
  order by schema_name, table_name`

const differenceOf = (table: string, columns: string): string => `
  with differing as (
    select 'first' as side, row(${columns})::varchar as content
    from (select ${columns} from one.${table} except all select ${columns} from two.${table})
    union all
    select 'second', row(${columns})::varchar
    from (select ${columns} from two.${table} except all select ${columns} from one.${table})
  )
  select content, side, count(*) over () from differing order by content, side limit 1`

/** Removes the project's database; what its landing zone holds stays. */
export const forget = (project: TestProject): void =>
  rmSync(join(project.directory, 'navo.duckdb'), { force: true })
