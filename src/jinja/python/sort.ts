import { lt } from './compare.ts'
import type { Value } from './values.ts'

interface SortOptions {
  readonly reverse?: boolean
  /** What each item is ordered by; itself by default. */
  readonly key?: (item: Value) => Value
}

/** Python's `sorted`: stable also in reverse. Throws TypeError when two items have no order. */
export const sortValues = (items: Iterable<Value>, options: SortOptions = {}): Value[] => {
  const { key, reverse = false } = options
  const keyed = Array.from(items, item => ({ item, by: key ? key(item) : item }))
  // Turned over before and after, equal items keep their order.
  if (reverse) keyed.reverse()
  keyed.sort((a, b) => (lt(a.by, b.by) ? -1 : lt(b.by, a.by) ? 1 : 0))
  if (reverse) keyed.reverse()
  return keyed.map(({ item }) => item)
}
