import type { NavoEvent } from '../../core/events.ts'
import { isFailure } from '../../core/result.ts'
import { liveRegion } from './live-region.ts'
import { descriptionOf } from './node-records.ts'
import { type RecordOptions, recordsOf } from './records.ts'
import { isShown, type LeastLevel, type LogContext, type Sink, textLine } from './sink.ts'
import type { Stream } from './stream.ts'

export interface PrettyOptions extends RecordOptions {
  readonly out: Stream
  readonly least: LeastLevel
}

interface Running {
  readonly label: string
  readonly since: number
}

/** Most nodes shown as running at once; more are counted. */
const maxRunning = 6

/**
 * For a terminal: the lines of plain output without its START lines, and below them, redrawn in
 * place, what is running now, how much is done and how long it took so far.
 */
export const prettySink = (options: PrettyOptions, context: LogContext): Sink => {
  const { paint } = options
  const running = new Map<string, Running>()
  let total = 0
  let done = 0
  let failed = 0
  let began = 0
  let active = false

  const draw = (): readonly string[] => {
    if (!active) return []
    const now = context.now().getTime()
    const shown = [...running.values()].slice(0, maxRunning)
    const more = running.size - shown.length
    const failures = failed > 0 ? `  ${paint.red(`${failed} failed`)}` : ''
    return [
      `${paint.bold(`${done} of ${total}`)} done  ${paint.dim(clock(now - began))}${failures}`,
      ...shown.map(
        node => `  ${paint.cyan('▸')} ${node.label} ${paint.dim(clock(now - node.since))}`,
      ),
      ...(more > 0 ? [paint.dim(`  … and ${more} more`)] : []),
    ]
  }
  const region = liveRegion(options.out, draw)

  const follow = (event: NavoEvent): void => {
    switch (event.kind) {
      case 'runStarted':
        total = event.total
        began = context.now().getTime()
        active = total > 0
        if (active) region.start()
        return
      case 'nodeStarted':
        running.set(event.node.unique_id, {
          label: descriptionOf(event.node),
          since: context.now().getTime(),
        })
        return
      case 'nodeFinished':
        running.delete(event.node.unique_id)
        done += 1
        total = Math.max(total, event.total)
        if (isFailure(event.result.status)) failed += 1
        return
      case 'runFinished':
      case 'failed':
        active = false
        region.stop()
        return
      default:
        return
    }
  }

  return {
    handle: event => {
      follow(event)
      const lines = recordsOf(event, options)
        .filter(
          record =>
            !record.jsonOnly && record.name !== 'LogStartLine' && isShown(record, options.least),
        )
        .map(record => `${context.scrub(textLine(record, context, ''))}\n`)
      region.print(lines.join(''))
    },
    close: () => {
      active = false
      region.stop()
    },
  }
}

/** `0.4s`, `12.0s`, `3m 05s`. */
const clock = (milliseconds: number): string => {
  const seconds = milliseconds / 1000
  if (seconds < 60) return `${seconds.toFixed(1)}s`
  return `${Math.floor(seconds / 60)}m ${String(Math.floor(seconds % 60)).padStart(2, '0')}s`
}
