import { type RecordOptions, recordsOf } from './records.ts'
import { isShown, jsonLine, type LeastLevel, type LogContext, type Sink } from './sink.ts'
import type { Stream } from './stream.ts'

export interface JsonOptions extends RecordOptions {
  readonly out: Stream
  readonly least: LeastLevel
}

/** `--log-format json`: one object a line, in dbt's shape. */
export const jsonSink = (options: JsonOptions, context: LogContext): Sink => ({
  handle: event => {
    for (const record of recordsOf(event, options)) {
      if (record.textOnly || !isShown(record, options.least)) continue
      options.out.write(`${context.scrub(jsonLine(record, context))}\n`)
    }
  },
  close: () => undefined,
})
