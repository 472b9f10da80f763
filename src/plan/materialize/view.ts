import { assertContract } from './contract.ts'
import type { Materialization } from './materialization.ts'

/** A query kept under a name, made aside and swapped in. */
export const view: Materialization = {
  type: 'view',
  async build(input) {
    await assertContract(input)
    const staged = { ...input.relation, identifier: `${input.relation.identifier}__dbt_tmp` }
    const { sql, model } = input
    const text = await input.source.sql({
      macro: 'create_view_as',
      relation: staged,
      sql,
      model,
    })
    return { steps: [{ kind: 'sql', sql: text, main: true }], staged }
  },
  async publish(input, existing, staged) {
    if (staged === undefined) return { steps: [], cleanup: [], created: false }
    const { relation: live, rebuilt } = input
    return {
      steps: [
        { kind: 'swap', staged: staged.relation, live, type: 'view', replaces: existing, rebuilt },
      ],
      cleanup: [],
      created: false,
    }
  },
}
