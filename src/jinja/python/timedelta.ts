import { div as divide } from './arithmetic.ts'
import { toFloat } from './convert-number.ts'
import { floatDigits } from './decimal-digits.ts'
import { hostFunction } from './host-function.ts'
import { PyError, typeError } from './py-error.ts'
import {
  type ArithmeticOperator,
  HostObject,
  normInt,
  PyFloat,
  typeName,
  type Value,
} from './values.ts'

const microsPerDay = 86_400_000_000n
const maxDays = 999_999_999n

const floorDiv = (a: bigint, b: bigint): bigint => {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

// To the nearest, the even one at the middle, as Python rounds durations.
const roundDiv = (a: bigint, b: bigint): bigint => {
  const [top, bottom] = b < 0n ? [-a, -b] : [a, b]
  const floor = floorDiv(top, bottom)
  const rest = (top - floor * bottom) * 2n
  return rest > bottom || (rest === bottom && floor % 2n !== 0n) ? floor + 1n : floor
}

const asBig = (value: Value): bigint | undefined =>
  typeof value === 'bigint' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isInteger(value))
    ? BigInt(value)
    : undefined

const asFraction = (value: Value): readonly [bigint, bigint] | undefined => {
  const float =
    value instanceof PyFloat ? value.value : typeof value === 'number' ? value : undefined
  if (float === undefined || !Number.isFinite(float)) return undefined
  const { digits, exponent, negative } = floatDigits(float)
  return [negative ? -digits : digits, 10n ** BigInt(-exponent)]
}

/** Python's timedelta, as an exact number of microseconds. */
export class PyTimeDelta extends HostObject {
  readonly typeName = 'datetime.timedelta'

  /** Throws OverflowError beyond a thousand million days. */
  constructor(readonly micros: bigint) {
    super()
    const days = this.days
    if (days > maxDays || days < -maxDays) {
      throw new PyError('OverflowError', `days=${days}; must have magnitude <= 999999999`)
    }
  }

  get days(): bigint {
    return floorDiv(this.micros, microsPerDay)
  }

  /** Seconds within the last day, and microseconds within the last second. */
  get rest(): readonly [seconds: number, micros: number] {
    const inDay = Number(this.micros - this.days * microsPerDay)
    return [Math.floor(inDay / 1e6), inDay % 1e6]
  }

  totalSeconds(): Value {
    return divide(normInt(this.micros), 1_000_000)
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'days':
        return Number(this.days)
      case 'seconds':
        return this.rest[0]
      case 'microseconds':
        return this.rest[1]
      case 'total_seconds':
        return hostFunction('total_seconds', '', () => this.totalSeconds())
      case 'min':
        return new PyTimeDelta(-maxDays * microsPerDay)
      case 'max':
        return new PyTimeDelta((maxDays + 1n) * microsPerDay - 1n)
      case 'resolution':
        return new PyTimeDelta(1n)
      default:
        return undefined
    }
  }

  override truthy(): boolean {
    return this.micros !== 0n
  }

  override equals(other: Value): boolean {
    return other instanceof PyTimeDelta && other.micros === this.micros
  }

  override compare(other: Value): number | undefined {
    if (!(other instanceof PyTimeDelta)) return undefined
    return this.micros < other.micros ? -1 : this.micros > other.micros ? 1 : 0
  }

  override hashKey(): string {
    return `\0timedelta:${this.micros}`
  }

  override negate(): Value {
    return new PyTimeDelta(-this.micros)
  }

  override absolute(): Value {
    return this.micros < 0n ? this.negate() : this
  }

  override arithmetic(op: ArithmeticOperator, other: Value, reflected: boolean): Value | undefined {
    if (other instanceof PyTimeDelta) return reflected ? undefined : this.#with(op, other)
    if (op === '*') return this.#times(other)
    return reflected ? undefined : this.#dividedBy(op, other)
  }

  #with(op: ArithmeticOperator, other: PyTimeDelta): Value | undefined {
    switch (op) {
      case '+':
        return new PyTimeDelta(this.micros + other.micros)
      case '-':
        return new PyTimeDelta(this.micros - other.micros)
    }
    if (op === '*' || op === '**') return undefined
    if (other.micros === 0n) throw new PyError('ZeroDivisionError', 'division by zero')
    if (op === '/') return divide(normInt(this.micros), normInt(other.micros))
    const quotient = floorDiv(this.micros, other.micros)
    if (op === '//') return normInt(quotient)
    return new PyTimeDelta(this.micros - quotient * other.micros)
  }

  #times(other: Value): Value | undefined {
    const int = asBig(other)
    if (int !== undefined) return new PyTimeDelta(this.micros * int)
    const fraction = asFraction(other)
    if (fraction === undefined) return undefined
    return new PyTimeDelta(roundDiv(this.micros * fraction[0], fraction[1]))
  }

  #dividedBy(op: ArithmeticOperator, other: Value): Value | undefined {
    const int = asBig(other)
    if ((op === '/' || op === '//') && int === 0n) {
      throw new PyError('ZeroDivisionError', 'integer division or modulo by zero')
    }
    if (op === '//' && int !== undefined) return new PyTimeDelta(floorDiv(this.micros, int))
    if (op !== '/') return undefined
    if (int !== undefined) return new PyTimeDelta(roundDiv(this.micros, int))
    const fraction = asFraction(other)
    if (fraction === undefined) return undefined
    if (fraction[0] === 0n) throw new PyError('ZeroDivisionError', 'division by zero')
    return new PyTimeDelta(roundDiv(this.micros * fraction[1], fraction[0]))
  }

  override repr(): string {
    const [seconds, micros] = this.rest
    const parts = [
      this.days === 0n ? '' : `days=${this.days}`,
      seconds === 0 ? '' : `seconds=${seconds}`,
      micros === 0 ? '' : `microseconds=${micros}`,
    ].filter(part => part !== '')
    return `datetime.timedelta(${parts.length > 0 ? parts.join(', ') : '0'})`
  }

  override str(): string {
    const { days } = this
    const [seconds, micros] = this.rest
    const prefix = days === 0n ? '' : `${days} day${days === 1n || days === -1n ? '' : 's'}, `
    const two = (value: number) => String(value).padStart(2, '0')
    const clock = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
    return prefix + clock + (micros === 0 ? '' : `.${String(micros).padStart(6, '0')}`)
  }
}

const unitMicros = {
  days: 86_400_000_000n,
  seconds: 1_000_000n,
  microseconds: 1n,
  milliseconds: 1000n,
  minutes: 60_000_000n,
  hours: 3_600_000_000n,
  weeks: 604_800_000_000n,
} as const

/** `timedelta(days=0, seconds=0, …)`: the sum of its parts. Throws TypeError, OverflowError. */
export const makeTimeDelta = (parts: readonly Value[]): PyTimeDelta => {
  let whole = 0n
  // Fractions are summed exactly over one denominator and rounded once.
  let [top, bottom] = [0n, 1n]
  for (const [i, [name, unit]] of Object.entries(unitMicros).entries()) {
    const part = parts[i] ?? 0
    const int = asBig(part)
    if (int !== undefined) {
      whole += int * unit
      continue
    }
    const fraction = asFraction(part)
    if (fraction === undefined) {
      if (part instanceof PyFloat || typeof part === 'number') toWhole(part)
      throw typeError(`unsupported type for timedelta ${name} component: ${typeName(part)}`)
    }
    top = top * fraction[1] + fraction[0] * unit * bottom
    bottom *= fraction[1]
  }
  return new PyTimeDelta(whole + roundDiv(top, bottom))
}

// inf and nan have no whole part.
const toWhole = (value: Value): never => {
  const nan = Number.isNaN(toFloat(value))
  throw new PyError(
    nan ? 'ValueError' : 'OverflowError',
    `cannot convert float ${nan ? 'NaN' : 'infinity'} to integer`,
  )
}

/** The timedelta of that many microseconds. */
export const timeDelta = (micros: number): PyTimeDelta => new PyTimeDelta(BigInt(micros))
