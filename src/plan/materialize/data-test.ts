import type { Dialect } from '../../adapters/adapter.ts'
import { CompilationError, RuntimeError } from '../../core/errors.ts'
import type { Json } from '../../core/json.ts'
import type { QueryResult } from '../../core/query-result.ts'
import type { Relation, RelationState } from '../../core/relation.ts'
import type { SqlSource, TableConfig } from '../../core/sql-request.ts'
import type { Step } from '../../core/step.ts'

export interface DataTestInput {
  /** Compiled: gives the failing rows. */
  readonly sql: string
  readonly model: TableConfig
  /** Where failing rows are stored. */
  readonly relation: Relation
  readonly existing: RelationState | undefined
  /** `--store-failures`, for tests that do not say themselves. */
  readonly storeFailures: boolean
  readonly dialect: Dialect
  readonly source: SqlSource
}

export interface DataTest {
  /** Run first; they store the failing rows. */
  readonly steps: readonly Step[]
  /** Gives one row for `testOutcome`. */
  readonly sql: string
  /** The relation that holds the failing rows. */
  readonly stored: RelationState | undefined
}

/**
 * A data test's query: `fail_calc` over the failing rows, compared with `warn_if` and `error_if`.
 * @throws CompilationError for an unknown `store_failures_as`
 */
export const dataTest = async (input: DataTestInput): Promise<DataTest> => {
  const { config } = input.model
  const limited = input.dialect.limit(
    input.sql,
    typeof config.limit === 'number' ? config.limit : null,
  )
  const stored = storedRelation(input)
  const steps = stored === undefined ? [] : await storeSteps(input, stored, limited)
  const sql = await input.source.sql({
    macro: 'get_test_sql',
    sql: stored === undefined ? limited : `select *\n    from ${input.dialect.render(stored)}`,
    failCalc: text(config.fail_calc, 'count(*)'),
    warnIf: text(config.warn_if, '!= 0'),
    errorIf: text(config.error_if, '!= 0'),
  })
  return { steps, sql, stored }
}

const storedRelation = ({
  model,
  relation,
  storeFailures,
}: DataTestInput): RelationState | undefined => {
  const { store_failures: store, store_failures_as: as } = model.config
  if (as === null || as === undefined)
    return (store ?? storeFailures) === true ? { ...relation, type: 'table' } : undefined
  if (as === 'ephemeral') return undefined
  if (as === 'table' || as === 'view') return { ...relation, type: as }
  throw new CompilationError(
    `'${String(as)}' is not a valid value for \`store_failures_as\`. ` +
      "Accepted values are: ['ephemeral', 'table', 'view']",
    { code: 'store-failures' },
  )
}

const storeSteps = async (
  input: DataTestInput,
  relation: RelationState,
  sql: string,
): Promise<readonly Step[]> => {
  const { model } = input
  const create =
    relation.type === 'view'
      ? await input.source.sql({ macro: 'create_view_as', relation, sql, model })
      : await input.source.sql({ macro: 'create_table_as', temporary: false, relation, sql, model })
  return [
    { kind: 'begin' },
    ...(input.existing === undefined ? [] : [{ kind: 'drop', relation: input.existing } as const]),
    { kind: 'sql', sql: create },
    { kind: 'commit' },
  ]
}

export interface TestOutcome {
  readonly status: 'pass' | 'warn' | 'fail'
  /** dbt's words; null when the test passes. */
  readonly message: string | null
  readonly failures: number
}

/**
 * What the test's row means under its severity: an error condition counts only for severity error,
 * and a warning condition when there is no error.
 * @throws RuntimeError when the query gave anything but one row of three columns
 */
export const testOutcome = (result: QueryResult, config: TableConfig['config']): TestOutcome => {
  const [row, ...others] = result.rows
  if (row === undefined || others.length > 0 || row.length !== 3)
    throw new RuntimeError(
      `the test returned ${result.rows.length} rows of ${result.columns.length} columns, but expected 1 row of 3 columns`,
    )
  const [counted, shouldWarn, shouldError] = row
  const failures = numeric(counted)
  const got = `Got ${failures} ${failures === 1 ? 'result' : 'results'}`
  if (text(config.severity, 'ERROR').toUpperCase() === 'ERROR' && shouldError === true)
    return {
      status: 'fail',
      message: `${got}, configured to fail if ${text(config.error_if, '!= 0')}`,
      failures,
    }
  if (shouldWarn === true)
    return {
      status: 'warn',
      message: `${got}, configured to warn if ${text(config.warn_if, '!= 0')}`,
      failures,
    }
  return { status: 'pass', message: null, failures: 0 }
}

const numeric = (cell: unknown): number => {
  if (typeof cell === 'object' && cell !== null) {
    if ('decimal' in cell) return Number(cell.decimal)
    if ('float' in cell) return Number(cell.float)
  }
  return Number(cell)
}

const text = (value: Json | undefined, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise
