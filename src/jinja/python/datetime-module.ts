import { intArgument } from './arguments.ts'
import { fromIsoCalendar, fromOrdinal, type YearMonthDay } from './calendar.ts'
import { ClassObject } from './class-object.ts'
import { midnight } from './clock.ts'
import { toFloat } from './convert-number.ts'
import { PyDate } from './date-value.ts'
import { isoDate, isoDateTime, isoTime } from './datetime-iso.ts'
import { dateTimeFromMillis, PyDateTime } from './datetime-values.ts'
import { hostFunction } from './host-function.ts'
import { PyError, typeError } from './py-error.ts'
import { parseTime } from './strptime.ts'
import { stringRepr } from './text.ts'
import { PyTime, zoneArgument } from './time-value.ts'
import { makeTimeDelta, PyTimeDelta } from './timedelta.ts'
import { PyDict, typeName, type Value } from './values.ts'

const textOf = (value: Value, what: string): string => {
  if (typeof value === 'string') return value
  throw typeError(`${what}: argument must be str`)
}

const invalidIso = (text: string): PyError =>
  new PyError('ValueError', `Invalid isoformat string: ${stringRepr(text)}`)

// Seconds since 1970 as milliseconds and the microseconds beyond them, rounded to even.
const splitSeconds = (value: Value): readonly [millis: number, micros: number] => {
  const seconds = toFloat(value)
  const whole = Math.trunc(seconds)
  const exact = (seconds - whole) * 1e6
  const floor = Math.floor(exact)
  const up = exact - floor > 0.5 || (exact - floor === 0.5 && floor % 2 !== 0)
  const micros = floor + (up ? 1 : 0)
  const thousands = Math.floor(micros / 1000)
  return [whole * 1000 + thousands, micros - thousands * 1000]
}

// The fields that the machine's clock shows at an instant.
const localDateTime = (millis: number, micros = 0): PyDateTime => {
  const offset = -new Date(millis).getTimezoneOffset() * 60_000
  return dateTimeFromMillis(millis + offset, micros)
}

const fromTimestamp = (value: Value, zone: Value): PyDateTime => {
  const [millis, micros] = splitSeconds(value)
  const tz = zoneArgument(zone)
  if (tz === null) return localDateTime(millis, micros)
  return tz.fromUtc(dateTimeFromMillis(millis, micros).withZone(tz))
}

const isoCalendarDate = (year: Value, week: Value, day: Value) =>
  fromOrdinal(fromIsoCalendar(intArgument(year), intArgument(week), intArgument(day)))

// Written in C, the constructors name a missing argument in their own way.
const requiredDate = (parts: readonly (Value | undefined)[]): YearMonthDay => {
  const [year = 0, month = 0, day = 0] = ['year', 'month', 'day'].map((name, i) => {
    const part = parts[i]
    if (part !== undefined) return intArgument(part)
    throw typeError(`function missing required argument '${name}' (pos ${i + 1})`)
  })
  return { year, month, day }
}

const dateClass = (now: () => Date): Value =>
  new ClassObject({
    name: 'datetime.date',
    construct: hostFunction(
      'date',
      'year=..., month=..., day=...',
      (...parts: (Value | undefined)[]) => new PyDate(requiredDate(parts)),
    ),
    members: {
      today: hostFunction('today', '', () => new PyDate(localDateTime(now().getTime()))),
      fromisoformat: hostFunction('fromisoformat', 'date_string, /', (value: Value) => {
        const text = textOf(value, 'fromisoformat')
        const date = isoDate(text)
        if (date === undefined) throw invalidIso(text)
        return date
      }),
      fromtimestamp: hostFunction(
        'fromtimestamp',
        'timestamp, /',
        (value: Value) => new PyDate(fromTimestamp(value, null)),
      ),
      fromordinal: hostFunction(
        'fromordinal',
        'ordinal, /',
        (value: Value) => new PyDate(fromOrdinal(intArgument(value))),
      ),
      fromisocalendar: hostFunction(
        'fromisocalendar',
        'year, week, day',
        (year: Value, week: Value, day: Value) => new PyDate(isoCalendarDate(year, week, day)),
      ),
      min: new PyDate({ year: 1, month: 1, day: 1 }),
      max: new PyDate({ year: 9999, month: 12, day: 31 }),
      resolution: new PyTimeDelta(86_400_000_000n),
    },
  })

const lastMicro = { hour: 23, minute: 59, second: 59, microsecond: 999_999 }

const timeClass = (): Value =>
  new ClassObject({
    name: 'datetime.time',
    construct: hostFunction(
      'time',
      'hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0',
      (hour: Value, minute: Value, second: Value, microsecond: Value, zone: Value, fold: Value) =>
        new PyTime(
          {
            hour: intArgument(hour),
            minute: intArgument(minute),
            second: intArgument(second),
            microsecond: intArgument(microsecond),
          },
          zoneArgument(zone),
          intArgument(fold),
        ),
    ),
    members: {
      fromisoformat: hostFunction('fromisoformat', 'time_string, /', (value: Value) => {
        const text = textOf(value, 'fromisoformat')
        const time = isoTime(text)
        if (time === undefined) throw invalidIso(text)
        return time
      }),
      min: new PyTime(midnight),
      max: new PyTime(lastMicro),
      resolution: new PyTimeDelta(1n),
    },
  })

const combine = (date: Value, time: Value, zone: Value | undefined): Value => {
  if (!(date instanceof PyDate || date instanceof PyDateTime)) {
    throw typeError(`combine() argument 1 must be datetime.date, not ${typeName(date)}`)
  }
  if (!(time instanceof PyTime)) {
    throw typeError(`combine() argument 2 must be datetime.time, not ${typeName(time)}`)
  }
  const { year, month, day } = date
  const { hour, minute, second, microsecond } = time
  const fields = { year, month, day, hour, minute, second, microsecond }
  return new PyDateTime(fields, zone === undefined ? time.zone : zoneArgument(zone), time.fold)
}

const makeDateTime = (parts: readonly (Value | undefined)[]): Value => {
  const date = requiredDate(parts)
  const [hour = 0, minute = 0, second = 0, microsecond = 0] = parts
    .slice(3, 7)
    .map(part => intArgument(part ?? 0))
  const fields = { ...date, hour, minute, second, microsecond }
  return new PyDateTime(fields, zoneArgument(parts[7] ?? null), intArgument(parts[8] ?? 0))
}

const nowIn = (now: () => Date, zone: Value): Value => {
  const tz = zoneArgument(zone)
  const millis = now().getTime()
  if (tz === null) return localDateTime(millis)
  return tz.fromUtc(dateTimeFromMillis(millis).withZone(tz))
}

const dateTimeClass = (now: () => Date): Value =>
  new ClassObject({
    name: 'datetime.datetime',
    construct: hostFunction(
      'datetime',
      'year=..., month=..., day=..., hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0',
      (...parts: (Value | undefined)[]) => makeDateTime(parts),
    ),
    members: {
      now: hostFunction('now', 'tz=None', (zone: Value) => nowIn(now, zone)),
      utcnow: hostFunction('utcnow', '', () => dateTimeFromMillis(now().getTime())),
      today: hostFunction('today', '', () => localDateTime(now().getTime())),
      fromtimestamp: hostFunction('fromtimestamp', 'timestamp, tz=None', fromTimestamp),
      utcfromtimestamp: hostFunction('utcfromtimestamp', 'timestamp, /', (value: Value) =>
        dateTimeFromMillis(...splitSeconds(value)),
      ),
      fromisoformat: hostFunction('fromisoformat', 'date_string, /', (value: Value) => {
        const text = textOf(value, 'fromisoformat')
        const dateTime = isoDateTime(text)
        if (dateTime === undefined) throw invalidIso(text)
        return dateTime
      }),
      fromordinal: hostFunction(
        'fromordinal',
        'ordinal, /',
        (value: Value) => new PyDateTime({ ...fromOrdinal(intArgument(value)), ...midnight }),
      ),
      fromisocalendar: hostFunction(
        'fromisocalendar',
        'year, week, day',
        (year: Value, week: Value, day: Value) =>
          new PyDateTime({ ...isoCalendarDate(year, week, day), ...midnight }),
      ),
      combine: hostFunction('combine', 'date, time, tzinfo=...', combine),
      strptime: hostFunction('strptime', 'date_string, format, /', (text: Value, format: Value) => {
        for (const [i, value] of [text, format].entries()) {
          if (typeof value !== 'string') {
            const message = `strptime() argument ${i + 1} must be str, not ${typeName(value)}`
            throw typeError(message)
          }
        }
        return parseTime(text as string, format as string)
      }),
      min: new PyDateTime({ year: 1, month: 1, day: 1, ...midnight }),
      max: new PyDateTime({ year: 9999, month: 12, day: 31, ...lastMicro }),
      resolution: new PyTimeDelta(1n),
    },
  })

const timeDeltaClass = (): Value =>
  new ClassObject({
    name: 'datetime.timedelta',
    construct: hostFunction(
      'timedelta',
      'days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0',
      (...parts: Value[]) => makeTimeDelta(parts),
    ),
    members: {
      min: makeTimeDelta([-999_999_999]),
      max: makeTimeDelta([999_999_999, 86_399, 999_999]),
      resolution: new PyTimeDelta(1n),
    },
  })

const tzInfoClass = (): Value =>
  new ClassObject({
    name: 'datetime.tzinfo',
    construct: hostFunction('tzinfo', '*args, **kwargs', () => {
      throw new PyError('NotImplementedError', 'a tzinfo subclass must implement utcoffset()')
    }),
    members: {},
  })

/** `modules.datetime`: the classes that dbt exports. `now` gives the current instant. */
export const datetimeModule = (now: () => Date): PyDict =>
  new PyDict([
    ['date', dateClass(now)],
    ['datetime', dateTimeClass(now)],
    ['time', timeClass()],
    ['timedelta', timeDeltaClass()],
    ['tzinfo', tzInfoClass()],
  ])
