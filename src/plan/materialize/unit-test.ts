import type { Dialect } from '../../adapters/adapter.ts'
import type { Column } from '../../core/column.ts'
import { CompilationError } from '../../core/errors.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import type { Relation } from '../../core/relation.ts'
import type { SqlSource } from '../../core/sql-request.ts'
import type { Facts } from './materialization.ts'

export interface FixtureInput {
  /** The input's model or source name, for messages. */
  readonly name: string
  readonly rows: readonly JsonObject[]
  /** The relation that the fixture stands for, and its columns. */
  readonly relation: Relation
  readonly columns: readonly Column[]
  readonly unitTest: string
  readonly dialect: Dialect
}

/**
 * The rows of a unit test's `given` as a query that has all columns of the relation it stands for,
 * typed like them; columns that a row leaves out are null.
 * @throws CompilationError when the relation does not exist, or a row names a column it has not
 */
export const fixtureSql = (input: FixtureInput): string => {
  const { columns, dialect } = input
  const rows = completeFirst(input.rows)
  if (columns.length === 0)
    throw new CompilationError(
      `Not able to get columns for unit test '${input.name}' from relation ` +
        `${dialect.render(input.relation)} because the relation doesn't exist`,
      {
        code: 'unit-test-fixture',
        hint: `build ${input.name} first (with --empty it takes no rows), or give its rows as sql`,
      },
    )
  const types = typesOf(columns)
  const select = (row: JsonObject): string => {
    const given = formatRow(row, types, `'${input.name}'`, dialect)
    const fields = columns.map(({ name, type }) => {
      const value = given.get(name.toLowerCase()) ?? dialect.safeCast('null', type)
      return `${value} as ${dialect.quoteIdentifier(name)}`
    })
    return `select ${fields.join(', ')}`
  }
  const body = rows.length === 0 ? `${select({})}\nlimit 0` : rows.map(select).join('\nunion all\n')
  return `-- Fixture for ${input.name}\n${body}`
}

export interface UnitTestInput {
  /** The tested model's query, its inputs replaced by fixtures. */
  readonly sql: string
  readonly expected: { readonly rows: readonly JsonObject[] } | { readonly sql: string }
  readonly dialect: Dialect
  readonly source: SqlSource
  readonly facts: Facts
}

/**
 * The query whose rows say `actual` or `expected` in their last column, for `unitTestDiff`. Only
 * columns that the first expected row names are compared.
 * @throws CompilationError when an expected row names a column that the model has not
 */
export const unitTestSql = async (input: UnitTestInput): Promise<string> => {
  const { dialect, expected } = input
  const columns = await input.facts.describe(input.sql)
  const types = typesOf(columns)
  const rows = completeFirst('rows' in expected ? expected.rows : [])
  const [first] = rows
  const names = first === undefined ? columns.map(({ name }) => name) : Object.keys(first)
  const quoted = new Map(
    columns.map(({ name }) => [name.toLowerCase(), dialect.quoteIdentifier(name)] as const),
  )
  const nameOf = (name: string): string => quoted.get(name.toLowerCase()) ?? name
  const select = (row: JsonObject): string => {
    const values = formatRow(row, types, 'expected output', dialect)
    return `select ${[...values].map(([name, value]) => `${value} as ${nameOf(name)}`).join(', ')}`
  }
  const expectedSql =
    'sql' in expected
      ? expected.sql
      : rows.length === 0
        ? 'select * from dbt_internal_unit_test_actual\nlimit 0'
        : rows.map(select).join('\nunion all\n')
  return input.source.sql({
    macro: 'get_unit_test_sql',
    sql: input.sql,
    expectedSql,
    columns: names.map(nameOf),
  })
}

/** As in dbt, the first row without a null changes places with the first: its columns are the ones compared. */
const completeFirst = (rows: readonly JsonObject[]): readonly JsonObject[] => {
  const index = rows.findIndex(row => Object.values(row).every(value => value !== null))
  const [first, complete] = [rows[0], rows[index]]
  if (first === undefined || complete === undefined) return rows
  return rows.map((row, i) => (i === 0 ? complete : i === index ? first : row))
}

const typesOf = (columns: readonly Column[]): ReadonlyMap<string, string> =>
  new Map(columns.map(({ name, type }) => [name.toLowerCase(), type]))

const formatRow = (
  row: JsonObject,
  types: ReadonlyMap<string, string>,
  fixture: string,
  dialect: Dialect,
): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(row).map(([key, value]) => {
      const name = key.toLowerCase()
      const type = types.get(name)
      if (type === undefined) {
        const accepted = [...types.keys()].map(column => `'${column}'`).join(', ')
        throw new CompilationError(
          `Invalid column name: '${name}' in unit test fixture for ${fixture}.\n` +
            `Accepted columns for ${fixture} are: [${accepted}]`,
          { code: 'unit-test-fixture' },
        )
      }
      return [name, dialect.safeCast(expression(value ?? null, dialect), type)]
    }),
  )

/** Lists and mappings are written as the engine's list and struct literals. */
const expression = (value: Json, dialect: Dialect): string => {
  if (Array.isArray(value)) return `[${value.map(item => expression(item, dialect)).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(
      ([key, item]) => `${dialect.literal(key)}: ${expression(item ?? null, dialect)}`,
    )
    return `{${fields.join(', ')}}`
  }
  return dialect.literal(value as string | number | boolean | null)
}
