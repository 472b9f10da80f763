import type { JsonObject } from '../../core/json.ts'
import type { Relation, RelationState } from '../../core/relation.ts'
import type { Step } from '../../core/step.ts'
import { commentSteps, indexSteps } from './finish.ts'
import { incremental } from './incremental.ts'
import { hasForeignKey } from './keys.ts'
import type { Materialization, MaterializeInput, Staged } from './materialization.ts'
import { seed } from './seed.ts'
import { snapshot } from './snapshot.ts'
import { table } from './table.ts'
import { view } from './view.ts'

/** The built-in materializations by the name that `materialized` gives them. */
export const materializations: ReadonlyMap<string, Materialization> = new Map<
  string,
  Materialization
>([
  ['view', view],
  ['table', table],
  ['incremental', incremental],
  ['seed', seed],
  ['snapshot', snapshot],
])

/** Names that a run killed half-way (navo's or dbt's) may have left beside a relation. */
export const leftoverRelations = (relation: Relation): readonly Relation[] =>
  ['__dbt_tmp', '__dbt_backup'].map(suffix => ({
    ...relation,
    identifier: `${relation.identifier}${suffix}`,
  }))

/**
 * Builds one node: the steps in their order, each given when those before it are done, because what
 * follows may depend on what they made. The driver's loop is
 *
 *     for await (const step of materialize(materialization, input)) await carryOut(step)
 *
 * where `hook` steps are rendered and run as SQL, `warn` steps are emitted and all others go to
 * `session.apply`. When a step fails, the driver leaves the loop and rolls back: whatever was
 * published within the transaction is as it was before. The report of the `main` (or `load`) step
 * is the node's response. The driver's relation cache takes notice of drops and swaps itself:
 * when done, `input.relation` exists with the materialization's type, and the leftovers do not.
 *
 * @throws NavoError when the node cannot be built as configured; nothing has changed then but what
 *   hooks outside of the transaction did
 */
export async function* materialize(
  materialization: Materialization,
  input: MaterializeInput,
): AsyncGenerator<Step, void> {
  const transactions = input.dialect.supports.transactions
  const existing = input.facts.relation(input.relation)
  yield* hooks(input, 'pre', false)
  for (const name of leftoverRelations(input.relation)) {
    const leftover = input.facts.relation(name)
    if (leftover !== undefined) yield { kind: 'drop', relation: leftover }
  }
  yield* lock(input, existing)
  if (transactions) yield { kind: 'begin' }
  yield* hooks(input, 'pre', true)
  // The contract's check describes the query, which may need what the header sets up.
  if (input.model.contract.enforced && input.model.header !== null)
    yield { kind: 'sql', sql: input.model.header }

  const build = await materialization.build(input, existing)
  yield* build.steps
  const staged = build.staged === undefined ? undefined : stagedRelation(input, build.staged)
  const publish = await materialization.publish(input, existing, staged)
  yield* publish.steps

  if (hasGrants(input.model.config) && !input.dialect.supports.grants)
    yield { kind: 'warn', message: 'Grants for relations are not supported by DuckDB', once: true }
  if (publish.created) yield* await indexSteps(input)
  yield* await commentSteps(input, materialization.type)
  yield* hooks(input, 'post', true)
  if (transactions) yield { kind: 'commit' }
  yield* publish.cleanup
  yield* hooks(input, 'post', false)
}

function* hooks(
  input: MaterializeInput,
  when: 'pre' | 'post',
  transaction: boolean,
): Generator<Step, void> {
  for (const hook of input.hooks[when])
    if (hook.transaction === transaction) yield { kind: 'hook', sql: hook.sql, when }
}

/**
 * Before the transaction begins, because one that waited within it would not see what it waited
 * for. Only key constraints can tie tables together.
 */
function* lock(
  input: MaterializeInput,
  existing: RelationState | undefined,
): Generator<Step, void> {
  const { relation, model } = input
  if (hasForeignKey(model, existing)) yield { kind: 'lock', relation, ifReferenced: false }
  else if ((existing?.keys ?? []).length > 0) yield { kind: 'lock', relation, ifReferenced: true }
}

const stagedRelation = (input: MaterializeInput, relation: Relation): Staged => ({
  relation,
  columns: () => input.facts.columns(relation),
})

const hasGrants = ({ grants }: JsonObject): boolean =>
  typeof grants === 'object' && grants !== null && Object.keys(grants).length > 0
