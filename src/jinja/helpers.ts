import { LoopContext, type Recurse } from './loop-context.ts'
import { returnFunction } from './macro-return.ts'
import { tryIterate } from './python/iterate.ts'
import {
  add,
  call,
  callMethod,
  concat,
  contains,
  div,
  eq,
  floordiv,
  ge,
  getAttribute,
  getItem,
  getSlice,
  gt,
  iterate,
  le,
  lt,
  mod,
  mul,
  ne,
  neg,
  pos,
  pow,
  sub,
  toStr,
  truthy,
  unpack,
} from './python/operators.ts'
import { typeError } from './python/py-error.ts'
import {
  float,
  type Kwargs,
  PyDict,
  tuple,
  typeName,
  Undefined,
  type UndefinedKind,
  type Value,
} from './python/values.ts'

const noKeywords: Kwargs = new Map()

const dict = (entries: readonly (readonly [Value, Value])[]): PyDict => new PyDict(entries)

const isDefined = (value: Value): boolean => !(value instanceof Undefined)

const inside = (item: Value, container: Value): boolean => contains(container, item)

// How Python names the function behind every call of a sandboxed template.
const caller = 'jinja2.sandbox.SandboxedEnvironment.call()'

/** The items of `*value`. */
const spread = (value: Value): Iterable<Value> => {
  const items = tryIterate(value)
  if (!items) throw typeError(`Value after * must be an iterable, not ${typeName(value)}`)
  return items
}

/** Keywords and `**value` together. */
const keywords = (entries: readonly (readonly [string, Value])[], value: Value): Kwargs => {
  const result = new Map(entries)
  if (value instanceof Undefined) return result
  if (!(value instanceof PyDict)) {
    throw typeError(`${caller} argument after ** must be a mapping, not ${typeName(value)}`)
  }
  for (const [key, item] of value) {
    if (typeof key !== 'string') throw typeError('keywords must be strings')
    if (result.has(key)) {
      throw typeError(`${caller} got multiple values for keyword argument '${key}'`)
    }
    result.set(key, item)
  }
  return result
}

const loopOver = (
  items: Value,
  kind: UndefinedKind,
  depth: number,
  recurse: Recurse | undefined,
): LoopContext => new LoopContext(items, { kind, depth, recurse })

/** What generated code calls, by the names it uses. */
export const helpers = {
  add,
  call,
  callMethod,
  concat,
  dict,
  div,
  eq,
  float,
  floordiv,
  ge,
  getAttribute,
  getItem,
  getSlice,
  gt,
  inside,
  isDefined,
  iterate,
  keywords,
  le,
  loopOver,
  lt,
  mod,
  mul,
  ne,
  neg,
  noKeywords,
  pos,
  pow,
  returnFunction,
  spread,
  sub,
  toStr,
  truthy,
  tuple,
  unpack,
} as const

export type Helper = keyof typeof helpers
