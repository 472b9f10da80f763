import { inNode, NavoError } from '../core/errors.ts'
import type { Json } from '../core/json.ts'
import type { OperationNode } from '../core/manifest.ts'
import { nodeInfo } from '../core/node-info.ts'
import type { NodeResult } from '../core/result.ts'
import { parseTemplate, renderAsync } from '../jinja/engine.ts'
import { fromJson, wrapReadonly } from '../jinja/python/convert.ts'
import { HostObject, tuple, type Value } from '../jinja/python/values.ts'
import { subjectOf } from './compile-node.ts'
import { nodeContext, type Thread } from './node-context.ts'
import { nodeError } from './node-error.ts'
import { NodeTimer, skippedResult } from './node-timer.ts'
import { runResolver } from './resolver.ts'
import type { RunEnvironment } from './run-environment.ts'

export interface HooksRequest {
  readonly environment: RunEnvironment
  readonly thread: Thread
  readonly when: 'on-run-start' | 'on-run-end'
  /** `results`, `schemas`, `database_schemas` of on-run-end. */
  readonly names?: Readonly<Record<string, Value>>
}

const hooksOf = (
  environment: RunEnvironment,
  when: HooksRequest['when'],
): readonly OperationNode[] => {
  const root = environment.facts.name
  const all = [...environment.manifest.nodes.values()].filter(
    (node): node is OperationNode => node.resource_type === 'operation' && node.tags.includes(when),
  )
  // The project's own first, as dbt runs them; then the packages', by name.
  return all.sort(
    (a, b) =>
      Number(b.package_name === root) - Number(a.package_name === root) ||
      (a.package_name < b.package_name ? -1 : a.package_name > b.package_name ? 1 : 0) ||
      (a.index ?? 0) - (b.index ?? 0),
  )
}

/** A hook's SQL. When it cannot be rendered, the command stops: that is no failure of a node, as in dbt. */
const renderHook = async (request: HooksRequest, node: OperationNode): Promise<string> => {
  const { environment, thread } = request
  try {
    const { scope } = nodeContext({
      environment,
      thread,
      node,
      resolver: runResolver({ environment, node: { ...node, depends_on: undefined } }),
      extraNames: request.names,
    })
    const template = parseTemplate({ source: node.raw_code, file: node.original_file_path })
    return (await renderAsync(template, scope.lookup, { undefined: 'default' })).trim()
  } catch (error) {
    throw error instanceof NavoError ? inNode(error, subjectOf(node)) : error
  }
}

/** dbt's name of a hook in results and lines: `project.on-run-start.0`. */
const hookName = (node: OperationNode, when: string): string =>
  `${node.package_name}.${when}.${(node.index ?? 1) - 1}`

/**
 * Runs the project's hooks of one kind in order. After one that fails, the rest is skipped.
 * Gives one result a hook.
 */
export const runProjectHooks = async (request: HooksRequest): Promise<readonly NodeResult[]> => {
  const { environment, when } = request
  const { emit, now } = environment.invocation
  const hooks = hooksOf(environment, when)
  const results: NodeResult[] = []
  let failed = false
  for (const [i, node] of hooks.entries()) {
    const name = hookName(node, when)
    const common = { node: nodeInfo(node), name, index: i + 1, total: hooks.length }
    if (failed) {
      results.push(skippedResult(node, 'main', `${name} skipped`))
      continue
    }
    emit({ kind: 'hookStarted', ...common })
    const timer = new NodeTimer(now, 'main')
    timer.compiled()
    const sql = await renderHook(request, node)
    try {
      if (sql !== '') await (await request.thread.session()).query(sql)
      results.push(
        timer.end(node.unique_id, {
          status: 'success',
          message: `${name} passed`,
          failures: 0,
          compiled: true,
        }),
      )
    } catch (error) {
      failed = true
      const failure = nodeError(error, node, undefined)
      results.push(
        timer.end(node.unique_id, {
          status: 'error',
          message: `${name} failed, error:\n ${failure.message}`,
          failures: 1,
          compiled: true,
          error: failure,
        }),
      )
    }
    emit({ kind: 'hookFinished', ...common, result: results.at(-1)! })
  }
  return results
}

/** One result as on-run-end hooks and packages that keep them see it. */
class ResultValue extends HostObject {
  readonly typeName = 'RunResult'
  constructor(
    readonly result: NodeResult,
    readonly node: Value,
  ) {
    super()
  }

  private dict(): Value {
    const { result } = this
    const json: Record<string, Json> = {
      status: result.status,
      timing: result.timing.map(({ name, started_at, completed_at }) => ({
        name,
        started_at: started_at.toISOString(),
        completed_at: completed_at.toISOString(),
      })),
      thread_id: result.thread_id,
      execution_time: result.execution_time,
      adapter_response: { ...result.adapter_response } as Json,
      message: result.message,
      failures: result.failures,
      unique_id: result.unique_id,
    }
    const value = fromJson(json)
    if (value instanceof Map) (value as Map<Value, Value>).set('node', this.node)
    return value
  }

  override getAttr(name: string): Value | undefined {
    if (name === 'node') return this.node
    if (name === 'to_dict') return () => this.dict()
    if (name === 'timing') {
      return this.result.timing.map(timing =>
        wrapReadonly({
          ...timing,
          started_at: timing.started_at,
          completed_at: timing.completed_at,
        }),
      )
    }
    const value = (this.result as unknown as Record<string, unknown>)[name]
    return value === undefined ? undefined : fromJson(value)
  }

  override str(): string {
    return this.result.status
  }
}

/** The names that on-run-end hooks have beyond all others. */
export const runEndNames = (
  environment: RunEnvironment,
  results: readonly NodeResult[],
  schemas: readonly { readonly database: string | null; readonly schema: string }[],
): Readonly<Record<string, Value>> => ({
  results: results.map(result => {
    const { manifest, compiled } = environment
    const node =
      compiled.get(result.unique_id) ??
      manifest.nodes.get(result.unique_id) ??
      manifest.sources.get(result.unique_id) ??
      manifest.unit_tests.get(result.unique_id) ??
      manifest.exposures.get(result.unique_id)
    return new ResultValue(result, wrapReadonly(node ?? {}))
  }),
  schemas: [...new Set(schemas.map(schema => schema.schema))],
  database_schemas: schemas.map(({ database, schema }) => tuple([database, schema])),
})
