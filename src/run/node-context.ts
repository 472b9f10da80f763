import type { Session } from '../adapters/adapter.ts'
import { baseNames } from '../context/base-names.ts'
import { RunConfig } from '../context/config-object.ts'
import { createScope, type NodeScope } from '../context/node-scope.ts'
import { relationValue } from '../context/relation-value.ts'
import { type RunResolver, runMode, type WarehouseAccess } from '../context/run-mode.ts'
import {
  createResultStore,
  type ResultStore,
  type RunningNode,
  runNames,
} from '../context/run-names.ts'
import type { Lookup } from '../context/scope.ts'
import { sqlNames } from '../context/sql-names.ts'
import type { JsonObject } from '../core/json.ts'
import type { Hook, MacroNode, ManifestNode, SourceNode, UnitTestNode } from '../core/manifest.ts'
import { nodeInfo } from '../core/node-info.ts'
import { quotingOf } from '../core/quoting.ts'
import type { Relation } from '../core/relation.ts'
import { fromJson, wrapReadonly } from '../jinja/python/convert.ts'
import { PyDict, type Value } from '../jinja/python/values.ts'
import type { RunEnvironment } from './run-environment.ts'

/** A thread: one session, opened when first asked for. */
export interface Thread {
  readonly name: string
  readonly session: () => Promise<Session>
}

/** What of a manifest node the context needs. */
export type ContextNode = ManifestNode | SourceNode | UnitTestNode | MacroNode

export interface NodeContextRequest {
  readonly environment: RunEnvironment
  readonly thread: Thread
  readonly node: ContextNode
  readonly resolver: RunResolver
  readonly this?: Value
  readonly compiledCode?: () => string | null
  readonly overrides?: Lookup
  readonly vars?: ReadonlyMap<string, Value>
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly write?: (text: string) => void
  readonly extraNames?: Readonly<Record<string, Value>>
}

export interface NodeContext {
  readonly scope: NodeScope
  readonly results: ResultStore
}

/** The warehouse as a template of one thread reaches it. */
export const warehouseAccess = (environment: RunEnvironment, thread: Thread): WarehouseAccess => ({
  query: async sql => (await thread.session()).query(sql),
  columns: async of => (await thread.session()).columns(of),
  describe: async sql => (await thread.session()).describe(sql),
  createSchema: async schema => (await environment.warehouse()).createSchemas([schema]),
  commit: async () => {
    const session = await thread.session()
    if (session.inTransaction) await session.commit()
  },
  relations: environment.relations,
})

const graphs = new WeakMap<object, Value>()

/** `graph` of templates: the manifest's nodes as dictionaries, made once and looked into lazily. */
const graphValue = (environment: RunEnvironment): Value => {
  const { manifest } = environment
  const known = graphs.get(manifest)
  if (known) return known
  const section = (nodes: ReadonlyMap<string, unknown>): PyDict =>
    new PyDict([...nodes].map(([id, node]) => [id, wrapReadonly(node)]))
  const nodes = new Map<string, unknown>([...manifest.nodes, ...environment.compiled])
  const graph = new PyDict([
    ['exposures', section(manifest.exposures)],
    ['functions', new PyDict()],
    ['groups', section(manifest.groups)],
    ['metrics', new PyDict()],
    ['nodes', section(nodes)],
    ['sources', section(manifest.sources)],
    ['semantic_models', new PyDict()],
    ['saved_queries', new PyDict()],
    ['unit_tests', section(manifest.unit_tests)],
  ])
  graphs.set(manifest, graph)
  return graph
}

const hooksOf = (config: JsonObject, key: 'pre-hook' | 'post-hook'): readonly Hook[] => {
  const hooks = config[key]
  return Array.isArray(hooks) ? (hooks as unknown as readonly Hook[]) : []
}

const placeOf = (environment: RunEnvironment, node: ContextNode): Relation => {
  const { target } = environment.facts
  switch (node.resource_type) {
    case 'macro':
      return { database: target.database, schema: target.schema, identifier: '' }
    case 'source':
      return { database: node.database, schema: node.schema, identifier: node.identifier }
    case 'unit_test':
      return { database: target.database, schema: node.schema, identifier: node.name }
    default:
      return { database: node.database, schema: node.schema, identifier: node.alias }
  }
}

// dbt leaves unset keys out of `model`, and has the compiled code under both its names.
const modelDict = (node: ContextNode, code: string | null): JsonObject => {
  const shown = Object.fromEntries(
    Object.entries(node).filter(([, value]) => value !== null && value !== undefined),
  ) as Record<string, never>
  return code === null ? shown : ({ ...shown, compiled_code: code, compiled_sql: code } as never)
}

/** Builds the context in which a node's templates are compiled and run. */
export const nodeContext = (request: NodeContextRequest): NodeContext => {
  const { environment, thread, node } = request
  const { facts } = environment
  const results = createResultStore()
  const place = placeOf(environment, node)
  const config = 'config' in node ? (node.config as JsonObject) : {}
  const code = request.compiledCode ?? (() => null)
  const running: RunningNode = {
    model: () => modelDict(node, code()),
    graph: () => graphValue(environment),
    database: place.database,
    schema: place.schema ?? '',
    this: () =>
      request.this ??
      (node.resource_type === 'operation' || node.resource_type === 'macro'
        ? null
        : relationValue(place, facts.dialect, { quote: quotingOf(facts.quoting, config) })),
    compiledCode: code,
    preHooks: hooksOf(config, 'pre-hook'),
    postHooks: hooksOf(config, 'post-hook'),
    threadId: thread.name,
    write: request.write ?? (() => undefined),
    selected: () => [...environment.selected],
    loadSeed: () => null,
  }
  const configValue = fromJson(config)
  const runConfig = new RunConfig(
    configValue instanceof PyDict ? configValue : new PyDict(),
    node.unique_id,
  )
  const scope = createScope({
    invocation: environment.invocation,
    facts,
    library: environment.library,
    packageName: node.package_name,
    node:
      node.resource_type === 'macro'
        ? undefined
        : { unique_id: node.unique_id, name: node.name, info: nodeInfo(node) },
    mode: runMode(warehouseAccess(environment, thread), request.resolver, runConfig),
    names: [runNames(running, results), sqlNames, baseNames],
    overrides: overridesOf(request),
    vars: request.vars,
    env: request.env,
  })
  return { scope, results }
}

const overridesOf = (request: NodeContextRequest): Lookup | undefined => {
  const { extraNames, overrides } = request
  if (!extraNames) return overrides
  return name => (Object.hasOwn(extraNames, name) ? extraNames[name] : overrides?.(name))
}
