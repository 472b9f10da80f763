import { intArgument } from './arguments.ts'
import { PyBytes } from './bytes.ts'
import { floatDigits } from './decimal-digits.ts'
import { type Methods, methods } from './method.ts'
import { PyError } from './py-error.ts'
import { truthy } from './truth.ts'
import { float, normInt, PyFloat, tuple, type Value } from './values.ts'

type Int = number | bigint | boolean

const absolute = (value: Int): bigint => {
  const big = BigInt(value)
  return big < 0n ? -big : big
}

const bitLength = (value: Int): number =>
  absolute(value) === 0n ? 0 : absolute(value).toString(2).length

const bitCount = (value: Int): number => absolute(value).toString(2).replaceAll('0', '').length

const toBytes = (self: Int, length: Value, order: Value, signed: Value): Value => {
  const size = intArgument(length)
  const value = BigInt(self)
  if (value < 0n && !truthy(signed)) {
    throw new PyError('OverflowError', "can't convert negative int to unsigned")
  }
  const bits = BigInt(size * 8)
  const limit = truthy(signed) ? 1n << (bits - 1n) : 1n << bits
  if (value >= limit || value < -limit) throw new PyError('OverflowError', 'int too big to convert')
  let rest = BigInt.asUintN(size * 8, value)
  const data = new Uint8Array(size)
  for (let i = size - 1; i >= 0; i--) {
    data[i] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return new PyBytes(order === 'little' ? data.reverse() : data)
}

/** Python's methods of `int` and `bool`. */
export const intMethods: Methods = methods<Int>('int', {
  as_integer_ratio: ['', self => tuple([normInt(BigInt(self)), 1])],
  bit_count: ['', bitCount],
  bit_length: ['', bitLength],
  conjugate: ['', self => normInt(BigInt(self))],
  to_bytes: ["length=1, byteorder='big', *, signed=False", toBytes],
})

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

const numberOf = (value: number | PyFloat): number =>
  typeof value === 'number' ? value : value.value

const integerRatio = (self: number | PyFloat): Value => {
  const value = numberOf(self)
  if (!Number.isFinite(value)) {
    const nan = Number.isNaN(value)
    throw new PyError(
      nan ? 'ValueError' : 'OverflowError',
      `cannot convert ${nan ? 'NaN' : 'Infinity'} to integer ratio`,
    )
  }
  const { digits, exponent, negative } = floatDigits(value)
  const denominator = 10n ** BigInt(-exponent)
  const divisor = greatestCommonDivisor(digits, denominator)
  const top = digits / divisor
  return tuple([normInt(negative ? -top : top), normInt(denominator / divisor)])
}

const hex = (self: number | PyFloat): string => {
  const value = numberOf(self)
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const word = bits.getBigUint64(0)
  const sign = word >> 63n === 1n ? '-' : ''
  const biased = Number((word >> 52n) & 0x7ffn)
  const fraction = word & 0xfffffffffffffn
  if (biased === 0 && fraction === 0n) return `${sign}0x0.0p+0`
  const power = biased === 0 ? -1022 : biased - 1023
  const digits = fraction.toString(16).padStart(13, '0')
  return `${sign}0x${biased === 0 ? 0 : 1}.${digits}p${power < 0 ? '' : '+'}${power}`
}

/** Python's methods of `float`. */
export const floatMethods: Methods = methods<number | PyFloat>('float', {
  as_integer_ratio: ['', integerRatio],
  conjugate: ['', self => float(numberOf(self))],
  hex: ['', hex],
  is_integer: ['', self => self instanceof PyFloat],
})
