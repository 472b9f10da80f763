import { intArgument } from './arguments.ts'
import { type Clock, checkClock, clockArguments, clockMicros, isoClock } from './clock.ts'
import { formatArgument } from './date-value.ts'
import { hostFunction } from './host-function.ts'
import { typeError } from './py-error.ts'
import { formatTime, type TimeFields } from './strftime.ts'
import { toRepr } from './text.ts'
import { timeDelta } from './timedelta.ts'
import { offsetText, PyTzInfo } from './tzinfo.ts'
import { HostObject, typeName, type Value } from './values.ts'

/** A zone argument. Throws TypeError. */
export const zoneArgument = (value: Value): PyTzInfo | null => {
  if (value === null || value instanceof PyTzInfo) return value
  throw typeError(
    `tzinfo argument must be None or of a tzinfo subclass, not type '${typeName(value)}'`,
  )
}

/** The fields of a clock, in the order of arguments. */
export const clockFields = ['hour', 'minute', 'second', 'microsecond'] as const
/** The own fields, with those arguments that are given in their place. */
export const replaceFields = <Name extends string>(
  own: Readonly<Record<Name, number>>,
  names: readonly Name[],
  values: readonly (Value | undefined)[],
): Record<Name, number> => {
  const entries = names.map((name, i) => {
    const value = values[i]
    return [name, value === undefined || value === null ? own[name] : intArgument(value)] as const
  })
  return Object.fromEntries(entries) as Record<Name, number>
}

/** How Python writes a time or datetime as a call. */
export const reprOf = (
  name: string,
  numbers: readonly number[],
  zone: PyTzInfo | null,
  fold: number,
): string => {
  const parts = [
    ...numbers.map(String),
    ...(fold === 0 ? [] : [`fold=${fold}`]),
    ...(zone === null ? [] : [`tzinfo=${toRepr(zone)}`]),
  ]
  return `datetime.${name}(${parts.join(', ')})`
}

/** An offset as a timedelta, or None. */
export const deltaOf = (micros: number | undefined): Value =>
  micros === undefined ? null : timeDelta(micros)

/** Python's time of day. */
export class PyTime extends HostObject implements Clock {
  readonly typeName = 'datetime.time'
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly microsecond: number

  constructor(
    clock: Clock,
    readonly zone: PyTzInfo | null = null,
    readonly fold = 0,
  ) {
    super()
    checkClock(clock)
    this.hour = clock.hour
    this.minute = clock.minute
    this.second = clock.second
    this.microsecond = clock.microsecond
  }

  fields(): TimeFields {
    const { hour, minute, second, microsecond, zone } = this
    const clock = { hour, minute, second, microsecond }
    const name = zone?.tzName(null)
    return { year: 1900, month: 1, day: 1, ...clock, offset: zone?.utcOffset(null), zone: name }
  }

  isoFormat(timespec = 'auto'): string {
    const offset = this.zone?.utcOffset(null)
    return isoClock(this, timespec) + (offset === undefined ? '' : offsetText(offset))
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'hour':
      case 'minute':
      case 'second':
      case 'microsecond':
      case 'fold':
        return this[name]
      case 'tzinfo':
        return this.zone
      case 'isoformat':
        return hostFunction(name, "timespec='auto'", (spec: string) => this.isoFormat(spec))
      case 'strftime':
        return hostFunction(name, 'format', (format: Value) =>
          formatTime(formatArgument(format), this.fields()),
        )
      case 'replace': {
        const signature =
          'hour=None, minute=None, second=None, microsecond=None, tzinfo=..., *, fold=None'
        return hostFunction(name, signature, (...parts: (Value | undefined)[]) =>
          this.replaced(parts),
        )
      }
      case 'utcoffset':
        return hostFunction(name, '', () => deltaOf(this.zone?.utcOffset(null)))
      case 'dst':
        return hostFunction(name, '', () => deltaOf(this.zone?.dst(null)))
      case 'tzname':
        return hostFunction(name, '', () => this.zone?.tzName(null) ?? null)
      default:
        return undefined
    }
  }

  private replaced(parts: readonly (Value | undefined)[]): Value {
    const zone = parts[4] === undefined ? this.zone : zoneArgument(parts[4])
    const fold = parts[5] === null || parts[5] === undefined ? this.fold : intArgument(parts[5])
    return new PyTime(replaceFields(this, clockFields, parts), zone, fold)
  }

  private micros(): number {
    return clockMicros(this) - (this.zone?.utcOffset(null) ?? 0)
  }

  private isNaive(): boolean {
    return this.zone?.utcOffset(null) === undefined
  }

  override equals(other: Value): boolean {
    return (
      other instanceof PyTime &&
      this.isNaive() === other.isNaive() &&
      this.micros() === other.micros()
    )
  }

  override compare(other: Value): number | undefined {
    if (!(other instanceof PyTime)) return undefined
    if (this.isNaive() !== other.isNaive()) {
      throw typeError("can't compare offset-naive and offset-aware times")
    }
    return this.micros() - other.micros()
  }

  override hashKey(): string {
    return `\0time:${this.isNaive()}:${this.micros()}`
  }

  override format(spec: string): string {
    return spec === '' ? this.str() : formatTime(spec, this.fields())
  }

  override repr(): string {
    return reprOf('time', clockArguments(this), this.zone, this.fold)
  }

  override str(): string {
    return this.isoFormat()
  }
}
