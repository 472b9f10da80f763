import type { Constraint } from '../../core/manifest.ts'
import type { TableColumn, TableConfig } from '../../core/sql-request.ts'
import { quote } from './names.ts'

/** The lines of a table definition: its columns with their constraints, then the model's own. */
export const constraintsDdl = (model: TableConfig): readonly string[] => [
  ...model.columns.map(column => columnDdl(model, column)),
  ...model.constraints.flatMap(constraint => tableConstraint(constraint) ?? []),
]

const columnDdl = (model: TableConfig, column: TableColumn): string => {
  const type = column.data_type ?? ''
  const parts = [
    column.quote ? quote(column.name) : column.name,
    model.contract.alias_types && type.toUpperCase() === 'STRING' ? 'TEXT' : type,
    ...column.constraints.flatMap(constraint => columnConstraint(constraint) ?? []),
  ]
  return parts.join(' ')
}

const columnConstraint = (constraint: Constraint): string | undefined => {
  const expression = constraint.expression ?? ''
  switch (constraint.type) {
    case 'check':
      return expression === '' ? undefined : `check (${expression})`
    case 'not_null':
      return `not null ${expression}`.trim()
    case 'unique':
      return `unique ${expression}`.trim()
    case 'primary_key':
      return `primary key ${expression}`.trim()
    case 'foreign_key':
      return `references ${reference(constraint)}`
    case 'custom':
      return expression === '' ? undefined : expression.trim()
  }
}

const tableConstraint = (constraint: Constraint): string | undefined => {
  const { expression } = constraint
  const prefix = constraint.name === null ? '' : `constraint ${constraint.name} `
  const columns = (constraint.columns ?? []).join(', ')
  const middle = expression ? ` ${expression}` : ''
  switch (constraint.type) {
    case 'check':
      return expression ? `${prefix}check (${expression})` : undefined
    case 'not_null':
      return undefined
    case 'unique':
      return `${prefix}unique${middle} (${columns})`
    case 'primary_key':
      return `${prefix}primary key${middle} (${columns})`
    case 'foreign_key':
      return hasTarget(constraint) || expression
        ? `${prefix}foreign key (${columns}) references ${reference(constraint)}`
        : undefined
    case 'custom':
      return expression ? `${prefix}${expression}` : undefined
  }
}

const hasTarget = (constraint: Constraint): boolean =>
  constraint.to !== null && constraint.to !== '' && constraint.to_columns.length > 0

/** DuckDB takes no database in front of a foreign key's target, not even the current one. */
const reference = (constraint: Constraint): string => {
  if (!hasTarget(constraint)) return constraint.expression ?? ''
  const parts = (constraint.to ?? '').split('.')
  const target = parts.length > 2 ? parts.slice(1).join('.') : parts.join('.')
  return `${target} (${constraint.to_columns.join(', ')})`
}
