import { floatDigits } from './decimal-digits.ts'

// The exact fraction of a finite float: numerator over a power of two.
const fractionOf = (value: number): readonly [bigint, bigint] => {
  const { digits, exponent } = floatDigits(value)
  const scale = 10n ** BigInt(-exponent)
  let [top, bottom] = [digits, scale]
  // Both sides of a float's fraction share the fives; what remains below is a power of two.
  for (let rest = bottom; rest % 10n === 0n; rest /= 10n) {
    top /= 5n
    bottom /= 5n
  }
  return [top, bottom]
}

// The float next to a fraction: Number() rounds integers to even, so 64 bits with a sticky last one
// decide as the whole fraction would.
const nearest = (top: bigint, bottom: bigint): number => {
  const shift = 66 - (top.toString(2).length - bottom.toString(2).length)
  const scaled = shift >= 0 ? top << BigInt(shift) : top
  const divisor = shift >= 0 ? bottom : bottom << BigInt(-shift)
  const quotient = scaled / divisor
  const sticky = scaled % divisor === 0n ? 0n : 1n
  const mantissa = Number((quotient << 1n) | sticky)
  const power = -shift - 1
  // In two steps, since 2^power alone may be out of range.
  return power < -1000 ? mantissa * 2 ** (power + 200) * 2 ** -200 : mantissa * 2 ** power
}

/**
 * `base ** exponent` of floats. For whole exponents of everyday size the result is the float next
 * to the exact power, as the C library's; JavaScript's own is off by a digit now and then.
 */
export const floatPower = (base: number, exponent: number): number => {
  const quick = base ** exponent
  const everyday = Number.isInteger(exponent) && Math.abs(exponent) <= 512
  if (!everyday || !Number.isFinite(base) || base === 0) return quick
  if (!Number.isFinite(quick) || Math.abs(quick) < 1e-290) return quick
  const [top, bottom] = fractionOf(Math.abs(base))
  const power = BigInt(Math.abs(exponent))
  const [over, under] = exponent < 0 ? [bottom, top] : [top, bottom]
  const size = nearest(over ** power, under ** power)
  return base < 0 && exponent % 2 !== 0 ? -size : size
}
