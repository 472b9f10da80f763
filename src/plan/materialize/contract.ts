import type { Column } from '../../core/column.ts'
import { CompilationError } from '../../core/errors.ts'
import type { TableConfig } from '../../core/sql-request.ts'
import type { MaterializeInput } from './materialization.ts'
import { structFields } from './struct-fields.ts'
import { textTable } from './text-table.ts'

/**
 * Compares the columns that the query gives with those of an enforced contract, by name and by the
 * engine's spelling of the type; does nothing without one. dbt's rule and words.
 * @throws CompilationError that lists every difference
 */
export const assertContract = async (input: MaterializeInput): Promise<void> => {
  if (!input.model.contract.enforced) return
  if (input.model.columns.length === 0)
    throw new CompilationError(
      "This model has an enforced contract, and its 'columns' specification is missing",
      { code: 'contract' },
    )
  const declared = flatten(await input.facts.describe(declaredColumnsSql(input)))
  const actual = flatten(await input.facts.describe(input.sql))
  const differences = contractDifferences(declared, actual)
  if (differences.length === 0) return
  throw new CompilationError(
    'This model has an enforced contract that failed.\n' +
      'Please ensure the name, data_type, and number of columns in your contract ' +
      "match the columns in your model's definition.\n\n" +
      textTable(
        ['column_name', 'definition_type', 'contract_type', 'mismatch_reason'],
        differences,
      ),
    { code: 'contract' },
  )
}

/** A row per difference: column, type in the query, type in the contract, reason; sorted by column. */
export const contractDifferences = (
  declared: readonly Column[],
  actual: readonly Column[],
): readonly (readonly string[])[] => {
  const rows: string[][] = []
  for (const column of actual) {
    const match = declared.find(other => other.name === column.name)
    if (match === undefined) rows.push([column.name, column.type, '', 'missing in contract'])
    else if (match.type !== column.type)
      rows.push([column.name, column.type, match.type, 'data type mismatch'])
  }
  const names = new Set(actual.map(column => column.name))
  for (const column of declared)
    if (!names.has(column.name)) rows.push([column.name, '', column.type, 'missing in definition'])
  return rows.sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0))
}

/** A query without rows whose columns are those of the contract, so that the engine spells the types. */
const declaredColumnsSql = (input: MaterializeInput): string => {
  const { model, dialect } = input
  const untyped = model.columns.filter(column => column.data_type === null)
  if (untyped.length > 0)
    throw new CompilationError(
      'Contracted models require data_type to be defined for each column. ' +
        'Please ensure that the column name and data_type are defined within ' +
        `the YAML configuration for the ${pythonList(untyped.map(c => c.name))} column(s).`,
      { code: 'contract' },
    )
  const columns = contractColumns(model, dialect.translateType).map(({ name, quote, type }) => {
    const quoted = quote ? dialect.quoteIdentifier(name) : name
    return `cast(null as ${type}) as ${quoted}`
  })
  return `select ${columns.join(', ')}`
}

const contractColumns = (model: TableConfig, translate: (type: string) => string) =>
  model.columns.map(({ name, quote, data_type }) => {
    const type = data_type ?? ''
    return { name, quote, type: model.contract.alias_types ? translate(type) : type }
  })

const flatten = (columns: readonly Column[]): readonly Column[] => columns.flatMap(structFields)

const pythonList = (names: readonly string[]): string => `[${names.map(n => `'${n}'`).join(', ')}]`
