import { fromIsoCalendar, fromOrdinal, type YearMonthDay } from './calendar.ts'
import { type Clock, midnight } from './clock.ts'
import { PyDate } from './date-value.ts'
import { PyDateTime } from './datetime-values.ts'
import { PyTime } from './time-value.ts'
import { FixedTimezone, type PyTzInfo } from './tzinfo.ts'

const datePattern = /^(\d{4})(?:-(\d\d)-(\d\d)|(\d\d)(\d\d)|-?W(\d\d)(?:-?(\d))?)$/
const timePattern =
  /^(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?|(\d\d)(?:(\d\d)(?:[.,](\d+))?)?)?(Z|[+-].*)?$/
const offsetPattern = /^([+-])(\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d{1,6}))?)?$/

const parseDate = (text: string): YearMonthDay | undefined => {
  const match = datePattern.exec(text)
  if (!match) return undefined
  const [, year, month, day, shortMonth, shortDay, week, weekday] = match
  if (week === undefined) {
    return { year: Number(year), month: Number(month ?? shortMonth), day: Number(day ?? shortDay) }
  }
  return fromOrdinal(fromIsoCalendar(Number(year), Number(week), Number(weekday ?? 1)))
}

const fractionMicros = (digits: string): number => Number(digits.slice(0, 6).padEnd(6, '0'))

const parseZone = (text: string | undefined): PyTzInfo | null | undefined => {
  if (text === undefined) return null
  if (text === 'Z') return new FixedTimezone(0)
  const match = offsetPattern.exec(text)
  if (!match) return undefined
  const [, sign, hours, minutes, seconds = '0', fraction = '0'] = match
  const total = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
  const micros = total * 1e6 + fractionMicros(fraction)
  return new FixedTimezone(sign === '-' ? -micros : micros)
}

interface ZonedClock {
  readonly clock: Clock
  readonly zone: PyTzInfo | null
}

const parseClock = (text: string): ZonedClock | undefined => {
  const match = timePattern.exec(text)
  if (!match) return undefined
  const zone = parseZone(match[8])
  if (zone === undefined) return undefined
  const clock = {
    hour: Number(match[1]),
    minute: Number(match[2] ?? match[5] ?? 0),
    second: Number(match[3] ?? match[6] ?? 0),
    microsecond: fractionMicros(match[4] ?? match[7] ?? ''),
  }
  return { clock, zone }
}

/** `date.fromisoformat`; undefined when the text is not of that form. Throws for impossible days. */
export const isoDate = (text: string): PyDate | undefined => {
  const date = parseDate(text)
  return date && new PyDate(date)
}

/** `time.fromisoformat`. */
export const isoTime = (text: string): PyTime | undefined => {
  const parsed = parseClock(text.replace(/^T/, ''))
  return parsed && new PyTime(parsed.clock, parsed.zone)
}

/** `datetime.fromisoformat`: any single character may stand between date and time. */
export const isoDateTime = (text: string): PyDateTime | undefined => {
  for (const size of [10, 8, 7]) {
    const date = parseDate(text.slice(0, size))
    if (!date) continue
    if (text.length === size) return new PyDateTime({ ...date, ...midnight })
    const parsed = parseClock(text.slice(size + 1))
    if (parsed) return new PyDateTime({ ...date, ...parsed.clock }, parsed.zone)
  }
  return undefined
}

/** A date or datetime of YAML, whose reader has checked the ISO text. */
export const parseIsoTemporal = (kind: 'date' | 'datetime', iso: string): PyDate | PyDateTime => {
  const value = kind === 'date' ? isoDate(iso) : isoDateTime(iso)
  if (value === undefined) throw new Error(`not an ISO ${kind}: ${iso}`)
  return value
}
