import { padded } from './calendar.ts'
import type { PyDateTime } from './datetime-values.ts'
import { hostFunction } from './host-function.ts'
import { typeError } from './py-error.ts'
import { PyTimeDelta, timeDelta } from './timedelta.ts'
import { HostObject, type Value } from './values.ts'

/** A time zone. `dateTime` is null where only a time of day is known. */
export abstract class PyTzInfo extends HostObject {
  /** Microseconds to add to UTC; undefined when that depends on a date that is not there. */
  abstract utcOffset(dateTime: PyDateTime | null): number | undefined
  abstract dst(dateTime: PyDateTime | null): number | undefined
  abstract tzName(dateTime: PyDateTime | null): string | undefined
  /** The same instant in this zone, of a value whose fields are UTC. */
  abstract fromUtc(utc: PyDateTime): PyDateTime

  override getAttr(name: string): Value | undefined {
    const delta = (micros: number | undefined): Value =>
      micros === undefined ? null : timeDelta(micros)
    switch (name) {
      case 'utcoffset':
        return hostFunction(name, 'self, dt', (dt: Value) => delta(this.utcOffset(dateTimeOf(dt))))
      case 'dst':
        return hostFunction(name, 'self, dt', (dt: Value) => delta(this.dst(dateTimeOf(dt))))
      case 'tzname':
        return hostFunction(name, 'self, dt', (dt: Value) => this.tzName(dateTimeOf(dt)) ?? null)
      case 'fromutc':
        return hostFunction(name, 'self, dt', (dt: Value) => {
          const dateTime = dateTimeOf(dt)
          if (dateTime === null) throw typeError('fromutc: argument must be a datetime instance')
          return this.fromUtc(dateTime)
        })
      default:
        return undefined
    }
  }
}

const dateTimeOf = (value: Value): PyDateTime | null => {
  if (value === null) return null
  if (value instanceof HostObject && value.typeName === 'datetime.datetime')
    return value as PyDateTime
  throw typeError(`tzinfo argument must be a datetime instance or None, not ${typeof value}`)
}

/** An offset as ISO writes it: `+01:00`, with seconds and microseconds where it has them. */
export const offsetText = (micros: number, separator = ':'): string => {
  const size = Math.abs(micros)
  const seconds = Math.floor(size / 1e6)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const text = parts.map(part => padded(part)).join(separator)
  const rest = seconds % 60 || size % 1e6 ? separator + padded(seconds % 60) : ''
  const fraction = size % 1e6 ? `.${padded(size % 1e6, 6)}` : ''
  return `${micros < 0 ? '-' : '+'}${text}${rest}${fraction}`
}

/** `datetime.timezone`: a fixed offset, as ISO texts with an offset are read. */
export class FixedTimezone extends PyTzInfo {
  readonly typeName = 'datetime.timezone'
  constructor(
    readonly micros: number,
    readonly name: string | null = null,
  ) {
    super()
  }

  override utcOffset(): number {
    return this.micros
  }

  override dst(): undefined {
    return undefined
  }

  override tzName(): string {
    if (this.name !== null) return this.name
    return this.micros === 0 ? 'UTC' : `UTC${offsetText(this.micros)}`
  }

  override fromUtc(utc: PyDateTime): PyDateTime {
    return utc.shifted(this.micros)
  }

  override equals(other: Value): boolean {
    return other instanceof FixedTimezone && other.micros === this.micros
  }

  override hashKey(): string {
    return `\0timezone:${this.micros}`
  }

  override repr(): string {
    if (this.micros === 0 && this.name === null) return 'datetime.timezone.utc'
    const offset = new PyTimeDelta(BigInt(this.micros)).repr()
    return `datetime.timezone(${offset}${this.name === null ? '' : `, '${this.name}'`})`
  }

  override str(): string {
    return this.tzName()
  }
}
