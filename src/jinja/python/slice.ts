import { PyError, typeError } from './py-error.ts'
import type { Value } from './values.ts'

/** The indices that a slice visits: from `start`, by `step`, up to but without `stop`. */
interface SliceRange {
  readonly start: number
  readonly stop: number
  readonly step: number
}

const sliceIndex = (value: Value, fallback: number): number => {
  if (value === null) return fallback
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  throw typeError('slice indices must be integers or None or have an __index__ method')
}

/** Python's `slice(start, stop, step).indices(length)`. */
export const sliceOf = (length: number, start: Value, stop: Value, step: Value): SliceRange => {
  const by = sliceIndex(step, 1)
  if (by === 0) throw new PyError('ValueError', 'slice step cannot be zero')
  const lowest = by < 0 ? -1 : 0
  const highest = by < 0 ? length - 1 : length
  const clamp = (index: number): number =>
    index < 0 ? Math.max(index + length, lowest) : Math.min(index, highest)
  return {
    start: clamp(sliceIndex(start, by < 0 ? highest : lowest)),
    stop: stop === null ? (by < 0 ? lowest : highest) : clamp(sliceIndex(stop, 0)),
    step: by,
  }
}

/** The items at a range's indices. */
export const pick = <T>(items: ArrayLike<T>, { start, stop, step }: SliceRange): T[] => {
  const result: T[] = []
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) result.push(items[i]!)
  return result
}
