import { intArgument } from './arguments.ts'
import {
  checkDate,
  dayOfYear,
  fromOrdinal,
  isoCalendar,
  microsPerDay,
  padded,
  toOrdinal,
  weekday,
  type YearMonthDay,
} from './calendar.ts'
import { midnight } from './clock.ts'
import { hostFunction } from './host-function.ts'
import { typeError } from './py-error.ts'
import { formatTime, type TimeFields } from './strftime.ts'
import { PyTimeDelta } from './timedelta.ts'
import {
  type ArithmeticOperator,
  type HostFunction,
  HostObject,
  namedTuple,
  typeName,
  type Value,
} from './values.ts'

/** A day as ISO writes it. */
export const dateText = ({ year, month, day }: YearMonthDay): string =>
  `${padded(year, 4)}-${padded(month)}-${padded(day)}`

/** The day so many days later. Throws OverflowError. */
export const shiftDays = (date: YearMonthDay, days: bigint): YearMonthDay => {
  const ordinal = BigInt(toOrdinal(date)) + days
  return fromOrdinal(Number(ordinal))
}

/** The format of a `strftime` call. */
export const formatArgument = (value: Value): string => {
  if (typeof value === 'string') return value
  throw typeError(`strftime() argument 1 must be str, not ${typeName(value)}`)
}

const structFields = 'tm_year tm_mon tm_mday tm_hour tm_min tm_sec tm_wday tm_yday tm_isdst'.split(
  ' ',
)

/** What dates and datetimes have in common. */
export abstract class DateLike extends HostObject implements YearMonthDay {
  readonly year: number
  readonly month: number
  readonly day: number

  constructor(date: YearMonthDay) {
    super()
    checkDate(date)
    this.year = date.year
    this.month = date.month
    this.day = date.day
  }

  abstract fields(): TimeFields

  ordinal(): number {
    return toOrdinal(this)
  }

  protected dateMember(name: string): Value | undefined {
    const method = (signature: string, body: (...args: never[]) => Value): HostFunction =>
      hostFunction(name, signature, body)
    switch (name) {
      case 'year':
      case 'month':
      case 'day':
        return this[name]
      case 'weekday':
        return method('', () => weekday(this.ordinal()))
      case 'isoweekday':
        return method('', () => weekday(this.ordinal()) + 1)
      case 'toordinal':
        return method('', () => this.ordinal())
      case 'isocalendar':
        return method('', () =>
          namedTuple(['year', 'week', 'weekday'], isoCalendar(this), 'datetime.IsoCalendarDate'),
        )
      case 'strftime':
        return method('format', (format: Value) =>
          formatTime(formatArgument(format), this.fields()),
        )
      case 'ctime':
        return method('', () => formatTime('%a %b %e %H:%M:%S %4Y', this.fields()))
      case 'timetuple':
        return method('', () => this.timeTuple())
      default:
        return undefined
    }
  }

  private timeTuple(): Value {
    const { hour, minute, second } = this.fields()
    const clock = [this.year, this.month, this.day, hour, minute, second]
    const items = [...clock, weekday(this.ordinal()), dayOfYear(this), -1]
    return namedTuple(structFields, items, 'time.struct_time')
  }

  override format(spec: string): string {
    return spec === '' ? this.str() : formatTime(spec, this.fields())
  }
}

/** Python's date. */
export class PyDate extends DateLike {
  readonly typeName = 'datetime.date'

  fields(): TimeFields {
    const { year, month, day } = this
    return { year, month, day, ...midnight, offset: undefined, zone: undefined }
  }

  isoFormat(_separator = 'T'): string {
    return dateText(this)
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'isoformat':
        return hostFunction(name, '', () => this.isoFormat())
      case 'replace':
        return hostFunction(name, 'year=None, month=None, day=None', (...parts: Value[]) =>
          this.replaced(parts),
        )
      default:
        return this.dateMember(name)
    }
  }

  private replaced([year = null, month = null, day = null]: Value[]): Value {
    const pick = (value: Value, own: number): number => (value === null ? own : intArgument(value))
    return new PyDate({
      year: pick(year, this.year),
      month: pick(month, this.month),
      day: pick(day, this.day),
    })
  }

  override arithmetic(op: ArithmeticOperator, other: Value, reflected: boolean): Value | undefined {
    if (other instanceof PyTimeDelta && (op === '+' || (op === '-' && !reflected))) {
      return new PyDate(shiftDays(this, op === '+' ? other.days : -other.days))
    }
    if (!(other instanceof PyDate) || op !== '-' || reflected) return undefined
    return new PyTimeDelta(BigInt(this.ordinal() - other.ordinal()) * BigInt(microsPerDay))
  }

  override equals(other: Value): boolean {
    return other instanceof PyDate && other.ordinal() === this.ordinal()
  }

  override compare(other: Value): number | undefined {
    if (other instanceof DateLike && !(other instanceof PyDate)) {
      throw typeError("can't compare datetime.datetime to datetime.date")
    }
    return other instanceof PyDate ? this.ordinal() - other.ordinal() : undefined
  }

  override hashKey(): string {
    return `\0date:${this.ordinal()}`
  }

  override repr(): string {
    return `datetime.date(${this.year}, ${this.month}, ${this.day})`
  }

  override str(): string {
    return dateText(this)
  }
}
