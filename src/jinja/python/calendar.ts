import { PyError } from './py-error.ts'

/** Gregorian calendar arithmetic. Days are counted as Python's ordinals: 1 is 0001-01-01. */

const daysPerWeek = 7
const microsPerSecond = 1_000_000
export const microsPerDay = 86_400 * microsPerSecond

/** A day. */
export interface YearMonthDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

const millisPerDay = 86_400_000
// Python's ordinal of 1970-01-01.
const epochOrdinal = 719_163
const lastOrdinal = 3_652_059

/** The ordinal of a day. */
export const toOrdinal = ({ year, month, day }: YearMonthDay): number => {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return Math.round(date.getTime() / millisPerDay) + epochOrdinal
}

/** The day of an ordinal. Throws OverflowError outside of the years 1 to 9999. */
export const fromOrdinal = (ordinal: number): YearMonthDay => {
  if (ordinal < 1 || ordinal > lastOrdinal)
    throw new PyError('OverflowError', 'date value out of range')
  const date = new Date((ordinal - epochOrdinal) * millisPerDay)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  }
}

/** How many days a month has. */
export const daysInMonth = (year: number, month: number): number =>
  toOrdinal(
    month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 },
  ) - toOrdinal({ year, month, day: 1 })

/** The day of the week, Monday is 0. */
export const weekday = (ordinal: number): number => (ordinal + 6) % daysPerWeek

/** The day of the year, from 1. */
export const dayOfYear = (date: YearMonthDay): number =>
  toOrdinal(date) - toOrdinal({ year: date.year, month: 1, day: 1 }) + 1

// The Monday that begins ISO week 1: that of the year's first Thursday.
const firstIsoMonday = (year: number): number => {
  const first = toOrdinal({ year, month: 1, day: 1 })
  const day = weekday(first)
  return first - day + (day > 3 ? daysPerWeek : 0)
}

/** ISO year, week and weekday (Monday is 1). */
export const isoCalendar = (date: YearMonthDay): readonly [number, number, number] => {
  const ordinal = toOrdinal(date)
  let year = date.year
  if (ordinal < firstIsoMonday(year)) year--
  else if (ordinal >= firstIsoMonday(year + 1)) year++
  const week = Math.floor((ordinal - firstIsoMonday(year)) / daysPerWeek) + 1
  return [year, week, weekday(ordinal) + 1]
}

/** The ordinal of an ISO year, week and weekday. Throws ValueError. */
export const fromIsoCalendar = (year: number, week: number, day: number): number => {
  const start = firstIsoMonday(year)
  const weeks = Math.floor((firstIsoMonday(year + 1) - start) / daysPerWeek)
  if (week < 1 || week > weeks) throw new PyError('ValueError', `Invalid week: ${week}`)
  if (day < 1 || day > daysPerWeek) {
    throw new PyError('ValueError', `Invalid weekday: ${day} (range is [1, 7])`)
  }
  return start + (week - 1) * daysPerWeek + day - 1
}

/** Checks a day's fields. Throws Python's ValueErrors. */
export const checkDate = ({ year, month, day }: YearMonthDay): void => {
  const fail = (message: string) => new PyError('ValueError', message)
  if (year < 1 || year > 9999) throw fail(`year ${year} is out of range`)
  if (month < 1 || month > 12) throw fail('month must be in 1..12')
  if (day < 1 || day > daysInMonth(year, month)) throw fail('day is out of range for month')
}

/** A number with leading zeros. */
export const padded = (value: number, width = 2): string => String(value).padStart(width, '0')
