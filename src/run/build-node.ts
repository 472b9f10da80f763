import type { Session } from '../adapters/adapter.ts'
import { findMacro, isInternalPackage, type Macro } from '../context/macro-library.ts'
import { RelationValue } from '../context/relation-value.ts'
import { CompilationError, RuntimeError } from '../core/errors.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type { Hook, ManifestNode, SeedNode } from '../core/manifest.ts'
import { nearest } from '../core/nearest.ts'
import type { AdapterResponse } from '../core/query-result.ts'
import type { Relation, RelationType } from '../core/relation.ts'
import type { TableConfig } from '../core/sql-request.ts'
import type { Step, StepReport } from '../core/step.ts'
import { parseTemplate, renderAsync } from '../jinja/engine.ts'
import { PyDict } from '../jinja/python/values.ts'
import { leftoverRelations, materializations, materialize } from '../plan/materialize/index.ts'
import type { Facts, MaterializeInput } from '../plan/materialize/materialization.ts'
import { type Compiled, writeOutput } from './compile-node.ts'
import { rebuiltAfter, resolveConstraints } from './foreign-keys.ts'
import type { NodeContext, Thread } from './node-context.ts'
import type { RunEnvironment } from './run-environment.ts'
import { sqlSource } from './sql-source.ts'

/** A node about to be built: a model or snapshot with its SQL, or a seed. */
export interface BuildRequest {
  readonly environment: RunEnvironment
  readonly thread: Thread
  readonly node: ManifestNode
  readonly context: NodeContext
  /** Of seeds there is none. */
  readonly compiled: Compiled | undefined
}

export interface Built {
  readonly response: AdapterResponse
}

type Place = Pick<ManifestNode, 'database' | 'schema' | 'alias'>

const relationOf = (node: Place): Relation => ({
  database: node.database,
  schema: node.schema,
  identifier: node.alias,
})

const hooksOf = (config: JsonObject, key: 'pre-hook' | 'post-hook'): readonly Hook[] => {
  const hooks = config[key]
  return Array.isArray(hooks) ? (hooks as unknown as readonly Hook[]) : []
}

/** What of a node shapes its DDL. */
export const tableConfig = (environment: RunEnvironment, node: ManifestNode): TableConfig => {
  const contract = 'contract' in node ? node.contract : { enforced: false, alias_types: true }
  const header = node.config.sql_header
  return {
    config: node.config,
    contract,
    columns: Object.values(node.columns),
    constraints: [],
    ...(node.resource_type === 'model' ? resolveConstraints(environment, node) : {}),
    header: typeof header === 'string' ? header : null,
  }
}

/** What the plan asks of the warehouse between steps. */
export const factsOf = async (
  environment: RunEnvironment,
  session: Session,
  relations: readonly Relation[],
): Promise<Facts> => {
  const known = new Map<string, Awaited<ReturnType<typeof environment.relations.get>>>()
  const key = (of: Relation): string => `${of.database}.${of.schema}.${of.identifier}`.toLowerCase()
  for (const relation of relations)
    known.set(key(relation), await environment.relations.get(relation))
  return {
    relation: of => known.get(key(of)),
    columns: of => session.columns(of),
    describe: sql => session.describe(sql),
  }
}

const seedTable = (environment: RunEnvironment, node: SeedNode): MaterializeInput['seed'] => {
  const { config } = node
  const root = environment.packageRoots.get(node.package_name) ?? environment.projectDir
  const types = (config.column_types ?? {}) as JsonObject
  const quoted = config.quote_columns
  return {
    path: `${root}/${node.original_file_path}`,
    delimiter: String(config.delimiter ?? ','),
    columnTypes: Object.fromEntries(
      Object.entries(types).map(([name, type]) => [name, String(type)]),
    ),
    quoteColumns: typeof quoted === 'boolean' ? quoted : null,
    empty: environment.flags.empty,
  }
}

/** `full_refresh` of the configuration beats the flag, both ways. */
export const isFullRefresh = (environment: RunEnvironment, config: JsonObject): boolean => {
  const configured: Json | undefined = config.full_refresh
  return typeof configured === 'boolean' ? configured : environment.flags.fullRefresh
}

const inputOf = async (request: BuildRequest, session: Session): Promise<MaterializeInput> => {
  const { environment, node, context } = request
  const relation = relationOf(node)
  const model = tableConfig(environment, node)
  const header = await renderHeader(context, model)
  return {
    uniqueId: node.unique_id,
    projectName: environment.facts.name,
    name: node.name,
    description: node.description,
    model: { ...model, header },
    relation,
    sql: request.compiled?.sql ?? '',
    seed: node.resource_type === 'seed' ? seedTable(environment, node) : undefined,
    fullRefresh: isFullRefresh(environment, node.config),
    hooks: { pre: hooksOf(node.config, 'pre-hook'), post: hooksOf(node.config, 'post-hook') },
    dialect: environment.facts.dialect,
    source: sqlSource(context.scope),
    facts: await factsOf(environment, session, [relation, ...leftoverRelations(relation)]),
    now: environment.invocation.now(),
    rebuilt: rebuiltAfter(environment, node.unique_id),
  }
}

const renderText = (context: NodeContext, text: string, file: string): Promise<string> =>
  renderAsync(parseTemplate({ source: text, file }), context.scope.lookup, {
    undefined: context.scope.mode.undefined,
  })

const renderHeader = async (context: NodeContext, model: TableConfig): Promise<string | null> =>
  model.header === null || !model.header.includes('{')
    ? model.header
    : renderText(context, model.header, 'sql_header')

const runHook = async (request: BuildRequest, session: Session, sql: string): Promise<void> => {
  const text = (await renderText(request.context, sql, request.node.original_file_path)).trim()
  if (text !== '') await session.apply({ kind: 'sql', sql: text })
}

const warned = new WeakMap<RunEnvironment, Set<string>>()

const warn = (environment: RunEnvironment, message: string, once: boolean): void => {
  const said = warned.get(environment) ?? new Set<string>()
  warned.set(environment, said)
  if (once && said.has(message)) return
  said.add(message)
  environment.invocation.emit({
    kind: 'warning',
    code: 'AdapterWarning',
    error: new RuntimeError(message, { code: 'adapter-warning' }),
  })
}

const responseOf = (report: StepReport): AdapterResponse => ({
  _message: report.message ?? 'OK',
  ...(report.code === undefined ? {} : { code: report.code }),
  ...(report.rows === undefined || report.code === undefined ? {} : { rows_affected: report.rows }),
  ...(report.queryId === undefined ? {} : { query_id: report.queryId }),
  ...(report.bytesScanned === undefined ? {} : { data_scanned_in_bytes: report.bytesScanned }),
})

const isMain = (step: Step): boolean =>
  step.kind === 'load' || (step.kind === 'sql' && step.main === true)

/** Carries out a node's steps; what the main one said is the node's response. */
const carryOut = async (
  request: BuildRequest,
  session: Session,
  steps: AsyncIterable<Step>,
): Promise<AdapterResponse> => {
  let response: AdapterResponse = { _message: 'OK' }
  const sent: string[] = []
  for await (const step of steps) {
    if (step.kind === 'hook') await runHook(request, session, step.sql)
    else if (step.kind === 'warn') warn(request.environment, step.message, step.once)
    else {
      const report = await session.apply(step)
      if (!isMain(step)) continue
      response = responseOf(report)
      sent.push(step.kind === 'sql' ? step.sql : (report.sql ?? ''))
      writeOutput(request.environment, 'run', request.node, sent.join('\n'))
    }
  }
  return response
}

const customMaterialization = (request: BuildRequest, name: string): Macro | undefined => {
  const { scope } = request.context
  const names = [...scope.facts.dialect.dispatch, 'default'].map(
    adapter => `materialization_${name}_${adapter}`,
  )
  for (const candidate of names) {
    const root = scope.library.packages.get(scope.library.root)?.get(candidate)
    const macro = root ?? findMacro(scope.library, candidate, scope.packageName)
    if (macro && !isInternalPackage(macro.node.package_name)) return macro
  }
  // A package's materialization serves all nodes, unless navo has one of that name.
  for (const macros of scope.library.packages.values()) {
    const macro = names.map(candidate => macros.get(candidate)).find(found => found !== undefined)
    if (macro && !materializations.has(name)) return macro
  }
  return undefined
}

/** Runs a `{% materialization %}` of the project: it does everything itself and says what it made. */
const runCustom = async (request: BuildRequest, macro: Macro): Promise<Built> => {
  const { environment, context, compiled, node } = request
  const result = await context.scope.bind(macro)([], new Map())
  const made = result instanceof PyDict ? result.get('relations') : undefined
  if (!Array.isArray(made)) {
    throw new CompilationError(
      `Invalid return value from materialization, expected a dict with key "relations", got ${result === null ? 'nothing' : 'something else'}`,
      {
        code: 'materialization-result',
        hint: "end it with {{ return({'relations': [target_relation]}) }}",
      },
    )
  }
  for (const relation of made) {
    if (relation instanceof RelationValue) {
      environment.relations.added({
        ...relation.parts,
        type: (relation.parts.type ?? 'table') as RelationType,
      })
    }
  }
  const written = compiled?.written()
  if (written !== undefined) writeOutput(environment, 'run', node, written)
  const main = context.results.main()
  const response = main instanceof PyDict ? main.get('response') : undefined
  return {
    response: {
      _message: response ? String((response as { str?: () => string }).str?.() ?? response) : 'OK',
    },
  }
}

const unknownMaterialization = (request: BuildRequest, name: string): CompilationError => {
  const adapter = request.context.scope.facts.dialect.dispatch[0] ?? ''
  return new CompilationError(
    `No materialization '${name}' was found for adapter ${adapter}! (searched types 'default' and '${adapter}')`,
    { code: 'materialization-not-found', hint: hint(name) },
  )
}

const hint = (name: string): string => {
  const near = nearest(name, [...materializations.keys(), 'ephemeral'])
  return near ? `did you mean '${near}'?` : `use one of ${[...materializations.keys()].join(', ')}`
}

// What a run that ends well leaves behind is known: the cache need not ask again.
const noteBuilt = (request: BuildRequest, type: RelationType): void => {
  const relation = relationOf(request.node)
  for (const leftover of leftoverRelations(relation))
    request.environment.relations.dropped(leftover)
  request.environment.relations.added({ ...relation, type })
}

/**
 * Builds a model, snapshot or seed. When a step fails, the transaction is rolled back: what was
 * there before is there still. Throws NavoError.
 */
export const buildNode = async (request: BuildRequest): Promise<Built> => {
  const name = String(request.node.config.materialized)
  const custom = customMaterialization(request, name)
  const session = await request.thread.session()
  try {
    if (custom) return await runCustom(request, custom)
    const materialization = materializations.get(name)
    if (!materialization) throw unknownMaterialization(request, name)
    const steps = materialize(materialization, await inputOf(request, session))
    const response = await carryOut(request, session, steps)
    noteBuilt(request, materialization.type)
    return { response }
  } catch (error) {
    if (session.inTransaction) await session.rollback()
    throw error
  }
}
