import type { PyDateTime } from './datetime-values.ts'
import { hostFunction } from './host-function.ts'
import { PyError } from './py-error.ts'
import { stringRepr } from './text.ts'
import { timeDelta } from './timedelta.ts'
import { truthy } from './truth.ts'
import { PyTzInfo } from './tzinfo.ts'
import type { Value } from './values.ts'
import { abbreviation } from './zone-names.ts'

const minute = 60e6
const hour = 60 * minute
const day = 24 * hour

/** What pytz's zones add to Python's: `zone`, `localize`, `normalize`. */
abstract class PytzInfo extends PyTzInfo {
  abstract readonly zone: string | null
  abstract localize(dateTime: PyDateTime, isDst: boolean | null): PyDateTime
  abstract normalize(dateTime: PyDateTime): PyDateTime

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'zone':
        return this.zone
      case 'localize':
        return hostFunction(
          name,
          'self, dt, is_dst=False',
          (dateTime: PyDateTime, isDst: Value) => {
            if (dateTime.zone !== null) {
              throw new PyError('ValueError', 'Not naive datetime (tzinfo is already set)')
            }
            return this.localize(dateTime, isDst === null ? null : truthy(isDst))
          },
        )
      case 'normalize':
        return hostFunction(name, 'self, dt, is_dst=False', (dateTime: PyDateTime) => {
          if (dateTime.zone === null) throw new PyError('ValueError', 'Naive time - no tzinfo set')
          return this.normalize(dateTime)
        })
      default:
        return super.getAttr(name)
    }
  }
}

interface FixedZone {
  readonly zone: string | null
  readonly micros: number
  readonly name: string | undefined
  readonly shown: string
}

/** A pytz zone without transitions: UTC, `FixedOffset(90)`, `Etc/GMT+5`. */
class FixedPytz extends PytzInfo {
  readonly typeName: string
  readonly zone: string | null
  constructor(readonly fixed: FixedZone) {
    super()
    this.zone = fixed.zone
    this.typeName = fixed.shown === '<UTC>' ? 'UTC' : 'StaticTzInfo'
  }

  utcOffset(): number {
    return this.fixed.micros
  }

  dst(): number {
    return 0
  }

  tzName(): string | undefined {
    return this.fixed.name
  }

  fromUtc(utc: PyDateTime): PyDateTime {
    return utc.shifted(this.fixed.micros).withZone(this)
  }

  localize(dateTime: PyDateTime): PyDateTime {
    return dateTime.withZone(this)
  }

  normalize(dateTime: PyDateTime): PyDateTime {
    return dateTime.zone === this ? dateTime : this.fromUtc(dateTime.toUtc(this))
  }

  override repr(): string {
    return this.fixed.shown
  }

  override str(): string {
    return this.zone ?? this.fixed.shown
  }
}

/** pytz's UTC. */
export const utcZone: PyTzInfo = new FixedPytz({
  zone: 'UTC',
  micros: 0,
  name: 'UTC',
  shown: '<UTC>',
})

/** `pytz.FixedOffset(minutes)`. Throws ValueError for a day or more. */
export const fixedOffset = (minutes: number): PyTzInfo => {
  if (minutes === 0) return utcZone
  if (Math.abs(minutes) >= 1440)
    throw new PyError('ValueError', `('absolute offset is too large', ${minutes})`)
  const shown = `pytz.FixedOffset(${minutes})`
  return new FixedPytz({ zone: null, micros: minutes * minute, name: undefined, shown })
}

/** One state of a zone: how far from UTC, how much of it daylight saving, what it is called. */
interface ZoneState {
  readonly micros: number
  readonly dst: number
  readonly name: string
}

/** What all states of one zone share. */
interface ZoneFamily {
  readonly zone: string
  /** The zone in the state of that instant. */
  at(utcMillis: number): DstPytz
}

class DstPytz extends PytzInfo {
  readonly typeName: string
  readonly zone: string
  constructor(
    readonly family: ZoneFamily,
    readonly state: ZoneState,
  ) {
    super()
    this.zone = family.zone
    this.typeName = family.zone
  }

  utcOffset(dateTime: PyDateTime | null): number | undefined {
    return this.#stateFor(dateTime)?.micros
  }

  dst(dateTime: PyDateTime | null): number | undefined {
    return this.#stateFor(dateTime)?.dst
  }

  tzName(dateTime: PyDateTime | null): string | undefined {
    return dateTime === null ? this.zone : this.#stateFor(dateTime)?.name
  }

  #stateFor(dateTime: PyDateTime | null): ZoneState | undefined {
    if (dateTime === null) return undefined
    if (dateTime.zone === this) return this.state
    const localized = this.localize(dateTime.withZone(null), null)
    return (localized.zone as DstPytz).state
  }

  fromUtc(utc: PyDateTime): PyDateTime {
    const plain = utc.withZone(utcZone)
    const zone = this.family.at(plain.epochMillis())
    return utc.shifted(zone.state.micros).withZone(zone)
  }

  normalize(dateTime: PyDateTime): PyDateTime {
    return this.fromUtc(dateTime.toUtc(utcZone))
  }

  localize(dateTime: PyDateTime, isDst: boolean | null): PyDateTime {
    const plain = dateTime.withZone(utcZone)
    const found = new Set<DstPytz>()
    for (const away of [-day, day]) {
      const zone = this.family.at(plain.shifted(away).epochMillis())
      // The state counts if the instant it makes of the time is in that state itself.
      const millis = plain.shifted(-zone.state.micros).epochMillis()
      if (this.family.at(millis) === zone) found.add(zone)
    }
    const [first, second] = found
    if (first && !second) return dateTime.withZone(first)
    if (first && second) return dateTime.withZone(this.#choose(first, second, dateTime, isDst))
    if (isDst === null) throw new PyError('NonExistentTimeError', dateTime.str())
    const away = isDst ? 6 * hour : -6 * hour
    return this.localize(dateTime.shifted(away), isDst).shifted(-away)
  }

  // Both states are possible: the hour that happens twice.
  #choose(first: DstPytz, second: DstPytz, dateTime: PyDateTime, isDst: boolean | null): DstPytz {
    if (isDst === null) throw new PyError('AmbiguousTimeError', dateTime.str())
    const matching = [first, second].filter(zone => (zone.state.dst !== 0) === isDst)
    if (matching.length === 1) return matching[0]!
    const [earlier, later] =
      first.state.micros > second.state.micros ? [first, second] : [second, first]
    return isDst ? earlier : later
  }

  override repr(): string {
    const { micros, dst, name } = this.state
    const sign = micros > 0 ? '+' : ''
    const offset = `${sign}${timeDelta(micros).str()}`
    return `<DstTzInfo ${stringRepr(this.zone)} ${name}${offset} ${dst === 0 ? 'STD' : 'DST'}>`
  }

  override str(): string {
    return this.zone
  }
}

const offsetPattern = /([+-])(\d\d):(\d\d)(?::(\d\d))?/

// pytz knows offsets to the minute only.
const parseOffset = (text: string): number => {
  const match = offsetPattern.exec(text)
  if (!match) return 0
  const [, sign, hours, minutes, seconds = '0'] = match
  const total = Number(hours) * 60 + Number(minutes) + Number(seconds) / 60
  return Math.floor((sign === '-' ? -total : total) + 0.5)
}

const firstYear = Date.UTC(1800, 0, 1)
const millisPerDay = 86_400_000

// Here winter is the exception and summer the standard time.
const winterIsSaving = new Set(['Europe/Dublin', 'Eire', 'Africa/Casablanca', 'Africa/El_Aaiun'])

type OffsetAt = (millis: number) => number

// An offset in minutes that is left for another one soon and was reached from it not long ago.
const hasNeighbours = (offsetAt: OffsetAt, millis: number, test: (offset: number) => boolean) => {
  const within = (direction: number): boolean =>
    Array.from({ length: 10 }, (_, i) => millis + direction * (i + 1) * 30 * millisPerDay).some(
      at => test(offsetAt(at)),
    )
  return within(-1) && within(1)
}

/** Minutes of daylight saving in an offset: JavaScript knows offsets only, not what they are. */
const savingOf = (zone: string, offsetAt: OffsetAt, millis: number): number => {
  const offset = offsetAt(millis)
  const sign = winterIsSaving.has(zone) ? -1 : 1
  const isSaving = hasNeighbours(offsetAt, millis, other => (offset - other) * sign > 0)
  if (!isSaving) return 0
  const others = Array.from({ length: 10 }, (_, i) =>
    offsetAt(millis + (i + 1) * 30 * millisPerDay),
  )
  return offset - (sign > 0 ? Math.min(...others) : Math.max(...others))
}

const makeFamily = (zone: string): DstPytz => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  const offsetAt = (millis: number): number => parseOffset(format.format(millis))
  const states = new Map<string, DstPytz>()
  const stateOf = (state: ZoneState): DstPytz => {
    const key = `${state.micros}:${state.dst}:${state.name}`
    const known = states.get(key) ?? new DstPytz(family, state)
    states.set(key, known)
    return known
  }
  const local = offsetAt(firstYear)
  const savings = new Map<string, number>()
  const savingAt = (millis: number, offset: number): number => {
    const key = `${Math.floor(millis / (10 * millisPerDay))}:${offset}`
    const known = savings.get(key) ?? savingOf(zone, offsetAt, millis)
    savings.set(key, known)
    return known
  }
  const at = (millis: number): DstPytz => {
    const offset = offsetAt(millis)
    // Local mean time, before zones; never so odd afterwards.
    if (offset === local && offset % 15 !== 0) {
      return stateOf({ micros: offset * minute, dst: 0, name: 'LMT' })
    }
    const saved = savingAt(millis, offset)
    const isSummer = winterIsSaving.has(zone) ? saved === 0 : saved !== 0
    const name = abbreviation(zone, offset, isSummer)
    return stateOf({ micros: offset * minute, dst: saved * minute, name })
  }
  const family: ZoneFamily = { zone, at }
  return stateOf({ micros: local * minute, dst: 0, name: 'LMT' })
}

const staticZone = (zone: string): PyTzInfo | undefined => {
  const match = /^Etc\/GMT([+-])(\d{1,2})$/.exec(zone)
  if (!match) return undefined
  // Etc/GMT+5 is west of Greenwich.
  const minutes = Number(match[2]) * 60 * (match[1] === '+' ? -1 : 1)
  const name = abbreviation(zone, minutes, false)
  return new FixedPytz({ zone, micros: minutes * minute, name, shown: `<StaticTzInfo '${zone}'>` })
}

const isKnown = (zone: string): boolean => {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** A function that gives each zone once: its states are compared by identity. */
export const zoneCache = (): ((name: string) => PyTzInfo) => {
  const zones = new Map<string, PyTzInfo>()
  return name => {
    if (name.toUpperCase() === 'UTC') return utcZone
    const known = zones.get(name)
    if (known !== undefined) return known
    if (!isKnown(name)) throw new PyError('UnknownTimeZoneError', stringRepr(name))
    const zone = staticZone(name) ?? makeFamily(name)
    zones.set(name, zone)
    return zone
  }
}
