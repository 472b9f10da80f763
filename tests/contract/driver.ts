import type { Dialect, Session } from '../../src/adapters/adapter.ts'
import type { JsonObject } from '../../src/core/json.ts'
import type { Cell } from '../../src/core/query-result.ts'
import type { Relation, RelationState } from '../../src/core/relation.ts'
import type { SeedTable } from '../../src/core/seed.ts'
import type { TableColumn, TableConfig } from '../../src/core/sql-request.ts'
import type { StepReport } from '../../src/core/step.ts'
import {
  leftoverRelations,
  materializations,
  materialize,
} from '../../src/plan/materialize/index.ts'
import type { MaterializeInput } from '../../src/plan/materialize/materialization.ts'

/** A node to build, with the parts of a model that a case wants to be otherwise. */
export interface Build {
  readonly materialized: string
  readonly relation: Relation
  readonly sql?: string
  readonly config?: JsonObject
  readonly model?: Partial<TableConfig>
  readonly description?: string
  readonly seed?: SeedTable
  readonly fullRefresh?: boolean
  readonly hooks?: Partial<MaterializeInput['hooks']>
  readonly rebuilt?: readonly Relation[]
  readonly now?: Date
}

export interface Built {
  readonly main: StepReport | undefined
  readonly warnings: readonly string[]
  readonly sent: readonly string[]
}

/** What `run` does around a materialization, in small: facts from the session, steps to it. */
export const build = async (
  session: Session,
  dialect: Dialect,
  lookup: (relation: Relation) => Promise<RelationState | undefined>,
  node: Build,
): Promise<Built> => {
  const materialization = materializations.get(node.materialized)
  if (materialization === undefined) throw new Error(`no materialization ${node.materialized}`)
  const known = new Map<string, RelationState | undefined>()
  for (const relation of [node.relation, ...leftoverRelations(node.relation)])
    known.set(relation.identifier, await lookup(relation))
  const warnings: string[] = []
  const sent: string[] = []
  let main: StepReport | undefined
  try {
    for await (const step of materialize(materialization, inputOf(session, dialect, known, node))) {
      if (step.kind === 'warn') {
        warnings.push(step.message)
        continue
      }
      const report = await session.apply(step)
      if (report.sql !== undefined) sent.push(report.sql)
      if (step.kind === 'load' || (step.kind === 'sql' && step.main === true)) main = report
    }
  } catch (error) {
    await session.rollback()
    throw error
  }
  return { main, warnings, sent }
}

const inputOf = (
  session: Session,
  dialect: Dialect,
  known: ReadonlyMap<string, RelationState | undefined>,
  node: Build,
): MaterializeInput => ({
  uniqueId: `model.contract.${node.relation.identifier}`,
  projectName: 'contract',
  name: node.relation.identifier,
  description: node.description ?? '',
  model: {
    config: node.config ?? {},
    contract: { enforced: false, alias_types: true },
    columns: [],
    constraints: [],
    header: null,
    ...node.model,
  },
  relation: node.relation,
  sql: node.sql ?? '',
  ...(node.seed === undefined ? {} : { seed: node.seed }),
  fullRefresh: node.fullRefresh ?? false,
  hooks: { pre: [], post: [], ...node.hooks },
  dialect,
  source: {
    sql: async request => dialect.sql(request),
    snapshotStrategy: async () => undefined,
  },
  facts: {
    relation: of => known.get(of.identifier),
    columns: of => session.columns(of),
    describe: sql => session.describe(sql),
  },
  now: node.now ?? new Date(),
  rebuilt: node.rebuilt ?? [],
})

/** A column of a contract. */
export const column = (
  name: string,
  type: string,
  constraints: readonly Partial<TableColumn['constraints'][number]>[] = [],
): TableColumn => ({
  name,
  data_type: type,
  quote: null,
  description: '',
  constraints: constraints.map(constraint),
})

export const constraint = (
  given: Partial<TableColumn['constraints'][number]>,
): TableColumn['constraints'][number] => ({
  type: 'check',
  name: null,
  expression: null,
  warn_unenforced: true,
  warn_unsupported: true,
  to: null,
  to_columns: [],
  ...given,
})

/** Rows as plain values, for comparison. */
export const rowsOf = async (session: Session, sql: string): Promise<readonly unknown[][]> =>
  (await session.query(sql)).rows.map(row => row.map(plain))

const plain = (cell: Cell): unknown => {
  if (cell === null || typeof cell !== 'object') return cell
  if (cell instanceof Uint8Array) return Buffer.from(cell).toString('hex')
  if (Array.isArray(cell)) return cell.map(plain)
  if ('decimal' in cell) return cell.decimal
  if ('temporal' in cell) return cell.text
  if ('float' in cell) return cell.float
  if ('struct' in cell)
    return Object.fromEntries([...cell.struct].map(([key, value]) => [key, plain(value)]))
  return undefined
}
