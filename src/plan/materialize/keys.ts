import type { RelationState } from '../../core/relation.ts'
import type { TableConfig } from '../../core/sql-request.ts'

/** True when the enforced contract declares a foreign key, or the existing table has one. */
export const hasForeignKey = (model: TableConfig, existing: RelationState | undefined): boolean =>
  (existing?.keys ?? []).includes('foreign_key') ||
  (model.contract.enforced &&
    [...model.constraints, ...model.columns.flatMap(column => column.constraints)].some(
      constraint => constraint.type === 'foreign_key',
    ))
