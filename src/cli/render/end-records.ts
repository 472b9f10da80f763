import { resultTable } from '../../commands/result-table.ts'
import { ErrorList, NavoError } from '../../core/errors.ts'
import type { NavoEvent, NodeInfo } from '../../core/events.ts'
import type { NodeResult } from '../../core/result.ts'
import { excerpt } from './excerpt.ts'
import type { LogRecord } from './log-record.ts'
import { nodeInfoData } from './node-records.ts'
import type { Paint } from './paint.ts'
import { plural } from './plural.ts'
import type { RecordOptions } from './records.ts'

type RunFinished = Extract<NavoEvent, { kind: 'runFinished' }>

const blank: LogRecord = {
  name: 'Formatting',
  code: 'Z017',
  level: 'info',
  msg: '',
  data: { msg: '' },
}

/** All that dbt says when a run is over: counts, failures, warnings, totals. */
export const endRecords = (event: RunFinished, options: RecordOptions): readonly LogRecord[] => {
  if (event.command === 'generate')
    return event.results
      .filter(isError)
      .flatMap(result => failureRecords(result, event, options, false))
  // Their first failure is thrown and shown as what stopped the command.
  if (event.command === 'compile' || event.command === 'show') return []
  if (event.results.length === 0 && !event.cancelled) return []
  if (event.command === 'freshness') {
    const done = { name: 'FreshnessCheckComplete', code: 'Q003', msg: 'Done.', data: {} } as const
    return [
      blank,
      finishedStats(event),
      ...event.results
        .filter(result => result.status === 'runtime error')
        .flatMap(result => failureRecords(result, event, options, false)),
      { ...done, level: 'info' },
    ]
  }
  const errors = event.results.filter(result => countsAsError(result, event.nodes))
  const warnings = event.results.filter(result => result.status === 'warn')
  return [
    blank,
    finishedStats(event),
    blank,
    summary(event, errors.length, warnings.length, options.paint),
    ...errors.flatMap(result => failureRecords(result, event, options, false)),
    ...warnings.flatMap(result => failureRecords(result, event, options, true)),
    blank,
    totals(event.results),
  ]
}

const isError = (result: NodeResult): boolean =>
  result.status === 'error' || result.status === 'fail' || result.status === 'runtime error'

/** A node skipped for a reason of its own counts as an error; exposures never do. */
const countsAsError = (result: NodeResult, nodes: ReadonlyMap<string, NodeInfo>): boolean =>
  isError(result) ||
  (result.status === 'skipped' &&
    result.message !== null &&
    result.message !== '' &&
    nodes.get(result.unique_id)?.resource_type !== 'exposure')

const finishedStats = (event: RunFinished): LogRecord => {
  const counts = new Map<string, number>()
  for (const result of event.results) {
    const node = event.nodes.get(result.unique_id)
    if (node === undefined) continue
    const key =
      node.resource_type === 'model'
        ? `${node.materialized} model`
        : node.resource_type === 'operation'
          ? 'project hook'
          : node.resource_type
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const line = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, count]) => plural(count, what))
    .join(', ')
  const execution = executionText(event.elapsed)
  return {
    name: 'FinishedRunningStats',
    code: 'E047',
    level: 'info',
    msg: `Finished running ${line}${execution} (${event.elapsed.toFixed(2)}s).`,
    data: { stat_line: line, execution, execution_time: event.elapsed },
  }
}

const executionText = (seconds: number): string => {
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return ` in ${hours} hours ${minutes} minutes and ${(seconds % 60).toFixed(2)} seconds`
}

const summary = (event: RunFinished, errors: number, warnings: number, paint: Paint): LogRecord => {
  const partial = event.results.filter(result => result.status === 'partial success').length
  const partials = `${partial} partial ${partial === 1 ? 'success' : 'successes'}`
  const warned = plural(warnings, 'warning')
  const msg = event.cancelled
    ? paint.yellow('Exited because of keyboard interrupt')
    : errors > 0
      ? paint.red(`Completed with ${plural(errors, 'error')}, ${partials}, and ${warned}:`)
      : partial > 0
        ? paint.yellow(`Completed with ${partials} and ${warned}`)
        : warnings > 0
          ? paint.yellow(`Completed with ${warned}:`)
          : paint.green('Completed successfully')
  return {
    name: 'EndOfRunSummary',
    code: 'Z030',
    level: 'info',
    msg,
    data: {
      keyboard_interrupt: event.cancelled,
      num_errors: errors,
      num_partial_success: partial,
      num_warnings: warnings,
    },
  }
}

/** A failed or warned node: what, why, where its SQL is, and the first rows that failed. */
const failureRecords = (
  result: NodeResult,
  event: RunFinished,
  options: RecordOptions,
  asWarning: boolean,
): readonly LogRecord[] => {
  const { paint } = options
  const node = event.nodes.get(result.unique_id)
  const message = result.message ?? ''
  if ((result.status === 'skipped' && result.error === undefined) || node === undefined)
    return [{ ...blank, level: 'debug' }, errorRecord(message, undefined, 'debug')]
  const info = nodeInfoData(node, 'None')
  const tag = asWarning ? `[${paint.yellow('WARNING')}]` : `[${paint.red('ERROR')}]`
  const what = `${tag}: in ${node.resource_type} ${node.node_name} (${node.original_file_path})`
  const head: LogRecord = {
    name: asWarning ? 'RunResultWarning' : 'RunResultFailure',
    code: asWarning ? 'Z021' : 'Z022',
    level: asWarning ? 'warn' : 'error',
    msg: what,
    data: {
      node_info: info,
      node_name: node.node_name,
      path: node.original_file_path,
      resource_type: node.resource_type,
    },
  }
  const why: LogRecord = asWarning
    ? {
        name: 'RunResultWarningMessage',
        code: 'Z046',
        level: 'warn',
        msg: `${tag}: ${message}`,
        data: { msg: message, node_info: info },
      }
    : errorRecord(message, info, 'error', placeOf(result, options))
  return [
    blank,
    head,
    why,
    ...compiledRecords(node, info),
    ...sampleRecords(result),
    ...storedRecords(node, info),
  ]
}

const errorRecord = (
  message: string,
  info: LogRecord['data'] | undefined,
  level: 'error' | 'debug',
  place = '',
): LogRecord => ({
  name: 'RunResultError',
  code: 'Z024',
  level,
  msg: `  ${message}${place}`,
  data: { msg: message, ...(info ? { node_info: info } : {}) },
})

const placeOf = (result: NodeResult, options: RecordOptions): string => {
  const { error } = result
  if (!(error instanceof NavoError) || error instanceof ErrorList) return ''
  const text = excerpt(error, options.read, options.paint)
  return text === '' ? '' : `\n${text}`
}

const compiledRecords = (node: NodeInfo, info: LogRecord['data']): readonly LogRecord[] =>
  node.compiled_path === null
    ? []
    : [
        blank,
        {
          name: 'SQLCompiledPath',
          code: 'Z026',
          level: 'info',
          msg: `  compiled code at ${node.compiled_path}`,
          data: { node_info: info, path: node.compiled_path },
        },
      ]

const sampleRecords = (result: NodeResult): readonly LogRecord[] => {
  if (result.sample === undefined || result.sample.rows.length === 0) return []
  const failing = result.failures ?? result.sample.rows.length
  const shown = result.sample.rows.length
  const title = shown < failing ? `first ${shown} of ${failing} rows:` : 'rows:'
  const table = resultTable(result.sample).replaceAll('\n', '\n  ')
  return [
    blank,
    {
      name: 'Note',
      code: 'Z050',
      level: 'info',
      msg: `  ${title}\n  ${table}`,
      data: { msg: title },
      textOnly: true,
    },
  ]
}

const storedRecords = (node: NodeInfo, info: LogRecord['data']): readonly LogRecord[] => {
  if (!node.failures_in) return []
  const query = `select * from ${node.failures_in}`
  const rule = '-'.repeat(query.length)
  return [
    blank,
    {
      name: 'CheckNodeTestFailure',
      code: 'Z027',
      level: 'info',
      msg: `  See test failures:\n  ${rule}\n  ${query}\n  ${rule}`,
      data: { node_info: info, relation_name: node.failures_in },
    },
  ]
}

const totals = (results: readonly NodeResult[]): LogRecord => {
  const stats = { error: 0, skip: 0, pass: 0, warn: 0, noop: 0, reused: 0, total: results.length }
  for (const { status } of results) {
    if (status === 'skipped') stats.skip++
    else if (status === 'warn') stats.warn++
    else if (status === 'pass' || status === 'success') stats.pass++
    else if (status === 'no-op') stats.noop++
    else stats.error++
  }
  return {
    name: 'StatsLine',
    code: 'Z023',
    level: 'info',
    msg: `Done. PASS=${stats.pass} WARN=${stats.warn} ERROR=${stats.error} SKIP=${stats.skip} NO-OP=${stats.noop} REUSED=${stats.reused} TOTAL=${stats.total}`,
    data: { stats },
  }
}
