import type { Session, Warehouse } from '../adapters/adapter.ts'
import { NavoError, RuntimeError } from '../core/errors.ts'
import type { GraphNode, ManifestNode, SourceNode } from '../core/manifest.ts'
import { graphNode } from '../core/manifest.ts'
import { nodeInfo } from '../core/node-info.ts'
import type { Schema } from '../core/relation.ts'
import { isFailure, type NodeResult } from '../core/result.ts'
import { isEphemeral, planTasks, type Task } from '../plan/tasks.ts'
import type { Thread } from './node-context.ts'
import { failFastMessage, skippedResult } from './node-timer.ts'
import type { RunEnvironment } from './run-environment.ts'
import { hasFreshness } from './run-freshness.ts'
import { runEndNames, runProjectHooks } from './run-hooks.ts'
import { type Purpose, runNode, stopsRun } from './run-node.ts'
import { type Job, schedule } from './scheduler.ts'

export interface TasksRequest {
  readonly environment: RunEnvironment
  readonly purpose: Purpose
  /** Tests stand between what they test and what is built on it. */
  readonly gated: boolean
  readonly threads: number
  readonly targetName: string
  /** Project hooks run before and after. */
  readonly hooks: boolean
  /** Whether anything is built, so that schemas must exist. */
  readonly builds: boolean
}

export interface TasksOutcome {
  readonly results: readonly NodeResult[]
  readonly cancelled: boolean
}

/** A thread opens its session when the first statement needs one. */
const createThread = (
  environment: RunEnvironment,
  name: string,
  signal?: AbortSignal,
): Thread & { close(): Promise<void> } => {
  let session: Promise<Session> | undefined
  return {
    name,
    session: () => {
      session ??= environment.warehouse().then(warehouse => warehouse.session(name, signal))
      return session
    },
    close: async () => {
      if (session) await (await session).release()
    },
  }
}

const uniqueSchemas = (
  nodes: Iterable<{ readonly database: string | null; readonly schema: string }>,
): readonly Schema[] => {
  const found = new Map<string, Schema>()
  for (const { database, schema } of nodes) {
    found.set(`${database}.${schema}`.toLowerCase(), { database, schema })
  }
  return [...found.values()]
}

const isPlaced = (node: GraphNode): node is ManifestNode =>
  node.resource_type === 'model' ||
  node.resource_type === 'seed' ||
  node.resource_type === 'snapshot' ||
  (node.resource_type === 'test' && node.relation_name !== null)

/** Schemas that the run writes to. */
const writtenSchemas = (tasks: readonly Task[]): readonly Schema[] =>
  uniqueSchemas(tasks.map(task => task.node).filter(isPlaced))

/** Sources with files behind them that the tasks, or the ephemeral models they read, use. */
const externalSources = (
  environment: RunEnvironment,
  tasks: readonly Task[],
): readonly SourceNode[] => {
  const found = new Map<string, SourceNode>()
  const visit = (id: string): void => {
    const source = environment.manifest.sources.get(id)
    if (source) {
      if (source.external?.location) found.set(id, source)
      return
    }
    const node = graphNode(environment.manifest, id)
    if (isEphemeral(node)) for (const parent of environment.graph.parents(id)) visit(parent)
  }
  for (const { node } of tasks) {
    visit(node.unique_id)
    for (const parent of environment.graph.parents(node.unique_id)) visit(parent)
    if (node.resource_type === 'unit_test') {
      for (const model of node.depends_on.nodes)
        for (const parent of environment.graph.parents(model)) visit(parent)
    }
  }
  return [...found.values()]
}

// One unreadable file must not keep the rest from being built: who reads the source fails.
const prepareSource = async (
  environment: RunEnvironment,
  warehouse: Warehouse,
  source: SourceNode,
): Promise<void> => {
  try {
    await warehouse.prepareSources([source], environment.projectDir)
  } catch (error) {
    if (!(error instanceof NavoError)) throw error
    const name = `${source.source_name}.${source.name}`
    environment.brokenSources.set(
      source.unique_id,
      new RuntimeError(
        `The files of source '${name}' (${source.original_file_path}) cannot be read: ${error.message}`,
        { hint: error.hint ?? 'look at its `external:` and at the files', code: 'external-source' },
      ),
    )
  }
}

const prepare = async (request: TasksRequest, tasks: readonly Task[]): Promise<void> => {
  const { environment } = request
  const external = externalSources(environment, tasks)
  const schemas = request.builds ? writtenSchemas(tasks) : []
  const all = uniqueSchemas([...schemas, ...external])
  if (all.length === 0) return
  const warehouse = await environment.warehouse()
  await warehouse.createSchemas(all)
  for (const source of external) await prepareSource(environment, warehouse, source)
  if (schemas.length > 0) await environment.relations.load(schemas)
}

interface TaskJob extends Job {
  readonly task: Task
}

const runAll = async (
  request: TasksRequest,
  tasks: readonly Task[],
  threads: readonly Thread[],
): Promise<readonly NodeResult[]> => {
  const { environment } = request
  const { emit } = environment.invocation
  const total = tasks.length
  let index = 0
  let stopping = false
  const finished = (node: GraphNode, at: number, result: NodeResult): void =>
    emit({
      kind: 'nodeFinished',
      node: nodeInfo(current(environment, node)),
      index: at,
      total,
      result,
    })
  const results = await schedule<TaskJob, NodeResult>({
    jobs: tasks.map(task => ({
      id: task.node.unique_id,
      after: task.after,
      weight: task.weight,
      task,
    })),
    threads: threads.length,
    stop: () => stopping || environment.signal.aborted,
    run: async ({ task }, number) => {
      const thread = threads[number]!
      const at = ++index
      environment.working(thread.name, task.node.unique_id)
      emit({
        kind: 'nodeStarted',
        node: nodeInfo(task.node),
        index: at,
        total,
        thread: thread.name,
      })
      const result = await runNode({
        environment,
        thread,
        node: task.node,
        purpose: request.purpose,
      })
      if (stopsRun(result) || (environment.flags.failFast && isFailure(result.status))) {
        stopping = true
        environment.stop()
      }
      finished(task.node, at, result)
      return result
    },
    outcome: result => (passesOn(request, result) ? 'done' : 'failed'),
    skip: ({ task }) => {
      const message = stopping ? failFastMessage : null
      const result = skippedResult(task.node, 'main', message)
      finished(task.node, ++index, result)
      return result
    },
  })
  return results
}

// A node may say that those behind it run all the same; a failed unit test stops its model.
const passesOn = (request: TasksRequest, result: NodeResult): boolean => {
  if (result.status === 'skipped') return false
  if (!isFailure(result.status)) return true
  const node = request.environment.manifest.nodes.get(result.unique_id)
  return node?.config.on_error === 'continue'
}

/** A node as it is after compiling, for events. */
const current = (environment: RunEnvironment, node: GraphNode): GraphNode =>
  environment.compiled.get(node.unique_id) ?? node

const skipAll = (request: TasksRequest, tasks: readonly Task[]): readonly NodeResult[] => {
  const { emit } = request.environment.invocation
  return tasks.map(({ node }, i) => {
    const result = skippedResult(node, 'main', null)
    emit({ kind: 'nodeFinished', node: nodeInfo(node), index: i + 1, total: tasks.length, result })
    return result
  })
}

/**
 * Runs what is selected: schemas and sources first, the project's hooks around, the nodes in the
 * order of the graph. Failures are results; throws only when the run cannot begin (no connection) or
 * for a bug.
 */
export const runTasks = async (request: TasksRequest): Promise<TasksOutcome> => {
  const { environment, threads: count } = request
  const { manifest, graph, selected } = environment
  const tasks =
    request.purpose === 'build'
      ? planTasks({ manifest, graph, selected, gated: request.gated })
      : unordered(request)
  const { emit } = environment.invocation
  const main = createThread(environment, 'MainThread')
  const threads = Array.from({ length: Math.max(1, Math.min(count, tasks.length)) }, (_, i) =>
    createThread(environment, `Thread-${i + 1} (worker)`, environment.signal),
  )
  try {
    await prepare(request, tasks)
    const before = request.hooks
      ? await runProjectHooks({
          environment,
          thread: main,
          when: 'on-run-start',
          names: startNames(request, tasks),
        })
      : []
    emit({ kind: 'runStarted', total: tasks.length, threads: count, target: request.targetName })
    const halted = before.some(result => isFailure(result.status))
    const results = halted ? skipAll(request, tasks) : await runAll(request, tasks, threads)
    const after = request.hooks
      ? await runProjectHooks({
          environment,
          thread: main,
          when: 'on-run-end',
          names: runEndNames(environment, results, writtenSchemas(tasks)),
        })
      : []
    return {
      results: [...before, ...results, ...after],
      cancelled: environment.signal.aborted && !environment.stopped(),
    }
  } finally {
    await Promise.all([main, ...threads].map(thread => thread.close()))
  }
}

const startNames = (request: TasksRequest, tasks: readonly Task[]) =>
  runEndNames(request.environment, [], writtenSchemas(tasks))

// Compiling and freshness wait for nothing: each node stands for itself.
const unordered = (request: TasksRequest): readonly Task[] => {
  const { manifest, graph, selected } = request.environment
  return graph.ids
    .filter(id => selected.has(id))
    .flatMap(id => {
      const node = graphNode(manifest, id)
      if (!node || node.resource_type === 'exposure') return []
      if (
        node.resource_type === 'source' &&
        (request.purpose === 'compile' || !hasFreshness(node))
      ) {
        return []
      }
      return [{ node, after: [], weight: 1 }]
    })
}
