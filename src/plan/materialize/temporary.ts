import type { Relation } from '../../core/relation.ts'
import type { Step } from '../../core/step.ts'
import type { MaterializeInput } from './materialization.ts'

/**
 * Where rows are staged: a temporary table of the session, named by the clock as dbt-duckdb names
 * it; on an engine without them, a table beside the live one.
 */
export const temporaryRelation = (input: MaterializeInput): Relation => {
  const { relation, now } = input
  if (!input.dialect.supports.temporaryTables)
    return { ...relation, identifier: `${relation.identifier}__dbt_tmp` }
  const stamp = `${now.toISOString().replace(/\D/g, '')}000`
  return {
    database: null,
    schema: null,
    identifier: `${relation.identifier}__dbt_tmp${stamp}`,
  }
}

/** The session may go on to other nodes, so what it staged is not left until it ends. */
export const dropTemporary = (relation: Relation): readonly Step[] => [
  { kind: 'drop', relation: { ...relation, type: 'table' } },
]
