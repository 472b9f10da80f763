import { open } from 'node:fs/promises'
import { CompilationError, RuntimeError } from '../../core/errors.ts'
import type { QueryResult } from '../../core/query-result.ts'
import type { SeedTable } from '../../core/seed.ts'
import type { Step, StepReport } from '../../core/step.ts'
import { StatementError } from '../adapter.ts'
import { csvHeader } from './csv-header.ts'
import { messageOf } from './errors.ts'
import { literal, quote, render } from './names.ts'
import { type ColumnFacts, factExpressions, inferredType } from './seed-inference.ts'

interface Connection {
  query(sql: string): Promise<QueryResult>
}

/** Columns are guessed from this many rows first: what is ruled out here is not looked at again. */
const SAMPLE_ROWS = 2000
/** Names stand in the first line, which is far shorter. */
const HEADER_BYTES = 1 << 20

/**
 * Creates a seed's table, typed as dbt would type it, and lets DuckDB read the file into it.
 * @throws NavoError for a file that cannot be read as CSV
 */
export const loadSeed = async (
  connection: Connection,
  { into, seed, create, code }: Step & { kind: 'load' },
): Promise<StepReport> => {
  const table = render(into)
  const names = await readHeader(seed)
  const statements: string[] = []
  if (create) {
    const types = await seedTypes(connection, seed, names)
    const columns = names.map((name, i) => `${columnName(seed, name)} ${types[i]}`)
    const sql = `create table ${table} (${columns.join(', ')})`
    await connection.query(sql)
    statements.push(sql)
  } else statements.push(`truncate table ${table}`)
  let rows = 0
  if (!seed.empty) {
    const copy = copySql(table, seed)
    rows = await load(connection, copy, seed, names.length)
    statements.push('-- dbt seed --', copy)
  }
  return { rows, code, message: `${code} ${rows}`, sql: `${statements.join(';\n')};` }
}

const load = async (
  connection: Connection,
  copy: string,
  seed: SeedTable,
  columns: number,
): Promise<number> => {
  try {
    return (await connection.query(copy)).rowsAffected ?? 0
  } catch (error) {
    throw csvError(await precise(connection, seed, columns, error))
  }
}

/** COPY only says that it could not make sense of the file; a strict reading names the line. */
const precise = async (
  connection: Connection,
  seed: SeedTable,
  columns: number,
  error: unknown,
): Promise<unknown> => {
  if (!/Error when sniffing/.test(messageOf(error))) return error
  try {
    // The failed COPY has ended the transaction for all but a rollback.
    await connection.query('ROLLBACK').catch(() => undefined)
    await connection.query(`select count(*) from ${readAsText(seed, columns, true)}`)
    return error
  } catch (reason) {
    return /^Invalid Input Error: CSV Error/.test(messageOf(reason)) ? reason : error
  }
}

/** The part of DuckDB's message that says what is wrong and where; its options are not the reader's. */
const csvError = (error: unknown): unknown => {
  if (!(error instanceof StatementError)) return error
  const [message = ''] = error.message.split(/\n\s*\n|\n\s*(?=Possible (?:fixes|solution)|file = )/)
  return new StatementError(message, error.statement, undefined, {
    cause: error.cause,
    code: 'seed-file',
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  })
}

/**
 * The type of each column: the project's `column_types`, else what the cells look like.
 * @param names of the columns, in the file's order
 */
export const seedTypes = async (
  connection: Connection,
  seed: SeedTable,
  names: readonly string[],
): Promise<readonly string[]> => {
  const open = names.flatMap((name, i) => (seed.columnTypes[name] === undefined ? [i] : []))
  const all = new Map(open.map(i => [i, FACTS] as const))
  const sample = await readFacts(connection, seed, names.length, all, SAMPLE_ROWS)
  const remaining = new Map([...sample].map(([i, facts]) => [i, stillOpen(facts)] as const))
  const whole = await readFacts(connection, seed, names.length, remaining, undefined)
  return names.map((name, i) => {
    const given = seed.columnTypes[name]
    const facts = { ...NOTHING, ...whole.get(i) }
    return given ?? inferredType(facts)
  })
}

const FACTS = ['number', 'fraction', 'long', 'date', 'timestamp', 'iso', 'boolean'] as const
type Fact = (typeof FACTS)[number]

const NOTHING: ColumnFacts = {
  number: false,
  fraction: false,
  long: false,
  date: false,
  timestamp: false,
  iso: false,
  boolean: false,
}

const stillOpen = (facts: Partial<ColumnFacts>): readonly Fact[] =>
  FACTS.filter(fact =>
    fact === 'fraction' || fact === 'long' ? facts.number === true : facts[fact] === true,
  )

const readFacts = async (
  connection: Connection,
  seed: SeedTable,
  columns: number,
  wanted: ReadonlyMap<number, readonly Fact[]>,
  limit: number | undefined,
): Promise<ReadonlyMap<number, Partial<ColumnFacts>>> => {
  const keys = [...wanted].flatMap(([i, facts]) => facts.map(fact => [i, fact] as const))
  if (keys.length === 0) return new Map()
  const expressions = keys.map(([i, fact]) => factExpressions(`c${i}`)[FACTS.indexOf(fact)])
  const source = `select * from ${readAsText(seed, columns)}${limit === undefined ? '' : ` limit ${limit}`}`
  const query = `select ${expressions.join(',\n  ')}\nfrom (${source})`
  const { rows } = await connection.query(query).catch(error => {
    throw csvError(error)
  })
  const found = new Map<number, Record<string, boolean>>()
  keys.forEach(([i, fact], at) => {
    found.set(i, { ...found.get(i), [fact]: rows[0]?.[at] === true })
  })
  return found
}

/** Nothing is detected but the line ends. */
const readAsText = (seed: SeedTable, columns: number, strict = false): string => {
  const types = Array.from({ length: columns }, (_, i) => `'c${i}': 'VARCHAR'`)
  return `read_csv(${literal(seed.path)}, auto_detect = false, header = true, delim = ${literal(seed.delimiter)}, quote = '"', escape = '"', strict_mode = ${strict}, columns = {${types.join(', ')}})`
}

const copySql = (table: string, seed: SeedTable): string =>
  `COPY ${table} FROM ${literal(seed.path)} (FORMAT CSV, HEADER TRUE, DELIMITER ${literal(seed.delimiter)})`

const columnName = (seed: SeedTable, name: string): string =>
  seed.quoteColumns === false ? name : quote(name)

const readHeader = async (seed: SeedTable): Promise<readonly string[]> => {
  if ([...seed.delimiter].length !== 1)
    throw new CompilationError('"delimiter" must be a 1-character string')
  const names = csvHeader(await firstBytes(seed.path), seed.delimiter)
  if (names.length === 0)
    throw new RuntimeError(`The seed file ${seed.path} is empty`, {
      code: 'seed-file',
      hint: 'its first line must hold the column names',
    })
  return names
}

const firstBytes = async (path: string): Promise<string> => {
  let file: Awaited<ReturnType<typeof open>> | undefined
  try {
    file = await open(path)
    const buffer = Buffer.alloc(HEADER_BYTES)
    const { bytesRead } = await file.read(buffer, 0, HEADER_BYTES, 0)
    return buffer.subarray(0, bytesRead).toString('utf8')
  } catch (cause) {
    throw new RuntimeError(`The seed file ${path} cannot be read`, { cause, code: 'seed-file' })
  } finally {
    await file?.close()
  }
}
