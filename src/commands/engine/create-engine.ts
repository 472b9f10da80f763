import { setMaxListeners } from 'node:events'
import { RelationCache } from '../../context/relation-cache.ts'
import { RuntimeError } from '../../core/errors.ts'
import { graphNode, type ResourceType } from '../../core/manifest.ts'
import { nodeInfo } from '../../core/node-info.ts'
import type { QueryResult } from '../../core/query-result.ts'
import type { Schema } from '../../core/relation.ts'
import { select } from '../../graph/select.ts'
import type { Value } from '../../jinja/python/values.ts'
import { yamlToPython } from '../../parse/yaml-to-python.ts'
import { readRawProject } from '../../project/project-file.ts'
import type { YamlValue } from '../../project/yaml-value.ts'
import { runMacro, runSql } from '../../run/run-operation.ts'
import type { Engine } from '../engine.ts'
import type { Criteria, Loaded } from '../services.ts'
import { diagnose } from './diagnose.ts'
import type { Adapters, EngineOptions } from './engine-options.ts'
import { type LoadedProject, loadProject, templateInvocation } from './load.ts'
import { queryComment } from './query-comment.ts'
import { readPackagesProject } from './read-packages-project.ts'
import { readProjectInfo } from './read-project-info.ts'
import { readTarget } from './read-target.ts'
import { type Connection, runEnvironment, runRequest } from './run.ts'

const resourceTypes: readonly ResourceType[] = [
  'model',
  'seed',
  'snapshot',
  'test',
  'analysis',
  'source',
  'exposure',
  'unit_test',
  'operation',
  'sql_operation',
]

const wantedTypes = ({ resourceTypes: wanted }: Criteria): ReadonlySet<ResourceType> =>
  new Set(resourceTypes.filter(type => wanted.length === 0 || wanted.includes(type)))

/** A signal that fires with another one, or by itself. */
const linkedSignal = (outer: AbortSignal) => {
  const own = new AbortController()
  // Every query in flight listens; that many are no leak.
  setMaxListeners(0, own.signal)
  let stopped = false
  const forward = (): void => own.abort(outer.reason)
  if (outer.aborted) forward()
  else outer.addEventListener('abort', forward, { once: true })
  return {
    signal: own.signal,
    stopped: () => stopped,
    stop: (): void => {
      stopped = true
      own.abort()
    },
    release: () => outer.removeEventListener('abort', forward),
  }
}

const connect = (options: EngineOptions, project: LoadedProject): Connection => {
  const linked = linkedSignal(options.signal)
  const { adapter, settings } = project
  const working = new Map<string, string>()
  const connected: { warehouse?: ReturnType<typeof adapter.connect> } = {}
  const warehouse = (): ReturnType<typeof adapter.connect> => {
    connected.warehouse ??= adapter.connect(settings, {
      signal: options.signal,
      decorate: queryComment(project, session => working.get(session)),
      onSql: (sql, session) => {
        const id = working.get(session)
        const node = id === undefined ? undefined : graphNode(project.loaded.manifest, id)
        options.emit({
          kind: 'sql',
          sql,
          connection: id ?? session,
          node: node && nodeInfo(node),
        })
      },
    })
    return connected.warehouse
  }
  return {
    warehouse,
    signal: linked.signal,
    stop: linked.stop,
    stopped: linked.stopped,
    working: (session, uniqueId) => working.set(session, uniqueId),
    relations: new RelationCache(async (schemas: readonly Schema[]) =>
      (await warehouse()).relations(schemas),
    ),
    close: async () => {
      linked.release()
      // A connection that never came about has nothing to close.
      const opened = await connected.warehouse?.catch(() => undefined)
      await opened?.close()
    },
  }
}

/** Joins project, graph and warehouse into what commands need of them. */
export const createEngine = (options: EngineOptions, adapters: Adapters): Engine => {
  const projects = new Map<Loaded, LoadedProject>()
  const connections = new Map<Loaded, Connection>()
  const projectOf = (loaded: Loaded): LoadedProject => {
    const project = projects.get(loaded)
    if (!project) throw new Error('the project was loaded by another engine')
    return project
  }
  const connectionOf = (loaded: Loaded): Connection => {
    const known = connections.get(loaded)
    if (known) return known
    const made = connect(options, projectOf(loaded))
    connections.set(loaded, made)
    return made
  }
  return {
    project: async () => readProjectInfo(options),
    packages: () => readPackagesProject(options, adapters),
    load: async ({ inline }) => {
      const project = await loadProject(options, adapters, inline ?? null)
      projects.set(project.loaded, project)
      return project.loaded
    },
    select: async (loaded, criteria) => {
      const project = projectOf(loaded)
      const selection = select(project.graph, loaded.manifest, {
        select: criteria.select,
        exclude: criteria.exclude,
        selector: criteria.selector ?? undefined,
        selectors: project.selectors,
        indirectSelection: criteria.indirect,
        resourceTypes: wantedTypes(criteria),
        includeEmptyNodes: options.flags.which === 'list',
      })
      for (const text of selection.unmatched) options.emit({ kind: 'unusedSelector', text })
      return project.graph.ids.filter(id => selection.ids.has(id))
    },
    run: request =>
      runRequest(options, projectOf(request.loaded), connectionOf(request.loaded), request),
    operation: async (loaded, what) => {
      const project = projectOf(loaded)
      const environment = runEnvironment(options, project, connectionOf(loaded), new Set())
      if ('macro' in what) return runMacro(environment, what.macro, operationArguments(what.args))
      const node = [...loaded.manifest.nodes.values()].find(
        candidate => candidate.resource_type === 'sql_operation',
      )
      if (node?.resource_type !== 'sql_operation') throw new RuntimeError('there is no SQL to run')
      return runSql(environment, node)
    },
    query: (sql, limit) => queryDirectly(options, adapters, sql, limit),
    catalog: async loaded => {
      const schemas = catalogSchemas(loaded)
      return (await connectionOf(loaded).warehouse()).catalog(schemas)
    },
    diagnose: () => diagnose(options, adapters),
    close: async () => {
      await Promise.all([...connections.values()].map(connection => connection.close()))
    },
  }
}

const catalogSchemas = ({ manifest }: Loaded): readonly Schema[] => {
  const found = new Map<string, Schema>()
  for (const { database, schema } of [...manifest.nodes.values(), ...manifest.sources.values()]) {
    found.set(`${database}.${schema}`.toLowerCase(), { database, schema })
  }
  return [...found.values()]
}

const operationArguments = (args: EngineOptions['flags']['args']): ReadonlyMap<string, Value> =>
  new Map(
    Object.entries(args).map(([name, value]) => [name, yamlToPython(value as YamlValue)] as const),
  )

/** SQL that no template has touched; the project is not parsed for it. */
const queryDirectly = async (
  options: EngineOptions,
  adapters: Adapters,
  sql: string,
  limit: number,
): Promise<QueryResult> => {
  const raw = readRawProject(options.files, options.flags.project_dir)
  const chosen = await readTarget(options, adapters, templateInvocation(options), raw, new Map())
  const { adapter, settings } = chosen
  const warehouse = await adapter.connect(settings, { signal: options.signal })
  try {
    const session = await warehouse.session('inline_query')
    return await session.query(adapter.dialect.limit(sql, limit === -1 ? null : limit))
  } finally {
    await warehouse.close()
  }
}
