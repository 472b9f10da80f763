import { intArgument } from './arguments.ts'
import { ClassObject } from './class-object.ts'
import { hostFunction } from './host-function.ts'
import { LazyDict } from './lazy-dict.ts'
import { PyError } from './py-error.ts'
import { fixedOffset, utcZone, zoneCache } from './pytz-zones.ts'
import { toRepr } from './text.ts'
import { type PyDict, PySet, type Value } from './values.ts'
import { listedZones } from './zone-names.ts'

const allZones = (): string[] => {
  const offsets = Array.from({ length: 12 }, (_, i) => [`Etc/GMT+${i + 1}`, `Etc/GMT-${i + 1}`])
  const names = [...Intl.supportedValuesOf('timeZone'), ...listedZones, ...offsets.flat()]
  return [...new Set(names)].sort()
}

const regions =
  /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\//

const commonZones = (): string[] =>
  allZones().filter(
    name => regions.test(name) || /^(Canada|US)\//.test(name) || /^(GMT|UTC)$/.test(name),
  )

// pytz finds zones whatever their case.
const zoneFinder = () => {
  const find = zoneCache()
  const byLower = new Map(allZones().map(name => [name.toLowerCase(), name]))
  return (name: Value): Value => {
    if (typeof name !== 'string') throw new PyError('UnknownTimeZoneError', toRepr(name))
    return find(byLower.get(name.toLowerCase()) ?? name)
  }
}

const errorClass = (name: string): Value =>
  new ClassObject({
    name: `pytz.exceptions.${name}`,
    construct: hostFunction(name, '*args', () => {
      throw new PyError('TypeError', `${name} cannot be made by a template`)
    }),
    members: {},
  })

/** `modules.pytz`. Zones come from the JavaScript engine's database. */
export const pytzModule = (): PyDict => {
  const members: Record<string, () => Value> = {
    timezone: () => hostFunction('timezone', 'zone', zoneFinder()),
    utc: () => utcZone,
    FixedOffset: () =>
      hostFunction('FixedOffset', 'offset', (minutes: Value) => fixedOffset(intArgument(minutes))),
    all_timezones: allZones,
    all_timezones_set: () => new PySet(allZones()),
    common_timezones: commonZones,
    common_timezones_set: () => new PySet(commonZones()),
    AmbiguousTimeError: () => errorClass('AmbiguousTimeError'),
    InvalidTimeError: () => errorClass('InvalidTimeError'),
    NonExistentTimeError: () => errorClass('NonExistentTimeError'),
    UnknownTimeZoneError: () => errorClass('UnknownTimeZoneError'),
  }
  return new LazyDict(members, make => (make as () => Value)())
}
