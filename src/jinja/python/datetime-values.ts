import { intArgument } from './arguments.ts'
import { div } from './arithmetic.ts'
import { microsPerDay, type YearMonthDay } from './calendar.ts'
import { type Clock, checkClock, clockArguments, clockMicros, clockOf, isoClock } from './clock.ts'
import { DateLike, dateText, PyDate, shiftDays } from './date-value.ts'
import { hostFunction } from './host-function.ts'
import { PyError, typeError } from './py-error.ts'
import { utcZone } from './pytz-zones.ts'
import type { TimeFields } from './strftime.ts'
import { clockFields, deltaOf, PyTime, replaceFields, reprOf, zoneArgument } from './time-value.ts'
import { PyTimeDelta } from './timedelta.ts'
import { FixedTimezone, offsetText, type PyTzInfo } from './tzinfo.ts'
import { type ArithmeticOperator, float, type HostFunction, normInt, type Value } from './values.ts'

const dateFields = ['year', 'month', 'day'] as const

const epochOrdinal = 719_163

/** Python's datetime. */
export class PyDateTime extends DateLike implements Clock {
  readonly typeName = 'datetime.datetime'
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly microsecond: number

  constructor(
    fields: YearMonthDay & Clock,
    readonly zone: PyTzInfo | null = null,
    readonly fold = 0,
  ) {
    super(fields)
    checkClock(fields)
    this.hour = fields.hour
    this.minute = fields.minute
    this.second = fields.second
    this.microsecond = fields.microsecond
  }

  utcOffset(): number | undefined {
    return this.zone?.utcOffset(this)
  }

  fields(): TimeFields {
    const { year, month, day, hour, minute, second, microsecond } = this
    const own = { year, month, day, hour, minute, second, microsecond }
    return { ...own, offset: this.utcOffset(), zone: this.zone?.tzName(this) }
  }

  /** The fields moved by that many microseconds, the zone as it is. */
  shifted(micros: number | bigint): PyDateTime {
    const perDay = BigInt(microsPerDay)
    const total = BigInt(clockMicros(this)) + BigInt(micros)
    const days = total >= 0n ? total / perDay : -((perDay - 1n - total) / perDay)
    const date = shiftDays(this, days)
    return new PyDateTime({ ...date, ...clockOf(Number(total - days * perDay)) }, this.zone)
  }

  withZone(zone: PyTzInfo | null, fold = 0): PyDateTime {
    return new PyDateTime(this, zone, fold)
  }

  /** Microseconds since 0001-01-01 of the fields, in UTC where the zone is known. */
  private micros(): bigint {
    const local = BigInt(this.ordinal()) * BigInt(microsPerDay) + BigInt(clockMicros(this))
    return local - BigInt(this.utcOffset() ?? 0)
  }

  /** The same instant as UTC fields with the given zone attached. Naive values count as UTC. */
  toUtc(zone: PyTzInfo | null): PyDateTime {
    return this.shifted(-(this.utcOffset() ?? 0)).withZone(zone)
  }

  /** Milliseconds since 1970; the machine's zone decides for naive values. */
  epochMillis(): number {
    const { year, month, day, hour, minute, second, microsecond } = this
    if (this.utcOffset() === undefined) {
      const date = new Date(2000, 0, 1, hour, minute, second, Math.floor(microsecond / 1000))
      date.setFullYear(year, month - 1, day)
      return date.getTime()
    }
    return Number((this.micros() - BigInt(epochOrdinal) * BigInt(microsPerDay)) / 1000n)
  }

  private timestamp(): Value {
    if (this.utcOffset() !== undefined) {
      return div(normInt(this.micros() - BigInt(epochOrdinal) * BigInt(microsPerDay)), 1_000_000)
    }
    return float(Math.floor(this.epochMillis() / 1000) + this.microsecond / 1e6)
  }

  isoFormat(separator = 'T', timespec = 'auto'): string {
    const offset = this.utcOffset()
    const zone = offset === undefined ? '' : offsetText(offset)
    return `${dateText(this)}${separator}${isoClock(this, timespec)}${zone}`
  }

  private asTimeZone(value: Value): Value {
    const zone = zoneArgument(value) ?? localZone(this)
    const offset = this.utcOffset()
    if (zone === this.zone && offset !== undefined) return this
    const utc =
      offset === undefined
        ? dateTimeFromMillis(this.epochMillis(), this.microsecond % 1000)
        : this.shifted(-offset)
    return zone.fromUtc(utc.withZone(zone))
  }

  private replaced(parts: readonly (Value | undefined)[]): Value {
    const date = replaceFields(this, dateFields, parts)
    const clock = replaceFields(this, clockFields, parts.slice(3))
    const zone = parts[7] === undefined ? this.zone : zoneArgument(parts[7])
    const fold = parts[8] === null || parts[8] === undefined ? this.fold : intArgument(parts[8])
    return new PyDateTime({ ...date, ...clock }, zone, fold)
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
      default:
        return this.method(name) ?? this.dateMember(name)
    }
  }

  private method(name: string): Value | undefined {
    const method = (signature: string, body: (...args: never[]) => Value): HostFunction =>
      hostFunction(name, signature, body)
    switch (name) {
      case 'isoformat':
        return method("sep='T', timespec='auto'", (separator: string, spec: string) =>
          this.isoFormat(separator, spec),
        )
      case 'date':
        return method('', () => new PyDate(this))
      case 'time':
        return method('', () => new PyTime(this, null, this.fold))
      case 'timetz':
        return method('', () => new PyTime(this, this.zone, this.fold))
      case 'timestamp':
        return method('', () => this.timestamp())
      case 'astimezone':
        return method('tz=None', (zone: Value) => this.asTimeZone(zone))
      case 'utctimetuple':
        return this.toUtc(null).getAttr('timetuple')
      case 'utcoffset':
        return method('', () => deltaOf(this.utcOffset()))
      case 'dst':
        return method('', () => deltaOf(this.zone?.dst(this)))
      case 'tzname':
        return method('', () => this.zone?.tzName(this) ?? null)
      case 'replace':
        return method(
          'year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=..., *, fold=None',
          (...parts: (Value | undefined)[]) => this.replaced(parts),
        )
      default:
        return undefined
    }
  }

  override arithmetic(op: ArithmeticOperator, other: Value, reflected: boolean): Value | undefined {
    if (other instanceof PyTimeDelta && (op === '+' || (op === '-' && !reflected))) {
      return this.shifted(op === '+' ? other.micros : -other.micros)
    }
    if (!(other instanceof PyDateTime) || op !== '-' || reflected) return undefined
    this.checkZones(other, 'subtract')
    return new PyTimeDelta(this.micros() - other.micros())
  }

  private checkZones(other: PyDateTime, action: string): void {
    if ((this.utcOffset() === undefined) === (other.utcOffset() === undefined)) return
    throw typeError(`can't ${action} offset-naive and offset-aware datetimes`)
  }

  override equals(other: Value): boolean {
    if (!(other instanceof PyDateTime)) return false
    if ((this.utcOffset() === undefined) !== (other.utcOffset() === undefined)) return false
    return this.micros() === other.micros()
  }

  override compare(other: Value): number | undefined {
    if (other instanceof PyDate) throw typeError("can't compare datetime.datetime to datetime.date")
    if (!(other instanceof PyDateTime)) return undefined
    this.checkZones(other, 'compare')
    const [a, b] = [this.micros(), other.micros()]
    return a < b ? -1 : a > b ? 1 : 0
  }

  override hashKey(): string {
    return `\0datetime:${this.utcOffset() === undefined}:${this.micros()}`
  }

  override repr(): string {
    const numbers = [this.year, this.month, this.day, ...clockArguments(this)]
    return reprOf('datetime', numbers, this.zone, this.fold)
  }

  override str(): string {
    return this.isoFormat(' ')
  }
}

/** The machine's zone at that time, as a fixed offset. */
const localZone = (dateTime: PyDateTime): PyTzInfo => {
  const minutes = -new Date(dateTime.epochMillis()).getTimezoneOffset()
  return new FixedTimezone(minutes * 60e6, minutes === 0 ? 'UTC' : null)
}

/** The naive UTC datetime of an instant. */
export const dateTimeFromMillis = (millis: number, micros = 0): PyDateTime => {
  const date = new Date(millis)
  if (Number.isNaN(date.getTime())) throw new PyError('ValueError', 'year is out of range')
  return new PyDateTime({
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    microsecond: date.getUTCMilliseconds() * 1000 + micros,
  })
}

/** An instant as dbt's `run_started_at`: a datetime in pytz's UTC. */
export const datetimeFromDate = (date: Date): PyDateTime =>
  dateTimeFromMillis(date.getTime()).withZone(utcZone)
