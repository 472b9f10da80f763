import { type RecordOptions, recordsOf } from './records.ts'
import {
  debugLine,
  isShown,
  type LeastLevel,
  type LogContext,
  type Sink,
  textLine,
} from './sink.ts'
import type { Stream } from './stream.ts'

export interface PlainOptions extends RecordOptions {
  readonly out: Stream
  readonly least: LeastLevel
  /** `debug` writes thread and level before the text. */
  readonly style: 'text' | 'debug'
  /** Written before each line when colours are on, as dbt does. */
  readonly reset: string
}

/** Text for pipes and files: one stable line a node. */
export const plainSink = (options: PlainOptions, context: LogContext): Sink => ({
  handle: event => {
    for (const record of recordsOf(event, options)) {
      if (record.jsonOnly || !isShown(record, options.least)) continue
      const line =
        options.style === 'debug'
          ? debugLine(record, context, options.reset)
          : textLine(record, context, options.reset)
      options.out.write(`${context.scrub(line)}\n`)
    }
  },
  close: () => undefined,
})
