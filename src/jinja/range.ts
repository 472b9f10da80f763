import { intArgument } from './python/arguments.ts'
import { hostFunction } from './python/host-function.ts'
import { eq } from './python/operators.ts'
import { PyError, typeError } from './python/py-error.ts'
import { sliceOf } from './python/slice.ts'
import { toRepr } from './python/text.ts'
import { type HostFunction, HostObject, PyFloat, type Value } from './python/values.ts'

const asInteger = (value: Value): number | undefined => {
  if (value instanceof PyFloat) return value.value
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}

/** Python's range object. */
export class PyRange extends HostObject {
  readonly typeName = 'range'
  readonly #length: number

  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
  ) {
    super()
    this.#length = Math.max(0, Math.ceil((stop - start) / step))
  }

  override length(): number {
    return this.#length
  }

  override *iterate(): Generator<Value> {
    for (let i = 0; i < this.#length; i++) yield this.start + i * this.step
  }

  #indexOf(item: Value): number {
    const value = asInteger(item)
    if (value === undefined) return -1
    const index = (value - this.start) / this.step
    return Number.isInteger(index) && index >= 0 && index < this.#length ? index : -1
  }

  override contains(item: Value): boolean {
    return this.#indexOf(item) >= 0
  }

  override getItem(key: Value): Value | undefined {
    if (typeof key !== 'number' || !Number.isInteger(key)) return undefined
    const index = key < 0 ? key + this.#length : key
    return index >= 0 && index < this.#length ? this.start + index * this.step : undefined
  }

  override slice(start: Value, stop: Value, step: Value): Value {
    const range = sliceOf(this.#length, start, stop, step)
    const at = (index: number): number => this.start + index * this.step
    return new PyRange(at(range.start), at(range.stop), this.step * range.step)
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'start':
        return this.start
      case 'stop':
        return this.stop
      case 'step':
        return this.step
      case 'count':
        return hostFunction('count', 'self, value, /', (value: Value) =>
          this.contains(value) ? 1 : 0,
        )
      case 'index':
        return hostFunction('index', 'self, value, /', (value: Value) => {
          const index = this.#indexOf(value)
          if (index < 0) throw new PyError('ValueError', `${toRepr(value)} is not in range`)
          return index
        })
      default:
        return undefined
    }
  }

  override equals(other: Value): boolean {
    return other instanceof PyRange && eq([...this.iterate()], [...other.iterate()])
  }

  override repr(): string {
    const step = this.step === 1 ? '' : `, ${this.step}`
    return `range(${this.start}, ${this.stop}${step})`
  }
}

const longest = 100_000

/** `range` as Jinja2's sandbox offers it: no longer than 100,000 items. */
export const safeRange: HostFunction = hostFunction(
  'safe_range',
  '*args',
  (args: readonly Value[]) => {
    if (args.length === 0) throw typeError('range expected at least 1 argument, got 0')
    if (args.length > 3) throw typeError(`range expected at most 3 arguments, got ${args.length}`)
    const numbers = args.map(intArgument)
    const [start, stop] = args.length === 1 ? [0, numbers[0]!] : [numbers[0]!, numbers[1]!]
    const step = numbers[2] ?? 1
    if (step === 0) throw new PyError('ValueError', 'range() arg 3 must not be zero')
    const range = new PyRange(start, stop, step)
    if (range.length() <= longest) return range
    const limit = `MAX_RANGE (${longest})`
    throw new PyError(
      'OverflowError',
      `Range too big. The sandbox blocks ranges larger than ${limit}.`,
    )
  },
)
