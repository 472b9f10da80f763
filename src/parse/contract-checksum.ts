import { createHash } from 'node:crypto'
import type { ColumnInfo, Constraint, ContractConfig } from '../core/manifest.ts'
import { toRepr } from '../jinja/python/operators.ts'

// The checksum is over Python's repr of the constraints, so that dbt's state comparison agrees.
const constraintRepr = (constraint: Constraint): string => {
  const text = (value: string | null): string => toRepr(value)
  const flag = (value: boolean): string => toRepr(value)
  return `ColumnLevelConstraint(type=<ConstraintType.${constraint.type}: '${constraint.type}'>, name=${text(constraint.name)}, expression=${text(constraint.expression)}, warn_unenforced=${flag(constraint.warn_unenforced)}, warn_unsupported=${flag(constraint.warn_unsupported)}, to=${text(constraint.to)}, to_columns=${toRepr([...constraint.to_columns])})`
}

/** An enforced contract with the checksum of its columns. */
export const withChecksum = (
  contract: ContractConfig,
  columns: Readonly<Record<string, ColumnInfo>>,
): ContractConfig => {
  if (!contract.enforced) return contract
  const sorted = Object.values(columns).sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
  )
  const state = sorted
    .map(column => {
      const constraints = column.constraints.map(constraintRepr).join(', ')
      return `|${column.name}${column.data_type ?? 'None'}[${constraints}]`
    })
    .join('')
  return { ...contract, checksum: createHash('sha256').update(state).digest('hex') }
}
