import { findMacro } from '../context/macro-library.ts'
import { relationValue } from '../context/relation-value.ts'
import { ResponseValue } from '../context/response-value.ts'
import { TableValue } from '../context/table-value.ts'
import { RuntimeError } from '../core/errors.ts'
import type { FreshnessThreshold, SourceNode } from '../core/manifest.ts'
import type { AdapterResponse } from '../core/query-result.ts'
import type { FreshnessResult } from '../core/result.ts'
import { parseTemplate, renderAsync } from '../jinja/engine.ts'
import { toJson } from '../jinja/python/convert.ts'
import { PyDict, type Value } from '../jinja/python/values.ts'
import { type NodeContext, nodeContext, type Thread } from './node-context.ts'
import { runResolver, sourceRelation } from './resolver.ts'
import type { RunEnvironment } from './run-environment.ts'

export interface Freshness {
  readonly status: 'pass' | 'warn' | 'error'
  readonly freshness: FreshnessResult
  readonly response: AdapterResponse
}

const secondsPer: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86400 }

const exceeds = (age: number, threshold: FreshnessThreshold['warn_after']): boolean => {
  if (threshold.count === null || threshold.period === null) return false
  return age > threshold.count * (secondsPer[threshold.period] ?? 0)
}

/** What an age means under a source's thresholds; the error one comes first. */
export const freshnessStatus = (
  ageInSeconds: number,
  thresholds: FreshnessThreshold,
): Freshness['status'] => {
  if (exceeds(ageInSeconds, thresholds.error_after)) return 'error'
  return exceeds(ageInSeconds, thresholds.warn_after) ? 'warn' : 'pass'
}

/** Whether a source says when it counts as stale. */
export const hasFreshness = (source: SourceNode): boolean =>
  source.freshness !== null &&
  [source.freshness.warn_after, source.freshness.error_after].some(({ count }) => count !== null)

// Times without a zone are UTC, as in dbt.
const instant = (value: Value | undefined): Date | undefined => {
  const text = value === undefined ? undefined : toJson(value)
  if (typeof text !== 'string') return undefined
  const iso = text.replace(' ', 'T')
  const zoned = /(?:Z|[+-]\d\d(?::?\d\d)?)$/.test(iso)
    ? iso
    : `${iso.length === 10 ? `${iso}T00:00:00` : iso}Z`
  const date = new Date(zoned)
  return Number.isNaN(date.getTime()) ? undefined : date
}

const collect = async (context: NodeContext, name: string, args: Value[]): Promise<PyDict> => {
  const { scope } = context
  const macro = findMacro(scope.library, name, scope.packageName)
  if (!macro) throw new Error(`navo's macro ${name} is missing`)
  const result = await scope.bind(macro)(args, new Map())
  if (!(result instanceof PyDict)) throw new RuntimeError(`${name} gave no result`)
  return result
}

const ask = async (context: NodeContext, source: SourceNode): Promise<PyDict> => {
  const { scope } = context
  const relation = sourceRelation(scope, source, null)
  if (source.loaded_at_query !== null) {
    const query = await renderAsync(
      parseTemplate({ source: source.loaded_at_query, file: source.original_file_path }),
      scope.lookup,
      { undefined: scope.mode.undefined },
    )
    return collect(context, 'collect_freshness_custom_sql', [relation, query])
  }
  if (source.loaded_at_field !== null) {
    const filter = source.freshness?.filter ?? null
    return collect(context, 'collect_freshness', [relation, source.loaded_at_field, filter])
  }
  throw new RuntimeError(
    `Could not compute freshness for source ${source.name}: no 'loaded_at_field' provided and ${scope.facts.dialect.dispatch[0]} adapter does not support metadata-based freshness checks.`,
    {
      code: 'freshness',
      hint: 'set loaded_at_field or loaded_at_query on the source or its table',
    },
  )
}

/** Asks when a source was last loaded. Throws NavoError when that cannot be known. */
export const runFreshness = async (
  environment: RunEnvironment,
  thread: Thread,
  source: SourceNode,
): Promise<Freshness> => {
  const context = nodeContext({
    environment,
    thread,
    node: source,
    resolver: runResolver({ environment, node: source }),
    this: relationValue(
      { database: source.database, schema: source.schema, identifier: source.identifier },
      environment.facts.dialect,
    ),
  })
  const result = await ask(context, source)
  const table = result.get('table')
  const row = table instanceof TableValue ? table.rows[0] : undefined
  const snapshotted = instant(row?.[1]) ?? environment.invocation.now()
  // A source without rows was never loaded.
  const loaded = instant(row?.[0]) ?? new Date(0)
  const age = (snapshotted.getTime() - loaded.getTime()) / 1000
  const response = result.get('response')
  return {
    status: freshnessStatus(age, source.freshness!),
    freshness: {
      max_loaded_at: loaded.toISOString(),
      snapshotted_at: snapshotted.toISOString(),
      max_loaded_at_time_ago_in_s: age,
    },
    response: response instanceof ResponseValue ? response.response : { _message: 'OK' },
  }
}
