import { FailFastError } from '../context/exceptions.ts'
import { NavoError } from '../core/errors.ts'
import type { GraphNode, ManifestNode, SeedNode } from '../core/manifest.ts'
import type { NodeResult, NodeStatus } from '../core/result.ts'
import { buildNode } from './build-node.ts'
import { type Compiled, compileNode } from './compile-node.ts'
import { nodeContext, type Thread } from './node-context.ts'
import { isCancelled, nodeError } from './node-error.ts'
import { failFastMessage, NodeTimer } from './node-timer.ts'
import { runResolver } from './resolver.ts'
import type { RunEnvironment } from './run-environment.ts'
import { runFreshness } from './run-freshness.ts'
import { runTest } from './run-test.ts'
import { runUnitTest } from './run-unit-test.ts'

export type Purpose = 'build' | 'compile' | 'freshness'

export interface NodeRequest {
  readonly environment: RunEnvironment
  readonly thread: Thread
  readonly node: GraphNode
  readonly purpose: Purpose
}

interface Progress {
  readonly timer: NodeTimer
  compiled: Compiled | undefined
}

const compiledEnding = (compiled: Compiled | undefined) =>
  compiled
    ? {
        compiled: true,
        compiledCode: compiled.sql,
        relationName: compiled.node.relation_name,
      }
    : {}

const seedContext = (request: NodeRequest, node: SeedNode) =>
  nodeContext({
    environment: request.environment,
    thread: request.thread,
    node,
    resolver: runResolver({ environment: request.environment, node }),
  })

const compile = async (
  request: NodeRequest,
  progress: Progress,
  node: ManifestNode,
): Promise<Compiled | undefined> => {
  if (node.resource_type === 'seed') return undefined
  progress.compiled = await compileNode(request.environment, request.thread, node)
  progress.timer.compiled()
  return progress.compiled
}

const runManifestNode = async (
  request: NodeRequest,
  progress: Progress,
  node: ManifestNode,
): Promise<NodeResult> => {
  const { environment, thread } = request
  const { timer } = progress
  const compiled = await compile(request, progress, node)
  const ending = compiledEnding(compiled)
  if (request.purpose === 'compile' || node.resource_type === 'analysis') {
    return timer.end(node.unique_id, { status: 'success', ...ending })
  }
  if (node.resource_type === 'test' && compiled) {
    const result = await runTest(environment, thread, node, compiled)
    return timer.end(node.unique_id, { ...result, ...ending })
  }
  if (node.resource_type === 'seed') timer.compiled()
  const context = node.resource_type === 'seed' ? seedContext(request, node) : compiled?.context
  if (!context) throw new Error(`${node.unique_id} has no context`)
  const { response } = await buildNode({ environment, thread, node, context, compiled })
  return timer.end(node.unique_id, {
    status: 'success',
    message: response._message,
    response,
    ...ending,
  })
}

const run = async (request: NodeRequest, progress: Progress): Promise<NodeResult> => {
  const { environment, thread, node } = request
  const { timer } = progress
  switch (node.resource_type) {
    case 'exposure':
      timer.compiled()
      return timer.end(node.unique_id, { status: 'no-op', message: 'NO-OP', failures: 0 })
    case 'source': {
      timer.compiled()
      const result = await runFreshness(environment, thread, node)
      return timer.end(node.unique_id, result)
    }
    case 'unit_test': {
      if (request.purpose === 'compile') return timer.end(node.unique_id, { status: 'success' })
      timer.compiled()
      const { sql, ...result } = await runUnitTest(environment, thread, node)
      return timer.end(node.unique_id, { ...result, compiled: true, compiledCode: sql })
    }
    default:
      return runManifestNode(request, progress, node)
  }
}

/** Runs one node. A failure of the node is its result; only bugs and a call to stop throw. */
export const runNode = async (request: NodeRequest): Promise<NodeResult> => {
  const { environment, node, thread } = request
  const timer = new NodeTimer(environment.invocation.now, thread.name)
  const progress: Progress = { timer, compiled: undefined }
  try {
    return await run(request, progress)
  } catch (error) {
    if (isCancelled(error)) return timer.end(node.unique_id, cancelledEnding(environment))
    const compiled = environment.compiled.get(node.unique_id)
    const failure = nodeError(error, node, compiled)
    return timer.end(node.unique_id, {
      status: failureStatus(node, failure),
      error: failure,
      relationName: 'relation_name' in node ? node.relation_name : null,
      ...compiledEnding(progress.compiled),
      compiled: node.resource_type === 'seed' ? null : progress.compiled !== undefined,
    })
  }
}

// An ephemeral model has no result of its own: what reads a broken one is skipped and says why.
const failureStatus = (node: GraphNode, failure: NavoError): NodeStatus => {
  if (node.resource_type === 'source') return 'runtime error'
  const { subject } = failure
  const isOwn = subject === undefined || subject.name === node.name
  return isOwn ? 'error' : 'skipped'
}

/** What was cut off by Ctrl-C or fail-fast did not fail: like what never began, it is skipped. */
const cancelledEnding = (environment: RunEnvironment) => ({
  status: 'skipped' as const,
  message: environment.stopped() ? failFastMessage : 'Cancelled',
})

/** Whether a node's error asks for the whole run to stop. */
export const stopsRun = (result: NodeResult): boolean =>
  result.error instanceof NavoError && (result.error as unknown) instanceof FailFastError
