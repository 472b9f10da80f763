import { tryIterate } from './iterate.ts'
import { typeError } from './py-error.ts'
import { undefinedError } from './undefined.ts'
import {
  HostObject,
  PyDict,
  PyFloat,
  PySet,
  PyTuple,
  typeName,
  Undefined,
  type Value,
} from './values.ts'

type Number_ = number | bigint

const asNumber = (value: Value): Number_ | undefined => {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  if (value instanceof PyFloat) return value.value
  if (typeof value === 'boolean') return value ? 1 : 0
  return undefined
}

const listEq = (a: readonly Value[], b: readonly Value[]): boolean =>
  a instanceof PyTuple === b instanceof PyTuple &&
  a.length === b.length &&
  a.every((item, i) => same(item, b[i]!))

const dictEq = (a: PyDict, b: PyDict): boolean => {
  if (a.size !== b.size) return false
  for (const [key, value] of a) {
    const other = b.get(key)
    if (other === undefined || !same(value, other)) return false
  }
  return true
}

const setEq = (a: PySet, b: PySet): boolean => {
  if (a.size !== b.size) return false
  for (const item of a) if (!b.has(item)) return false
  return true
}

// Inside containers Python takes identical objects for equal without asking them (nan!).
const same = (a: Value, b: Value): boolean => Object.is(a, b) || eq(a, b)

/** `a == b`. */
export const eq = (a: Value, b: Value): boolean => {
  if (typeof a === 'string') {
    return typeof b === 'string' ? a === b : b instanceof HostObject && b.equals(a)
  }
  if (a === null) return b === null
  const x = asNumber(a)
  if (x !== undefined) {
    const y = asNumber(b)
    // biome-ignore lint/suspicious/noDoubleEquals: number and bigint compare by value only so
    return y === undefined ? b instanceof HostObject && b.equals(a) : x == y
  }
  if (a instanceof HostObject) return a.equals(b) || (b instanceof HostObject && b.equals(a))
  if (b instanceof HostObject) return b.equals(a)
  if (a === b) return true
  if (Array.isArray(a)) return Array.isArray(b) && listEq(a, b)
  if (a instanceof PyDict) return b instanceof PyDict && dictEq(a, b)
  if (a instanceof PySet) return b instanceof PySet && setEq(a, b)
  return a instanceof Undefined && b instanceof Undefined && a.kind === b.kind
}

/** `a != b`. */
export const ne = (a: Value, b: Value): boolean => !eq(a, b)

/** Orders strings by code point, as Python does (JavaScript orders by UTF-16 unit). */
export const compareStrings = (a: string, b: string): number => {
  if (a === b) return 0
  const size = Math.min(a.length, b.length)
  for (let i = 0; i < size; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    const bothSurrogates = x >= 0xd800 && x < 0xe000 && y >= 0xd800 && y < 0xe000
    if (bothSurrogates || (x < 0xd800 && y < 0xd800)) return x - y
    // A surrogate stands for a code point above all those of one unit.
    const rank = (unit: number) => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit)
    return rank(x) - rank(y)
  }
  return a.length - b.length
}

type Order = '<' | '<=' | '>' | '>='

const holds = (op: Order, sign: number): boolean => {
  switch (op) {
    case '<':
      return sign < 0
    case '<=':
      return sign <= 0
    case '>':
      return sign > 0
    case '>=':
      return sign >= 0
  }
}

const numbersHold = (op: Order, a: Number_, b: Number_): boolean => {
  switch (op) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}

// The first items that differ decide; then the lengths.
const sequencesHold = (op: Order, a: readonly Value[], b: readonly Value[]): boolean => {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (!same(a[i]!, b[i]!)) return ordered(op, a[i]!, b[i]!)
  }
  return holds(op, a.length - b.length)
}

const isSubset = (a: PySet, b: PySet): boolean => {
  for (const item of a) if (!b.has(item)) return false
  return true
}

const setsHold = (op: Order, a: PySet, b: PySet): boolean => {
  if (op === '<') return a.size < b.size && isSubset(a, b)
  if (op === '<=') return isSubset(a, b)
  return op === '>' ? b.size < a.size && isSubset(b, a) : isSubset(b, a)
}

const ordered = (op: Order, a: Value, b: Value): boolean => {
  if (typeof a === 'string' && typeof b === 'string') return holds(op, compareStrings(a, b))
  const x = asNumber(a)
  const y = x === undefined ? undefined : asNumber(b)
  if (x !== undefined && y !== undefined) return numbersHold(op, x, y)
  if (Array.isArray(a) && Array.isArray(b) && a instanceof PyTuple === b instanceof PyTuple) {
    return sequencesHold(op, a, b)
  }
  if (a instanceof PySet && b instanceof PySet) return setsHold(op, a, b)
  if (a instanceof Undefined) throw undefinedError(a)
  if (a instanceof HostObject) {
    const sign = a.compare?.(b)
    if (sign !== undefined) return holds(op, sign)
  }
  if (b instanceof Undefined) throw undefinedError(b)
  if (b instanceof HostObject) {
    const sign = b.compare?.(a)
    if (sign !== undefined) return holds(op, -sign)
  }
  throw typeError(
    `'${op}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
  )
}

/** `a < b`. */
export const lt = (a: Value, b: Value): boolean => ordered('<', a, b)
/** `a <= b`. */
export const le = (a: Value, b: Value): boolean => ordered('<=', a, b)
/** `a > b`. */
export const gt = (a: Value, b: Value): boolean => ordered('>', a, b)
/** `a >= b`. */
export const ge = (a: Value, b: Value): boolean => ordered('>=', a, b)

/** `item in container`. */
export const contains = (container: Value, item: Value): boolean => {
  if (typeof container === 'string') {
    if (typeof item === 'string') return container.includes(item)
    throw typeError(`'in <string>' requires string as left operand, not ${typeName(item)}`)
  }
  if (container instanceof PyDict || container instanceof PySet) return container.has(item)
  if (container instanceof HostObject && container.contains) return container.contains(item)
  const items = tryIterate(container)
  if (items === undefined)
    throw typeError(`argument of type '${typeName(container)}' is not iterable`)
  for (const candidate of items) if (same(candidate, item)) return true
  return false
}
