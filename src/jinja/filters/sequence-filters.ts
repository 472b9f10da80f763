import { intArgument } from '../python/arguments.ts'
import { updateDict } from '../python/dict-methods.ts'
import { DictView } from '../python/dict-view.ts'
import { PyGenerator } from '../python/generator.ts'
import { add, eq, getItem, gt, iterate, length, lt, toStr, truthy } from '../python/operators.ts'
import { PyError, typeError } from '../python/py-error.ts'
import { sortValues } from '../python/sort.ts'
import { undefinedError } from '../python/undefined.ts'
import {
  HostObject,
  namedTuple,
  PyDict,
  PySet,
  type PyTuple,
  tuple,
  typeName,
  Undefined,
  type Value,
} from '../python/values.ts'
import { attributeGetter, attributesGetter, ignoreCase } from './attribute-path.ts'
import { type FilterEnvironment, filterTable } from './filter.ts'

const nothing = (environment: FilterEnvironment, hint: string): Undefined =>
  new Undefined({ kind: environment.undefinedKind, hint })

const first = (environment: FilterEnvironment, items: Value): Value => {
  for (const item of iterate(items)) return item
  return nothing(environment, 'No first item, sequence was empty.')
}

/** Python's `reversed(value)`. Throws TypeError. */
const reversed = (value: Value): Iterable<Value> => {
  if (typeof value === 'string' || Array.isArray(value)) return [...value].reverse()
  if (value instanceof PyDict || value instanceof DictView) return [...iterate(value)].reverse()
  if (value instanceof Undefined) return []
  if (value instanceof HostObject && value.length && (value.slice || value.getItem)) {
    return [...iterate(value)].reverse()
  }
  throw typeError(`'${typeName(value)}' object is not reversible`)
}

const last = (environment: FilterEnvironment, items: Value): Value => {
  for (const item of reversed(items)) return item
  return nothing(environment, 'No last item, sequence was empty.')
}

const reverse = (_: FilterEnvironment, value: Value): Value => {
  if (typeof value === 'string') return Array.from(value).reverse().join('')
  if (value instanceof PySet || value instanceof PyGenerator) return [...iterate(value)].reverse()
  try {
    return new PyGenerator(reversed(value), 'reversed', 'list_reverseiterator')
  } catch {
    throw new PyError('FilterArgumentError', 'argument must be iterable')
  }
}

const random = (environment: FilterEnvironment, items: Value): Value => {
  const size = length(items)
  if (size === 0) return nothing(environment, 'No random item, sequence was empty.')
  return getItem(items, Math.floor(Math.random() * size), environment.undefinedKind)
}

const fold = (caseSensitive: Value): ((value: Value) => Value) | undefined =>
  truthy(caseSensitive) ? undefined : ignoreCase

const sort = (
  environment: FilterEnvironment,
  items: Value,
  reverse: Value,
  caseSensitive: Value,
  attribute: Value,
): Value => {
  const key = attributesGetter(environment, attribute, fold(caseSensitive))
  return sortValues(iterate(items), { key, reverse: truthy(reverse) })
}

const unique = (
  environment: FilterEnvironment,
  items: Value,
  caseSensitive: Value,
  attribute: Value,
): Value => {
  const key = attributeGetter(environment, attribute, { map: fold(caseSensitive) })
  const source = iterate(items)
  const distinct = function* (): Generator<Value> {
    const seen = new PySet()
    for (const item of source) {
      const by = key(item)
      if (seen.has(by)) continue
      seen.add(by)
      yield item
    }
  }
  return new PyGenerator(distinct(), 'sync_do_unique')
}

const extreme =
  (better: (a: Value, b: Value) => boolean) =>
  (environment: FilterEnvironment, items: Value, caseSensitive: Value, attribute: Value): Value => {
    const key = attributeGetter(environment, attribute, { map: fold(caseSensitive) })
    let best: { readonly item: Value; readonly by: Value } | undefined
    for (const item of iterate(items)) {
      const by = key(item)
      if (best === undefined || better(by, best.by)) best = { item, by }
    }
    return best ? best.item : nothing(environment, 'No aggregated item, sequence was empty.')
  }

// A start that is a string is refused, so `total` never is one at first.
const sum = (
  environment: FilterEnvironment,
  items: Value,
  attribute: Value,
  start: Value,
): Value => {
  if (typeof start === 'string')
    throw typeError("sum() can't sum strings [use ''.join(seq) instead]")
  const value = attributeGetter(environment, attribute)
  let total: Value = start
  for (const item of iterate(items)) total = add(total, value(item))
  return total
}

const join = (
  environment: FilterEnvironment,
  items: Value,
  separator: Value,
  attribute: Value,
): Value => {
  const value = attributeGetter(environment, attribute)
  return Array.from(iterate(items), item => toStr(value(item))).join(toStr(separator))
}

const groupBy = (
  environment: FilterEnvironment,
  items: Value,
  attribute: Value,
  fallback: Value,
  caseSensitive: Value,
): Value => {
  const key = attributeGetter(environment, attribute, { map: fold(caseSensitive), fallback })
  const shown = attributeGetter(environment, attribute, { fallback })
  const groups: { readonly by: Value; readonly items: Value[] }[] = []
  for (const item of sortValues(iterate(items), { key })) {
    const by = key(item)
    const group = groups.at(-1)
    if (group && eq(group.by, by)) group.items.push(item)
    else groups.push({ by, items: [item] })
  }
  return groups.map(group => namedTuple(['grouper', 'list'], [shown(group.items[0]!), group.items]))
}

const batch = (_: FilterEnvironment, items: Value, size: Value, fill: Value): Value => {
  const count = Number(intArgument(size))
  const source = iterate(items)
  const rows = function* (): Generator<Value> {
    let row: Value[] = []
    for (const item of source) {
      if (row.length === count) {
        yield row
        row = []
      }
      row.push(item)
    }
    if (row.length === 0) return
    while (fill !== null && row.length < count) row.push(fill)
    yield row
  }
  return new PyGenerator(rows(), 'do_batch')
}

const slice = (_: FilterEnvironment, items: Value, slices: Value, fill: Value): Value => {
  const all = [...iterate(items)]
  const count = intArgument(slices)
  if (count === 0) throw new PyError('ZeroDivisionError', 'integer division or modulo by zero')
  const size = Math.floor(all.length / count)
  const extra = all.length % count
  const columns = function* (): Generator<Value> {
    let start = 0
    for (let i = 0; i < count; i++) {
      const column = all.slice(start, start + size + (i < extra ? 1 : 0))
      start += column.length
      if (fill !== null && i >= extra) column.push(fill)
      yield column
    }
  }
  return new PyGenerator(columns(), 'sync_do_slice')
}

/** The entries of a mapping, host objects that are mappings included. */
const entriesOf = (value: Value): [Value, Value][] | undefined => {
  if (value instanceof PyDict) return [...value]
  if (!(value instanceof HostObject && value.isMapping)) return undefined
  const dict = new PyDict()
  for (const key of iterate(value)) updateDict(dict, [tuple([key, value.getItem?.(key) ?? null])])
  return [...dict]
}

const items = (_: FilterEnvironment, value: Value): Value => {
  if (value instanceof Undefined) return new PyGenerator([], 'do_items')
  const entries = entriesOf(value)
  if (entries === undefined) throw typeError('Can only get item pairs from a mapping.')
  return new PyGenerator(entries.map(tuple), 'do_items')
}

const dictSort = (
  _: FilterEnvironment,
  value: Value,
  caseSensitive: Value,
  by: Value,
  reverse: Value,
): Value => {
  if (by !== 'key' && by !== 'value') {
    throw new PyError('FilterArgumentError', 'You can only sort by either "key" or "value"')
  }
  const at = by === 'key' ? 0 : 1
  const keyed = fold(caseSensitive) ?? ((item: Value) => item)
  const entries = entriesOf(value)
  if (entries === undefined) {
    if (value instanceof Undefined) {
      if (value.kind === 'lenient') return []
      throw undefinedError(value)
    }
    throw new PyError('AttributeError', `'${typeName(value)}' object has no attribute 'items'`)
  }
  return sortValues(entries.map(tuple), {
    key: pair => keyed((pair as PyTuple)[at]!),
    reverse: truthy(reverse),
  })
}

const list = (_: FilterEnvironment, value: Value): Value => [...iterate(value)]

/** Filters over sequences and mappings. */
export const sequenceFilters = filterTable({
  batch: ['do_batch', 'value, linecount, fill_with=None', batch],
  count: ['len', 'obj, /', (_, value: Value) => length(value)],
  dictsort: ['do_dictsort', "value, case_sensitive=False, by='key', reverse=False", dictSort],
  first: ['sync_do_first', 'seq', first],
  groupby: ['sync_do_groupby', 'value, attribute, default=None, case_sensitive=False', groupBy],
  items: ['do_items', 'value', items],
  join: ['sync_do_join', "value, d='', attribute=None", join],
  last: ['do_last', 'seq', last],
  length: ['len', 'obj, /', (_, value: Value) => length(value)],
  list: ['sync_do_list', 'value', list],
  max: ['do_max', 'value, case_sensitive=False, attribute=None', extreme(gt)],
  min: ['do_min', 'value, case_sensitive=False, attribute=None', extreme(lt)],
  random: ['do_random', 'seq', random],
  reverse: ['do_reverse', 'value', reverse],
  slice: ['sync_do_slice', 'value, slices, fill_with=None', slice],
  sort: ['do_sort', 'value, reverse=False, case_sensitive=False, attribute=None', sort],
  sum: ['sync_do_sum', 'iterable, attribute=None, start=0', sum],
  unique: ['sync_do_unique', 'value, case_sensitive=False, attribute=None', unique],
})
