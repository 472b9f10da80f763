import type { Json } from '../../core/json.ts'
import { PyDate } from './date-value.ts'
import { datetimeFromDate, PyDateTime } from './datetime-values.ts'
import { LazyDict } from './lazy-dict.ts'
import { toStr } from './text.ts'
import { HostObject, normInt, PyDict, PyFloat, PySet, Undefined, type Value } from './values.ts'

export { parseIsoTemporal } from './datetime-iso.ts'
export { dumps } from './json.ts'
export { parseJson } from './json-parser.ts'

const isValue = (value: object): value is Value & object =>
  value instanceof Map ||
  value instanceof Set ||
  value instanceof PyFloat ||
  value instanceof HostObject ||
  value instanceof Undefined

/** What objects and arrays become; everything else converts alike. */
interface Containers {
  readonly list: (items: readonly unknown[]) => Value
  readonly dict: (object: Readonly<Record<string, unknown>>) => Value
}

const convert = (value: unknown, containers: Containers): Value => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isInteger(value) && !Number.isSafeInteger(value)
        ? normInt(BigInt(value))
        : value
    case 'bigint':
      return normInt(value)
    case 'object':
      if (value === null) return null
      if (Array.isArray(value)) return containers.list(value)
      if (isValue(value)) return value
      if (value instanceof Date) return datetimeFromDate(value)
      return containers.dict(value as Record<string, unknown>)
    default:
      return null
  }
}

const eager: Containers = {
  list: items => items.map(item => fromJson(item)),
  dict: object => {
    const dict = new PyDict()
    for (const [key, value] of Object.entries(object)) {
      if (value !== undefined) dict.set(key, fromJson(value))
    }
    return dict
  },
}

const lazy: Containers = {
  list: items => items.map(item => wrapReadonly(item)),
  dict: object => new LazyDict(object, wrapReadonly),
}

/**
 * Plain data as template values. Integral numbers become ints (JSON parsed by JavaScript does not
 * say which were floats; `parseJson` keeps them). Template values within stay as they are, members
 * that are undefined are left out.
 */
export const fromJson = (json: unknown): Value => convert(json, eager)

/** The same for large objects: each dict converts its values when they are asked for. */
export const wrapReadonly = (json: unknown): Value => convert(json, lazy)

const keyText = (key: Value): string => {
  if (typeof key === 'string') return key
  if (key === null) return 'null'
  return typeof key === 'boolean' ? String(key) : toStr(key)
}

/**
 * A template value as plain data: dicts with text keys, tuples and sets as arrays, dates in ISO
 * form, undefined as null, other objects as their text. Ints beyond 2^53 lose their last digits.
 */
export const toJson = (value: Value): Json => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (typeof value === 'function') return toStr(value)
  if (Array.isArray(value)) return Array.from(value, toJson)
  if (value instanceof PyDict) {
    // Not by assignment: a key `__proto__` must become a member like any other.
    return Object.fromEntries([...value].map(([key, item]) => [keyText(key), toJson(item)]))
  }
  if (value instanceof PyFloat) return value.value
  if (value instanceof PySet) return [...value].map(toJson)
  if (value instanceof Undefined) return null
  if (value instanceof PyDate || value instanceof PyDateTime) return value.isoFormat('T')
  if (value.toJson) return toJson(value.toJson())
  return value.toFloat ? value.toFloat() : value.str()
}
