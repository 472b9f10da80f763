import {
  dayOfYear,
  isoCalendar,
  padded,
  toOrdinal,
  weekday,
  type YearMonthDay,
} from './calendar.ts'
import { offsetText } from './tzinfo.ts'

/** What a format can show of a date, a time or both. */
export interface TimeFields extends YearMonthDay {
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly microsecond: number
  /** Microseconds to UTC and the zone's name, where they are known. */
  readonly offset: number | undefined
  readonly zone: string | undefined
}

export const dayNames = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
]
export const monthNames =
  'January February March April May June July August September October November December'.split(' ')

const hour12 = (hour: number): number => hour % 12 || 12

// A number and how it is padded unless a flag says otherwise.
interface Padded {
  readonly value: number
  readonly width: number
  readonly fill: '0' | ' '
}

const zeros = (value: number, width = 2): Padded => ({ value, width, fill: '0' })
const blanks = (value: number, width = 2): Padded => ({ value, width, fill: ' ' })

// Weeks begin on Sunday (%U) or Monday (%W); days before the first such day are in week 0.
const weekOfYear = (fields: TimeFields, firstDay: 'sunday' | 'monday'): number => {
  const day = (weekday(toOrdinal(fields)) + (firstDay === 'sunday' ? 1 : 0)) % 7
  return Math.floor((dayOfYear(fields) + 6 - day) / 7)
}

const utcSeconds = (fields: TimeFields): number => {
  const days = toOrdinal(fields) - 719_163
  // Without a zone the C library takes the machine's; UTC is what builds run in.
  return days * 86_400 + fields.hour * 3600 + fields.minute * 60 + fields.second
}

const composites: ReadonlyMap<string, string> = new Map([
  ['c', '%a %b %e %H:%M:%S %Y'],
  ['x', '%m/%d/%y'],
  ['X', '%H:%M:%S'],
  ['D', '%m/%d/%y'],
  ['F', '%Y-%m-%d'],
  ['T', '%H:%M:%S'],
  ['R', '%H:%M'],
  ['r', '%I:%M:%S %p'],
])

const texts: ReadonlyMap<string, (fields: TimeFields) => string> = new Map<
  string,
  (fields: TimeFields) => string
>([
  ['a', f => dayNames[weekday(toOrdinal(f))]!.slice(0, 3)],
  ['A', f => dayNames[weekday(toOrdinal(f))]!],
  ['b', f => monthNames[f.month - 1]!.slice(0, 3)],
  ['h', f => monthNames[f.month - 1]!.slice(0, 3)],
  ['B', f => monthNames[f.month - 1]!],
  ['p', f => (f.hour < 12 ? 'AM' : 'PM')],
  ['P', f => (f.hour < 12 ? 'am' : 'pm')],
  ['z', f => (f.offset === undefined ? '' : offsetText(f.offset, ''))],
  ['Z', f => f.zone ?? ''],
  ['n', () => '\n'],
  ['t', () => '\t'],
  ['%', () => '%'],
])

const numbers: ReadonlyMap<string, (fields: TimeFields) => Padded> = new Map<
  string,
  (fields: TimeFields) => Padded
>([
  ['C', f => zeros(Math.floor(f.year / 100))],
  ['d', f => zeros(f.day)],
  ['e', f => blanks(f.day)],
  ['g', f => zeros(isoCalendar(f)[0] % 100)],
  ['G', f => zeros(isoCalendar(f)[0], 1)],
  ['H', f => zeros(f.hour)],
  ['I', f => zeros(hour12(f.hour))],
  ['j', f => zeros(dayOfYear(f), 3)],
  ['k', f => blanks(f.hour)],
  ['l', f => blanks(hour12(f.hour))],
  ['m', f => zeros(f.month)],
  ['M', f => zeros(f.minute)],
  ['s', f => zeros(utcSeconds(f), 1)],
  ['S', f => zeros(f.second)],
  ['u', f => zeros(weekday(toOrdinal(f)) + 1, 1)],
  ['U', f => zeros(weekOfYear(f, 'sunday'))],
  ['V', f => zeros(isoCalendar(f)[1])],
  ['w', f => zeros((weekday(toOrdinal(f)) + 1) % 7, 1)],
  ['W', f => zeros(weekOfYear(f, 'monday'))],
  ['y', f => zeros(f.year % 100)],
  ['Y', f => zeros(f.year, 1)],
])

const swapCase = (text: string): string =>
  text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()

interface Directive {
  readonly flag: string
  readonly width: string
  readonly code: string
}

const numberText = ({ value, width, fill }: Padded, flag: string, wanted: string): string => {
  if (flag === '-') return String(value)
  const char = flag === '_' ? ' ' : flag === '0' ? '0' : fill
  return String(value).padStart(wanted === '' ? width : Number(wanted), char)
}

const directiveText = (
  { flag, width, code }: Directive,
  fields: TimeFields,
): string | undefined => {
  const number = numbers.get(code)?.(fields)
  if (number) return numberText(number, flag, width)
  const composite = composites.get(code)
  const text = composite === undefined ? texts.get(code)?.(fields) : formatTime(composite, fields)
  if (text === undefined) return undefined
  const wide = text.padStart(Number(width), flag === '0' ? '0' : ' ')
  if (flag === '^') return wide.toUpperCase()
  return flag === '#' ? swapCase(wide) : wide
}

/** `strftime` of the C library on Linux, English names; unknown directives stay as written. */
export const formatTime = (format: string, fields: TimeFields): string =>
  format.replace(/%([-_0^#]?)(\d*)[EO]?([a-zA-Z%])/g, (whole, flag, width, code) => {
    // This one is Python's own, which takes no flags.
    if (code === 'f') return whole === '%f' ? padded(fields.microsecond, 6) : whole
    return directiveText({ flag, width, code }, fields) ?? whole
  })
