import type { Column } from './column.ts'
import { CompilationError } from './errors.ts'
import { textTable } from './text-table.ts'

interface Mismatch {
  readonly name: string
  readonly definition: string
  readonly contract: string
  readonly reason: string
}

const byName = (left: Mismatch, right: Mismatch): number =>
  left.name < right.name ? -1 : left.name > right.name ? 1 : 0

const mismatches = (contract: readonly Column[], query: readonly Column[]): readonly Mismatch[] => {
  const contracted = new Map(contract.map(column => [column.name, column.type]))
  const given = new Set(query.map(column => column.name))
  const found: Mismatch[] = []
  for (const { name, type } of query) {
    const wanted = contracted.get(name)
    if (wanted === undefined) {
      found.push({ name, definition: type, contract: '', reason: 'missing in contract' })
    } else if (wanted !== type) {
      found.push({ name, definition: type, contract: wanted, reason: 'data type mismatch' })
    }
  }
  for (const { name, type } of contract) {
    if (!given.has(name)) {
      found.push({ name, definition: '', contract: type, reason: 'missing in definition' })
    }
  }
  return found.sort(byName)
}

/**
 * The error of a model whose query does not give what its enforced contract promises, in dbt's
 * words and table. Types are compared as text: both sides come from the
 * engine's own description.
 */
export const contractMismatch = (
  contract: readonly Column[],
  query: readonly Column[],
): CompilationError => {
  if (contract.length === 0) {
    return new CompilationError(
      "This model has an enforced contract, and its 'columns' specification is missing",
      { code: 'contract', hint: 'list the columns with their data_type in a property file' },
    )
  }
  const table = textTable(
    ['column_name', 'definition_type', 'contract_type', 'mismatch_reason'],
    mismatches(contract, query).map(row => [row.name, row.definition, row.contract, row.reason]),
  )
  return new CompilationError(
    `This model has an enforced contract that failed.\nPlease ensure the name, data_type, and number of columns in your contract match the columns in your model's definition.\n\n${table}`,
    { code: 'contract' },
  )
}
