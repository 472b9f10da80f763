import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  exactDigits,
  floorDivideDecimals,
  intDigits,
  limited,
  multiplyDecimals,
  negateDecimal,
  normalizeDecimal,
  powerDecimals,
  remainderDecimals,
} from './decimal-arithmetic.ts'
import { type DecimalDigits, fixedText, type Rounding, roundTo } from './decimal-digits.ts'
import { decimalText, formatDecimal, parseDecimal } from './decimal-text.ts'
import { hostFunction } from './host-function.ts'
import { PyError, typeError } from './py-error.ts'

import {
  type ArithmeticOperator,
  type DictKey,
  HostObject,
  namedTuple,
  normInt,
  tuple,
  typeName,
  type Value,
} from './values.ts'

const operations: Readonly<
  Record<ArithmeticOperator, (a: DecimalDigits, b: DecimalDigits) => DecimalDigits>
> = {
  '+': addDecimals,
  '-': (a, b) => addDecimals(a, { ...b, negative: !b.negative }),
  '*': multiplyDecimals,
  '/': divideDecimals,
  '//': floorDivideDecimals,
  '%': remainderDecimals,
  '**': powerDecimals,
}

const roundings: ReadonlyMap<string, Rounding> = new Map([
  ['ROUND_HALF_EVEN', 'half-even'],
  ['ROUND_HALF_UP', 'half-up'],
  ['ROUND_HALF_DOWN', 'half-down'],
  ['ROUND_DOWN', 'down'],
  ['ROUND_UP', 'up'],
  ['ROUND_FLOOR', 'floor'],
  ['ROUND_CEILING', 'ceiling'],
])

const roundingOf = (value: Value): Rounding => {
  if (value === null) return 'half-even'
  const found = typeof value === 'string' ? roundings.get(value) : undefined
  if (found === undefined) {
    throw typeError(
      'valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]',
    )
  }
  return found
}

/** Python's Decimal, as query results have it: digits are exact and trailing zeros are kept. */
export class PyDecimal extends HostObject {
  readonly typeName = 'decimal.Decimal'
  constructor(readonly number: DecimalDigits) {
    super()
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'real':
        return this
      case 'imag':
        return new PyDecimal({ negative: false, digits: 0n, exponent: 0 })
      case 'quantize':
        return hostFunction(name, 'exp, rounding=None', (exp: Value, rounding: Value) =>
          this.#quantize(exp, rounding),
        )
      case 'normalize':
        return hostFunction(name, '', () => new PyDecimal(normalizeDecimal(this.number)))
      case 'to_integral':
      case 'to_integral_value':
        return hostFunction(name, 'rounding=None', (rounding: Value) => this.#toIntegral(rounding))
      case 'as_tuple':
        return hostFunction(name, '', () => this.#asTuple())
      case 'as_integer_ratio':
        return hostFunction(name, '', () => this.#ratio())
      case 'adjusted':
        return hostFunction(
          name,
          '',
          () => this.number.exponent + String(this.number.digits).length - 1,
        )
      case 'copy_abs':
        return hostFunction(name, '', () => this.absolute())
      case 'copy_negate':
        return hostFunction(name, '', () => this.#with({ negative: !this.number.negative }))
      case 'is_signed':
        return hostFunction(name, '', () => this.number.negative)
      case 'is_zero':
        return hostFunction(name, '', () => this.number.digits === 0n)
      case 'is_finite':
        return hostFunction(name, '', () => true)
      case 'is_nan':
      case 'is_infinite':
        return hostFunction(name, '', () => false)
      default:
        return undefined
    }
  }

  #with(change: Partial<DecimalDigits>): PyDecimal {
    return new PyDecimal({ ...this.number, ...change })
  }

  #quantize(value: Value, rounding: Value): Value {
    const exponent = value instanceof PyDecimal ? value.number.exponent : intDigits(value)?.exponent
    if (exponent === undefined) {
      throw typeError(`conversion from ${typeName(value)} to Decimal is not supported`)
    }
    const rounded = roundTo(this.number, exponent, roundingOf(rounding))
    if (String(rounded.digits).length > 28) {
      throw new PyError('InvalidOperation', "[<class 'decimal.InvalidOperation'>]")
    }
    return new PyDecimal(rounded)
  }

  #toIntegral(rounding: Value): Value {
    if (this.number.exponent >= 0) return this
    return new PyDecimal(roundTo(this.number, 0, roundingOf(rounding)))
  }

  #asTuple(): Value {
    const { negative, digits, exponent } = this.number
    const items = [negative ? 1 : 0, tuple(Array.from(String(digits), Number)), exponent]
    return namedTuple(['sign', 'digits', 'exponent'], items, 'DecimalTuple')
  }

  #ratio(): Value {
    const { negative, digits, exponent } = this.number
    const top = exponent > 0 ? digits * 10n ** BigInt(exponent) : digits
    const bottom = exponent < 0 ? 10n ** BigInt(-exponent) : 1n
    let [x, y] = [top, bottom]
    while (y !== 0n) [x, y] = [y, x % y]
    return tuple([normInt(negative ? -top / x : top / x), normInt(bottom / x)])
  }

  override truthy(): boolean {
    return this.number.digits !== 0n
  }

  override equals(other: Value): boolean {
    const theirs = other instanceof PyDecimal ? other.number : exactDigits(other)
    return theirs !== undefined && compareDecimals(this.number, theirs) === 0
  }

  override compare(other: Value): number | undefined {
    const theirs = other instanceof PyDecimal ? other.number : exactDigits(other)
    if (theirs !== undefined) return compareDecimals(this.number, theirs)
    return typeof other === 'number' ? -other : undefined
  }

  // The key of the int or float that it equals, if there is one.
  override hashKey(): DictKey {
    const { negative, digits, exponent } = normalizeDecimal(this.number)
    if (exponent >= 0) {
      const size = digits * 10n ** BigInt(exponent)
      return normInt(negative ? -size : size)
    }
    const float = this.toFloat()
    return this.equals(float) ? float : `\0decimal:${this.number.negative}:${digits}:${exponent}`
  }

  override arithmetic(op: ArithmeticOperator, other: Value, reflected: boolean): Value | undefined {
    // Floats are not exact, so Python refuses to mix them in.
    const theirs = other instanceof PyDecimal ? other.number : intDigits(other)
    if (theirs === undefined) return undefined
    const [a, b] = reflected ? [theirs, this.number] : [this.number, theirs]
    return new PyDecimal(operations[op](a, b))
  }

  override negate(): Value {
    return new PyDecimal(limited(negateDecimal(this.number)))
  }

  override absolute(): Value {
    return this.#with({ negative: false })
  }

  override round(digits: number): Value {
    return new PyDecimal(roundTo(this.number, -digits))
  }

  override toFloat(): number {
    const { negative, digits, exponent } = this.number
    return Number(`${negative ? '-' : ''}${digits}e${exponent}`)
  }

  override toInt(): number | bigint {
    const { negative, digits, exponent } = roundTo(this.number, 0, 'down')
    const size = BigInt(fixedText({ negative, digits, exponent }))
    return normInt(negative ? -size : size)
  }

  override format(spec: string): string {
    return spec === '' ? this.str() : formatDecimal(this.number, spec)
  }

  override repr(): string {
    return `Decimal('${this.str()}')`
  }

  override str(): string {
    return decimalText(this.number)
  }
}

/** The decimal of that text; NaN and Infinity, which a query can give too, are floats. */
export const decimalValue = (text: string): Value => {
  const number = parseDecimal(text)
  if (number !== undefined) return new PyDecimal(number)
  const special = Number(text)
  return Number.isNaN(special) ? Number.NaN : special
}
