import { padded } from './calendar.ts'
import { PyError } from './py-error.ts'

/** A time of day. */
export interface Clock {
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly microsecond: number
}

export const midnight: Clock = { hour: 0, minute: 0, second: 0, microsecond: 0 }

/** Microseconds since midnight. */
export const clockMicros = ({ hour, minute, second, microsecond }: Clock): number =>
  ((hour * 60 + minute) * 60 + second) * 1e6 + microsecond

/** The time of day that many microseconds after midnight. */
export const clockOf = (micros: number): Clock => {
  const seconds = Math.floor(micros / 1e6)
  return {
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    microsecond: micros % 1e6,
  }
}

/** Checks the fields. Throws Python's ValueErrors. */
export const checkClock = ({ hour, minute, second, microsecond }: Clock): void => {
  const check = (value: number, limit: number, name: string): void => {
    if (value < 0 || value > limit)
      throw new PyError('ValueError', `${name} must be in 0..${limit}`)
  }
  check(hour, 23, 'hour')
  check(minute, 59, 'minute')
  check(second, 59, 'second')
  check(microsecond, 999_999, 'microsecond')
}

/** The time as ISO writes it, to the precision that `isoformat(timespec=…)` names. */
export const isoClock = (clock: Clock, timespec: string): string => {
  const hours = padded(clock.hour)
  const minutes = `${hours}:${padded(clock.minute)}`
  const seconds = `${minutes}:${padded(clock.second)}`
  switch (timespec) {
    case 'hours':
      return hours
    case 'minutes':
      return minutes
    case 'seconds':
      return seconds
    case 'milliseconds':
      return `${seconds}.${padded(Math.floor(clock.microsecond / 1000), 3)}`
    case 'microseconds':
      return `${seconds}.${padded(clock.microsecond, 6)}`
    case 'auto':
      return clock.microsecond === 0 ? seconds : `${seconds}.${padded(clock.microsecond, 6)}`
  }
  throw new PyError('ValueError', 'Unknown timespec value')
}

/** The arguments of a repr: seconds and microseconds only where they are not zero. */
export const clockArguments = ({ hour, minute, second, microsecond }: Clock): number[] => {
  if (microsecond !== 0) return [hour, minute, second, microsecond]
  return second === 0 ? [hour, minute] : [hour, minute, second]
}
