import type { Level, NavoEvent } from '../../core/events.ts'
import type { LogRecord } from './log-record.ts'

/** Where events go to be shown or kept. */
export interface Sink {
  readonly handle: (event: NavoEvent) => void
  /** Writes what is held back and leaves the terminal clean. */
  readonly close: () => void
}

export type LeastLevel = Level | 'none'

const order: Readonly<Record<LeastLevel, number>> = {
  debug: 0,
  info: 1,
  warn: 2,
  error: 3,
  none: 4,
}

/** Whether a record is loud enough; answers always are, as errors are. */
export const isShown = (record: LogRecord, least: LeastLevel): boolean =>
  least !== 'none' && order[record.answer ? 'error' : record.level] >= order[least]

/** What stands for itself when told in JSON: the process, the invocation, the clock. */
export interface LogContext {
  readonly invocationId: string
  readonly processId: number
  readonly now: () => Date
  /** Replaces the values of secret variables in what is written. */
  readonly scrub: (text: string) => string
}

/** One line of `--log-format json`: dbt's shape, keys sorted. */
export const jsonLine = (record: LogRecord, context: LogContext): string =>
  JSON.stringify({
    data: record.data,
    info: {
      category: '',
      code: record.code,
      extra: {},
      invocation_id: context.invocationId,
      level: record.level,
      msg: record.msg,
      name: record.name,
      pid: context.processId,
      thread: record.thread ?? 'MainThread',
      ts: context.now().toISOString().replace('Z', '000Z'),
    },
  })

/** One entry of text: `HH:MM:SS  message` (UTC, as dbt's), answers bare. */
export const textLine = (record: LogRecord, context: LogContext, reset: string): string =>
  record.answer ? record.msg : `${reset}${context.now().toISOString().slice(11, 19)}  ${record.msg}`

/** One entry of the log file and of `--log-format debug`. */
export const debugLine = (record: LogRecord, context: LogContext, reset: string): string => {
  const time = context.now().toISOString().slice(11, 23)
  const thread = (record.thread ?? 'MainThread').slice(0, 10).padEnd(10)
  const rule = '='.repeat(30)
  const head =
    record.name === 'MainReportVersion'
      ? `\n\n${rule} ${time}000 | ${context.invocationId} ${rule}\n`
      : ''
  return `${head}${reset}${time}000 [${record.level.padEnd(5)}] [${thread}]: ${record.msg}`
}
