import { floatPower } from './float-power.ts'
import { formatPercent } from './percent-format.ts'
import { PyError, typeError } from './py-error.ts'
import { toStr } from './text.ts'
import { undefinedError } from './undefined.ts'
import {
  type ArithmeticOperator,
  float,
  HostObject,
  normInt,
  PyFloat,
  PySet,
  PyTuple,
  tuple,
  typeName,
  Undefined,
  type Value,
} from './values.ts'

type Int = number | bigint

// A number's Python kind and its value in the type that JavaScript computes it with.
const asInt = (value: Value): Int | undefined => {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined
  if (typeof value === 'bigint') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return undefined
}

const asFloat = (value: Value): number | undefined => {
  if (typeof value === 'number') return value
  if (value instanceof PyFloat) return value.value
  if (typeof value === 'bigint') return bigToFloat(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  return undefined
}

const bigToFloat = (value: bigint): number => {
  const result = Number(value)
  if (!Number.isFinite(result))
    throw new PyError('OverflowError', 'int too large to convert to float')
  return result
}

const unsupported = (op: string, a: Value, b: Value): PyError =>
  typeError(`unsupported operand type(s) for ${op}: '${typeName(a)}' and '${typeName(b)}'`)

// What remains once the plain types are dealt with: host objects, undefined values, wrong types.
const otherwise = (op: ArithmeticOperator, a: Value, b: Value, shown: string = op): Value => {
  if (a instanceof Undefined) throw undefinedError(a)
  if (a instanceof HostObject) {
    const result = a.arithmetic?.(op, b, false)
    if (result !== undefined) return result
  }
  if (b instanceof Undefined) throw undefinedError(b)
  if (b instanceof HostObject) {
    const result = b.arithmetic?.(op, a, true)
    if (result !== undefined) return result
  }
  throw unsupported(shown, a, b)
}

interface NumberRules {
  /** Over safe integers; the result counts only if it is a safe integer too. */
  readonly small: (a: number, b: number) => number
  readonly big: (a: bigint, b: bigint) => bigint
  readonly float: (a: number, b: number) => number
}

/** The result for two numbers; undefined when one of them is not a number. */
const numeric = (rules: NumberRules, a: Value, b: Value): Value | undefined => {
  const x = asInt(a)
  const y = x === undefined ? undefined : asInt(b)
  if (x !== undefined && y !== undefined) {
    if (typeof x === 'number' && typeof y === 'number') {
      const result = rules.small(x, y)
      // Adding zero turns −0, which ints do not have, into 0.
      if (Number.isSafeInteger(result)) return result + 0
    }
    return normInt(rules.big(BigInt(x), BigInt(y)))
  }
  const p = asFloat(a)
  const q = p === undefined ? undefined : asFloat(b)
  return p === undefined || q === undefined ? undefined : float(rules.float(p, q))
}

const plus: NumberRules = { small: (a, b) => a + b, big: (a, b) => a + b, float: (a, b) => a + b }
const minus: NumberRules = { small: (a, b) => a - b, big: (a, b) => a - b, float: (a, b) => a - b }
const times: NumberRules = { small: (a, b) => a * b, big: (a, b) => a * b, float: (a, b) => a * b }

const concatenationError = (a: Value, b: Value): PyError | undefined => {
  if (typeof a === 'string') {
    return typeError(`can only concatenate str (not "${typeName(b)}") to str`)
  }
  if (!Array.isArray(a)) return undefined
  const kind = a instanceof PyTuple ? 'tuple' : 'list'
  return typeError(`can only concatenate ${kind} (not "${typeName(b)}") to ${kind}`)
}

/** `a + b`. */
export const add = (a: Value, b: Value): Value => {
  if (typeof a === 'string' && typeof b === 'string') return a + b
  if (Array.isArray(a) && Array.isArray(b) && a instanceof PyTuple === b instanceof PyTuple) {
    return a instanceof PyTuple ? tuple([...a, ...b]) : [...a, ...b]
  }
  const result = numeric(plus, a, b)
  if (result !== undefined) return result
  if (!(b instanceof Undefined || (b instanceof HostObject && b.arithmetic))) {
    const error = concatenationError(a, b)
    if (error) throw error
  }
  return otherwise('+', a, b)
}

/** `a - b`. */
export const sub = (a: Value, b: Value): Value => {
  const result = numeric(minus, a, b)
  if (result !== undefined) return result
  if (a instanceof PySet && b instanceof PySet) {
    return new PySet([...a].filter(item => !b.has(item)))
  }
  return otherwise('-', a, b)
}

const repeat = (sequence: string | Value[], count: Int): Value => {
  const times = Math.max(0, Number(count))
  const size = sequence.length * times
  // Python would take the memory; a template that asks for it is a mistake.
  if (size > 2 ** 28) throw new PyError('OverflowError', 'cannot fit repeated sequence in memory')
  if (typeof sequence === 'string') return sequence.repeat(times)
  const items: Value[] = []
  for (let i = 0; i < times; i++) for (const item of sequence) items.push(item)
  return sequence instanceof PyTuple ? tuple(items) : items
}

const isSequence = (value: Value): value is string | Value[] =>
  typeof value === 'string' || Array.isArray(value)

/** `a * b`. */
export const mul = (a: Value, b: Value): Value => {
  const result = numeric(times, a, b)
  if (result !== undefined) return result
  const [sequence, other] = isSequence(a) ? [a, b] : [b, a]
  if (isSequence(sequence)) {
    const count = asInt(other)
    if (count !== undefined) return repeat(sequence, count)
    if (!(other instanceof Undefined || other instanceof HostObject)) {
      throw typeError(`can't multiply sequence by non-int of type '${typeName(other)}'`)
    }
  }
  return otherwise('*', a, b)
}

const zeroDivision = (message: string): PyError => new PyError('ZeroDivisionError', message)

// Exact also for ints beyond 2^53, where both sides lose digits as floats.
const divideInts = (a: Int, b: Int): Value => {
  if (typeof a === 'number' && typeof b === 'number') return float(a / b)
  const x = BigInt(a)
  const y = BigInt(b)
  const digits = BigInt(Math.max(0, y.toString(2).length - x.toString(2).length + 66))
  const scaled = Number((x << digits) / y)
  const result = scaled / 2 ** Number(digits)
  if (!Number.isFinite(result)) {
    throw new PyError('OverflowError', 'integer division result too large for a float')
  }
  return float(result)
}

/** `a / b`, always a float for numbers. */
export const div = (a: Value, b: Value): Value => {
  const p = asFloat(a)
  const q = p === undefined ? undefined : asFloat(b)
  if (p === undefined || q === undefined) return otherwise('/', a, b)
  const x = asInt(a)
  const y = asInt(b)
  const ints = x !== undefined && y !== undefined
  if (q === 0) throw zeroDivision(ints ? 'division by zero' : 'float division by zero')
  return ints ? divideInts(x, y) : float(p / q)
}

const floorBig = (a: bigint, b: bigint): bigint => {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

const floorModFloat = (a: number, b: number): number => {
  const rest = a % b
  if (rest === 0) return b < 0 ? -0 : 0
  return rest < 0 !== b < 0 ? rest + b : rest
}

// As CPython: from the remainder, so that 5 // 0.3 is 16 and not the rounded quotient.
const floorFloat = (a: number, b: number): number => {
  const rest = a % b
  const quotient = (a - rest) / b - (rest !== 0 && rest < 0 !== b < 0 ? 1 : 0)
  if (quotient === 0) return Object.is(a / b, -0) || a / b < 0 ? -0 : 0
  const floor = Math.floor(quotient)
  return quotient - floor > 0.5 ? floor + 1 : floor
}

const floorRules: NumberRules = {
  small: (a, b) => Math.floor(a / b),
  big: floorBig,
  float: floorFloat,
}

const modRules: NumberRules = {
  small: floorModFloat,
  big: (a, b) => a - floorBig(a, b) * b,
  float: floorModFloat,
}

const isZero = (value: Value): boolean => asFloat(value) === 0

const divisible = (a: Value, b: Value): boolean => asFloat(a) !== undefined && isZero(b)

/** `a // b`. */
export const floordiv = (a: Value, b: Value): Value => {
  if (divisible(a, b)) {
    const ints = asInt(a) !== undefined && asInt(b) !== undefined
    throw zeroDivision(ints ? 'integer division or modulo by zero' : 'float floor division by zero')
  }
  return numeric(floorRules, a, b) ?? otherwise('//', a, b)
}

/** `a % b`; for a string on the left, printf-style formatting. */
export const mod = (a: Value, b: Value): Value => {
  if (typeof a === 'string') return formatPercent(a, b)
  if (divisible(a, b)) {
    const ints = asInt(a) !== undefined && asInt(b) !== undefined
    throw zeroDivision(ints ? 'integer modulo by zero' : 'float modulo')
  }
  return numeric(modRules, a, b) ?? otherwise('%', a, b)
}

const powFloat = (a: number, b: number): Value => {
  if (a === 0 && b < 0) throw zeroDivision('0.0 cannot be raised to a negative power')
  // Python: one to any power, and any to zero, is one; JavaScript says nan for nan exponents.
  if (a === 1 || b === 0) return float(1)
  const result = floatPower(a, b)
  if (a < 0 && Number.isFinite(b) && !Number.isInteger(b)) {
    throw typeError('complex numbers are not supported')
  }
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b)) {
    throw new PyError('OverflowError', "(34, 'Numerical result out of range')")
  }
  return float(result)
}

/** `a ** b`. */
export const pow = (a: Value, b: Value): Value => {
  const x = asInt(a)
  const y = asInt(b)
  if (x !== undefined && y !== undefined && y >= 0) {
    const small = Number(x) ** Number(y)
    if (Number.isSafeInteger(small)) return small
    if (Number(y) * x.toString(2).length > 4_000_000) {
      throw new PyError('OverflowError', 'the power is too large')
    }
    return normInt(BigInt(x) ** BigInt(y))
  }
  const p = asFloat(a)
  const q = p === undefined ? undefined : asFloat(b)
  if (p === undefined || q === undefined) return otherwise('**', a, b, '** or pow()')
  return powFloat(p, q)
}

const badUnary = (op: string, value: Value): PyError => {
  if (value instanceof Undefined) return undefinedError(value)
  return typeError(`bad operand type for unary ${op}: '${typeName(value)}'`)
}

/** `-value`. */
export const neg = (value: Value): Value => {
  const int = asInt(value)
  if (typeof int === 'bigint') return normInt(-int)
  if (int !== undefined) return 0 - int
  if (typeof value === 'number') return -value
  if (value instanceof PyFloat) return new PyFloat(-value.value)
  if (value instanceof HostObject && value.negate) return value.negate()
  throw badUnary('-', value)
}

/** `+value`. */
export const pos = (value: Value): Value => {
  const int = asInt(value)
  if (int !== undefined) return int
  if (typeof value === 'number' || value instanceof PyFloat) return value
  if (value instanceof HostObject && value.negate) return value
  throw badUnary('+', value)
}

/** `a ~ b ~ …`: the texts of all, joined. */
export const concat = (...parts: readonly Value[]): string => {
  let text = ''
  for (const part of parts) text += toStr(part)
  return text
}
