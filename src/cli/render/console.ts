import type { Flags } from '../../commands/flags.ts'
import type { Emit, NavoEvent } from '../../core/events.ts'
import type { ReadSource } from './excerpt.ts'
import { jsonSink } from './json.ts'
import { logFile } from './log-file.ts'
import { colored, plain } from './paint.ts'
import { plainSink } from './plain.ts'
import { prettySink } from './pretty.ts'
import type { LeastLevel, LogContext, Sink } from './sink.ts'
import type { Stream } from './stream.ts'

export interface ConsoleOptions {
  readonly flags: Flags
  readonly out: Stream
  readonly context: LogContext
  readonly read: ReadSource
  /** `clean` keeps no log file, as it may remove the folder. */
  readonly file: boolean
  readonly onEvent?: Emit
}

/** Everything that shows events: the screen as the flags want it, and logs/navo.log. */
export const openConsole = (options: ConsoleOptions): Sink => {
  const sinks = [screen(options), ...(options.file ? [file(options)] : [])]
  return {
    handle: (event: NavoEvent) => {
      for (const sink of sinks) sink.handle(event)
      options.onEvent?.(event)
    },
    close: () => {
      for (const sink of sinks) sink.close()
    },
  }
}

const silent: Sink = { handle: () => undefined, close: () => undefined }

const leastOnScreen = (flags: Flags): LeastLevel =>
  flags.quiet ? 'error' : flags.debug ? 'debug' : flags.log_level

/** dbt says nothing of single nodes where it only compiles. */
const hasNodeLines = (flags: Flags): boolean =>
  !['compile', 'show', 'generate'].includes(flags.which)

const screen = ({ flags, out, context, read }: ConsoleOptions): Sink => {
  const least = flags.log_level === 'none' ? 'none' : leastOnScreen(flags)
  if (least === 'none') return silent
  const common = {
    out,
    least,
    read,
    width: flags.printer_width,
    print: flags.print,
    nodeLines: hasNodeLines(flags),
    paint: flags.use_colors ? colored : plain,
  }
  if (flags.log_format === 'json') return jsonSink(common, context)
  const style = flags.log_format === 'debug' ? 'debug' : 'text'
  if (style === 'text' && out.isTTY === true && flags.use_colors && least !== 'error')
    return prettySink(common, context)
  return plainSink({ ...common, style, reset: flags.use_colors ? '\u001b[0m' : '' }, context)
}

const file = ({ flags, context, read }: ConsoleOptions): Sink => {
  const least = flags.debug ? 'debug' : flags.log_level_file
  if (flags.log_level_file === 'none') return silent
  const { stream, close } = logFile(flags.log_path, flags.log_file_max_bytes)
  const common = {
    out: stream,
    least,
    read,
    width: flags.printer_width,
    print: flags.print,
    nodeLines: hasNodeLines(flags),
    paint: flags.use_colors_file ? colored : plain,
  }
  const sink =
    flags.log_format_file === 'json'
      ? jsonSink(common, context)
      : plainSink(
          {
            ...common,
            style: flags.log_format_file === 'text' ? 'text' : 'debug',
            reset: flags.use_colors_file ? '\u001b[0m' : '',
          },
          context,
        )
  return { handle: sink.handle, close }
}
