import { CompilationError } from '../../core/errors.ts'
import type { Step } from '../../core/step.ts'
import type { Materialization } from './materialization.ts'

/**
 * A CSV file as a table. Later runs empty the table and load the file into its columns as they are;
 * a full refresh makes it anew, which a changed header needs.
 */
export const seed: Materialization = {
  type: 'table',
  async build() {
    return { steps: [], staged: undefined }
  },
  async publish(input, existing) {
    const { relation, dialect, fullRefresh, rebuilt } = input
    if (existing?.type === 'view')
      throw new CompilationError(`Cannot seed to '${dialect.render(relation)}', it is a view`, {
        code: 'relation-type',
      })
    if (input.seed === undefined) return { steps: [], cleanup: [], created: false }
    const create = existing === undefined || fullRefresh
    const before: readonly Step[] =
      existing === undefined
        ? []
        : fullRefresh
          ? [{ kind: 'drop', relation: existing, rebuilt }]
          : [{ kind: 'sql', sql: dialect.truncate(relation) }]
    const code = fullRefresh ? 'CREATE' : 'INSERT'
    return {
      steps: [...before, { kind: 'load', into: relation, seed: input.seed, create, code }],
      cleanup: [],
      created: create,
    }
  },
}
