import { errorText } from '../../core/error-text.ts'
import { ErrorList, NavoError } from '../../core/errors.ts'
import type { NavoEvent, NodeInfo } from '../../core/events.ts'
import { endRecords } from './end-records.ts'
import { excerpt, type ReadSource } from './excerpt.ts'
import { fancyLine } from './fancy-line.ts'
import type { LogRecord } from './log-record.ts'
import { nodeInfoData, type Position, resultRecord, startRecord } from './node-records.ts'
import type { Paint } from './paint.ts'
import { plural } from './plural.ts'

export interface RecordOptions {
  readonly paint: Paint
  /** Columns up to the status of a node's line. */
  readonly width: number
  readonly read: ReadSource
  /** What `print()` says is dropped with --no-print. */
  readonly print: boolean
  /** Whether each node has its lines: not for compile and show, whose answers are what counts. */
  readonly nodeLines: boolean
}

const blank: LogRecord = {
  name: 'Formatting',
  code: 'Z017',
  level: 'info',
  msg: '',
  data: { msg: '' },
}

/**
 * An event in dbt's words: the records that dbt 1.12 logs for it, in order, wording and codes
 * included, because schedulers read them.
 */
export const recordsOf = (event: NavoEvent, options: RecordOptions): readonly LogRecord[] => {
  const { paint, width } = options
  switch (event.kind) {
    case 'started':
      return [
        info('MainReportVersion', 'A001', `Running with navo=${event.version}`, {
          log_version: 3,
          version: `=${event.version}`,
        }),
      ]
    case 'adapter':
      return [
        info('AdapterRegistered', 'E034', `Registered adapter: ${event.type}=${event.version}`, {
          adapter_name: event.type,
          adapter_version: `=${event.version}`,
        }),
      ]
    case 'builtInTarget': {
      const msg = `No profile needed: building into ${event.path}`
      return [info('Note', 'Z050', msg, { msg })]
    }
    case 'parsed': {
      const line = event.counts.counts.map(c => plural(c.count, c.resource)).join(', ')
      return [info('FoundStats', 'W006', `Found ${line}`, { stat_line: line })]
    }
    case 'nothingSelected':
      return event.command === 'list'
        ? [warn('NoNodesSelected', 'P028', 'No nodes selected!', {}, paint)]
        : [
            warn(
              'NothingToDo',
              'Q035',
              'Nothing to do. Try checking your model configs and model specification args',
              {},
              paint,
            ),
          ]
    case 'unusedSelector':
      return [
        warn(
          'NoNodesForSelectionCriteria',
          'M030',
          `The selection criterion '${event.text}' does not match any enabled nodes`,
          { spec_raw: event.text },
          paint,
        ),
      ]
    case 'runStarted':
      return [
        blank,
        info(
          'ConcurrencyLine',
          'Q027',
          `Concurrency: ${event.threads} threads (target='${event.target}')`,
          { num_threads: event.threads, target_name: event.target, node_count: event.total },
        ),
        blank,
      ]
    case 'nodeStarted':
      return options.nodeLines
        ? [startRecord(event.node, positionOf(event), options, event.thread)]
        : []
    case 'nodeFinished':
      return options.nodeLines
        ? [resultRecord(event.node, event.result, positionOf(event), options)]
        : []
    case 'hookStarted':
      return [...(isEnd(event.name) && event.index === 1 ? [blank] : []), hookStart(event, width)]
    case 'hookFinished':
      return [
        hookEnd(event, paint, width),
        ...(!isEnd(event.name) && event.index === event.total ? [blank] : []),
      ]
    case 'queryCancelled':
      return [
        {
          name: 'LogCancelLine',
          code: 'Q022',
          level: 'error',
          msg: fancyLine({
            text: `CANCEL query ${event.node.unique_id}`,
            status: paint.red('CANCEL'),
            width,
          }),
          data: { conn_name: event.node.unique_id },
        },
      ]
    case 'runFinished':
      return endRecords(event, options)
    case 'sql':
      return [sqlRecord(event)]
    case 'warning':
      return [
        warn(
          event.code,
          'Z051',
          warningText(event.error, options),
          { msg: event.error.message },
          paint,
        ),
      ]
    case 'template':
      return templateRecords(event, options)
    case 'note':
      return [
        {
          name: event.name,
          code: 'Z050',
          level: event.level,
          msg:
            event.level === 'warn'
              ? `[${paint.yellow('WARNING')}]: ${event.text}`
              : event.level === 'error'
                ? `[${paint.red('ERROR')}]: ${event.text}`
                : event.text,
          data: { msg: event.text },
        },
      ]
    case 'answer':
      return [
        {
          name: event.name,
          code: answerCodes[event.name] ?? 'Z052',
          level: 'info',
          msg: event.text,
          data: event.data as LogRecord['data'],
          answer: true,
        },
      ]
    case 'failed':
      return failureRecords(event.error, options)
  }
}

const positionOf = ({ index, total }: Position): Position => ({ index, total })

const answerCodes: Readonly<Record<string, string>> = { ShowNode: 'Q041', CompiledNode: 'Q042' }

const info = (name: string, code: string, msg: string, data: LogRecord['data']): LogRecord => ({
  name,
  code,
  level: 'info',
  msg,
  data,
})

const warn = (
  name: string,
  code: string,
  text: string,
  data: LogRecord['data'],
  paint: Paint,
): LogRecord => ({
  name,
  code,
  level: 'warn',
  msg: `[${paint.yellow('WARNING')}]: ${text}`,
  data,
})

const isEnd = (hook: string): boolean => hook.includes('on-run-end')

type HookStarted = Extract<NavoEvent, { kind: 'hookStarted' }>
type HookFinished = Extract<NavoEvent, { kind: 'hookFinished' }>

const hookStart = (event: HookStarted, width: number): LogRecord => ({
  name: 'LogHookStartLine',
  code: 'Q032',
  level: 'info',
  msg: fancyLine({
    index: event.index,
    total: event.total,
    text: `START hook: ${event.name}`,
    status: 'RUN',
    width,
    truncate: true,
  }),
  data: {
    statement: event.name,
    index: event.index,
    total: event.total,
    node_info: nodeInfoData(event.node, 'started'),
  },
})

const hookEnd = (event: HookFinished, paint: Paint, width: number): LogRecord => {
  const { result } = event
  const ok = result.status === 'success'
  return {
    name: 'LogHookEndLine',
    code: 'Q033',
    level: 'info',
    msg: fancyLine({
      index: event.index,
      total: event.total,
      text: `${ok ? 'OK' : 'ERROR'} hook: ${event.name}`,
      status: ok ? paint.green('OK') : paint.red('ERROR'),
      seconds: result.execution_time,
      width,
      truncate: true,
    }),
    data: {
      statement: event.name,
      status: result.status,
      index: event.index,
      total: event.total,
      execution_time: result.execution_time,
      node_info: nodeInfoData(event.node, result.status),
    },
  }
}

const sqlRecord = (event: Extract<NavoEvent, { kind: 'sql' }>): LogRecord => ({
  name: 'SQLQuery',
  code: 'E016',
  level: 'debug',
  msg: `On ${event.connection}: ${event.sql}`,
  data: {
    conn_name: event.connection,
    sql: event.sql,
    node_info: event.node ? nodeInfoData(event.node, 'executing') : noNode,
  },
})

/** dbt leaves the keys in place when a statement belongs to no node. */
const noNode = {}

const templateRecords = (
  event: Extract<NavoEvent, { kind: 'template' }>,
  options: RecordOptions,
): readonly LogRecord[] => {
  const data = { msg: event.text, ...nodeData(event.node) }
  if (event.level === 'print')
    return options.print
      ? [{ name: 'PrintEvent', code: 'Z052', level: 'info', msg: event.text, data, answer: true }]
      : []
  return event.level === 'info'
    ? [info('JinjaLogInfo', 'I062', event.text, data)]
    : [{ name: 'JinjaLogDebug', code: 'I063', level: 'debug', msg: event.text, data }]
}

const nodeData = (node: NodeInfo | undefined): LogRecord['data'] =>
  node ? { node_info: nodeInfoData(node, 'executing') } : {}

const warningText = (error: NavoError, options: RecordOptions): string => {
  const more = excerpt(error, options.read, options.paint)
  return more === '' ? error.message : `${error.message}\n${more}`
}

/** Each problem in dbt's words, then its place and hint; a bug with its stack. */
const failureRecords = (error: Error, options: RecordOptions): readonly LogRecord[] => {
  const { paint } = options
  const known = error instanceof NavoError || error instanceof ErrorList
  const exc = known ? errorText(error) : `Internal Error\n  ${error.message}`
  const head = `[${paint.red('ERROR')}]: Encountered an error:`
  const problems = error instanceof ErrorList ? error.errors : [error]
  const shown = problems
    .map(problem => {
      const text = known ? errorText(problem) : exc
      const more = problem instanceof NavoError ? excerpt(problem, options.read, paint) : ''
      return more === '' ? text : `${text}\n${more}`
    })
    .join('\n\n')
  const main: LogRecord = {
    name: 'MainEncounteredError',
    code: 'Z002',
    level: 'error',
    msg: `${head}\n${shown}`,
    data: { exc },
  }
  if (known) return [main]
  const stack = error.stack ?? String(error)
  const msg = `${stack}\nThis is a bug in navo. Please report it with the lines above.`
  return [
    main,
    { name: 'MainStackTrace', code: 'Z003', level: 'error', msg, data: { stack_trace: stack } },
  ]
}
