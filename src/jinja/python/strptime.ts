import {
  fromIsoCalendar,
  fromOrdinal,
  toOrdinal,
  weekday as weekdayOf,
  type YearMonthDay,
} from './calendar.ts'
import { PyDateTime } from './datetime-values.ts'
import { PyError } from './py-error.ts'
import { dayNames, monthNames } from './strftime.ts'
import { stringRepr } from './text.ts'
import { FixedTimezone } from './tzinfo.ts'

const valueError = (message: string): PyError => new PyError('ValueError', message)

const short = (names: readonly string[]): string[] => names.map(name => name.slice(0, 3))

const patterns: ReadonlyMap<string, string> = new Map([
  ['a', short(dayNames).join('|')],
  ['A', [...dayNames].sort((a, b) => b.length - a.length).join('|')],
  ['b', short(monthNames).join('|')],
  ['B', [...monthNames].sort((a, b) => b.length - a.length).join('|')],
  ['d', '3[0-1]|[1-2]\\d|0[1-9]|[1-9]| [1-9]'],
  ['f', '\\d{1,6}'],
  ['G', '\\d{4}'],
  ['H', '2[0-3]|[0-1]\\d|\\d'],
  ['I', '1[0-2]|0[1-9]|[1-9]'],
  ['j', '36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]'],
  ['m', '1[0-2]|0[1-9]|[1-9]'],
  ['M', '[0-5]\\d|\\d'],
  ['p', 'am|pm'],
  ['S', '6[0-1]|[0-5]\\d|\\d'],
  ['u', '[1-7]'],
  ['U', '5[0-3]|[0-4]\\d|\\d'],
  ['V', '5[0-3]|0[1-9]|[1-4]\\d|\\d'],
  ['w', '[0-6]'],
  ['W', '5[0-3]|[0-4]\\d|\\d'],
  ['y', '\\d\\d'],
  ['Y', '\\d{4}'],
  ['z', '[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z'],
  ['Z', 'utc|gmt'],
])

const composites: ReadonlyMap<string, string> = new Map([
  ['c', '%a %b %d %H:%M:%S %Y'],
  ['x', '%m/%d/%y'],
  ['X', '%H:%M:%S'],
])

const expand = (format: string): string =>
  format.replace(/%([cxX])/g, (_, code) => composites.get(code) ?? '')

const compile = (format: string): RegExp => {
  const seen = new Set<string>()
  let source = ''
  const text = expand(format)
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i)
    if (/\s/.test(char)) {
      while (/\s/.test(text.charAt(i + 1))) i++
      source += '\\s+'
    } else if (char !== '%') source += char.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')
    else {
      const code = text.charAt(++i)
      if (code === '') throw valueError(`stray % in format '${format}'`)
      if (code === '%') source += '%'
      else {
        const pattern = patterns.get(code)
        if (pattern === undefined) {
          throw valueError(`'${code}' is a bad directive in format '${format}'`)
        }
        if (seen.has(code)) throw new PyError('re.error', `redefinition of group name '${code}'`)
        seen.add(code)
        source += `(?<${code}>${pattern})`
      }
    }
  }
  return new RegExp(`^${source}`, 'i')
}

type Found = Readonly<Record<string, string | undefined>>

const numberOf = (found: Found, code: string): number | undefined => {
  const text = found[code]
  return text === undefined ? undefined : Number(text)
}

const indexIn = (names: readonly string[], text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const lower = text.toLowerCase()
  return names.findIndex(name => name.toLowerCase() === lower)
}

const yearOf = (found: Found): number | undefined => {
  if (found.Y !== undefined) return Number(found.Y)
  const short = numberOf(found, 'y')
  return short === undefined ? undefined : short + (short <= 68 ? 2000 : 1900)
}

// Monday is 0.
const weekdayIn = (found: Found): number | undefined => {
  const named = indexIn(dayNames, found.A) ?? indexIn(short(dayNames), found.a)
  if (named !== undefined) return named
  const sunday = numberOf(found, 'w')
  if (sunday !== undefined) return (sunday + 6) % 7
  const iso = numberOf(found, 'u')
  return iso === undefined ? undefined : iso - 1
}

const hourOf = (found: Found): number => {
  const hour = numberOf(found, 'H')
  const half = numberOf(found, 'I')
  if (half === undefined) return hour ?? 0
  return (half % 12) + (found.p?.toLowerCase() === 'pm' ? 12 : 0)
}

const weekDirectives = "a weekday directive ('%A', '%a', '%w', or '%u')."

const checkIsoWeek = (
  found: Found,
  year: number | undefined,
  weekday: number | undefined,
): void => {
  if (year === undefined && found.G !== undefined) {
    if (found.V === undefined || weekday === undefined) {
      const needs = `the ISO week directive '%V' and ${weekDirectives}`
      throw valueError(`ISO year directive '%G' must be used with ${needs}`)
    }
    if (found.j !== undefined) {
      throw valueError(
        "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.",
      )
    }
  } else if (found.V !== undefined && found.U === undefined && found.W === undefined) {
    throw valueError(
      weekday === undefined
        ? `ISO week directive '%V' must be used with the ISO year directive '%G' and ${weekDirectives}`
        : "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.",
    )
  }
}

// The ordinal of a weekday in a week that is counted from the year's first Sunday or Monday.
const weekOrdinal = (found: Found, year: number, weekday: number): number | undefined => {
  const week = numberOf(found, 'U') ?? numberOf(found, 'W')
  if (week === undefined) return undefined
  const first = toOrdinal({ year, month: 1, day: 1 })
  const shift = found.U === undefined ? 0 : 1
  const start = (weekdayOf(first) + shift) % 7
  const day = (weekday + shift) % 7
  return first + week * 7 + day - start - (start === 0 ? 7 : 0)
}

const dateOf = (found: Found): YearMonthDay => {
  const year = yearOf(found)
  const weekday = weekdayIn(found)
  checkIsoWeek(found, year, weekday)
  const dayOfYear = numberOf(found, 'j')
  if (dayOfYear !== undefined) {
    const month = numberOf(found, 'm')
    const first = toOrdinal({ year: year ?? 1900, month: 1, day: 1 })
    const date = fromOrdinal(first + dayOfYear - 1)
    return month === undefined ? date : { ...date, year: year ?? 1900 }
  }
  if (weekday !== undefined) {
    if (year === undefined && found.G !== undefined) {
      return fromOrdinal(fromIsoCalendar(Number(found.G), Number(found.V), weekday + 1))
    }
    const ordinal = weekOrdinal(found, year ?? 1900, weekday)
    if (ordinal !== undefined) return fromOrdinal(ordinal)
  }
  const named = indexIn(monthNames, found.B) ?? indexIn(short(monthNames), found.b)
  const month = numberOf(found, 'm') ?? (named === undefined ? 1 : named + 1)
  return { year: year ?? 1900, month, day: numberOf(found, 'd') ?? 1 }
}

const zoneOf = (found: Found): FixedTimezone | null => {
  if (found.z === undefined) return null
  const name = found.Z ?? null
  if (found.z === 'Z') return new FixedTimezone(0, name)
  const colons = found.z.split(':').length - 1
  const digits = found.z.slice(1).replaceAll(':', '')
  if (colons === 1 && digits.length > 4) throw valueError(`Inconsistent use of : in ${found.z}`)
  const [whole = '', fraction = ''] = digits.split('.')
  const parts = [whole.slice(0, 2), whole.slice(2, 4), whole.slice(4, 6) || '0'].map(Number)
  const seconds = parts.reduce((total, part) => total * 60 + part, 0)
  const micros = seconds * 1e6 + Number(fraction.padEnd(6, '0'))
  return new FixedTimezone(found.z.startsWith('-') ? -micros : micros, name)
}

/** Python's `datetime.strptime(text, format)`, English names. Throws ValueError. */
export const parseTime = (text: string, format: string): PyDateTime => {
  const match = compile(format).exec(text)
  if (!match) {
    throw valueError(`time data ${stringRepr(text)} does not match format ${stringRepr(format)}`)
  }
  if (match[0].length !== text.length) {
    throw valueError(`unconverted data remains: ${text.slice(match[0].length)}`)
  }
  const found: Found = match.groups ?? {}
  const clock = {
    hour: hourOf(found),
    minute: numberOf(found, 'M') ?? 0,
    second: numberOf(found, 'S') ?? 0,
    microsecond: Number((found.f ?? '').padEnd(6, '0')),
  }
  return new PyDateTime({ ...dateOf(found), ...clock }, zoneOf(found))
}
