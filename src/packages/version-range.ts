import {
  compareVersions,
  formatVersionSpec,
  parseVersionSpec,
  type VersionSpec,
} from '../project/require-version.ts'

/** What is left of several requirements: a lower and an upper bound; the same exact version twice. */
export interface VersionRange {
  readonly start: VersionSpec | undefined
  readonly end: VersionSpec | undefined
}

/** The versions that meet all requirements, as dbt narrows them; undefined when none can. */
export const reduceVersions = (specs: readonly VersionSpec[]): VersionRange | undefined => {
  // dbt begins with the last one; it shows where two bounds are equal.
  const ordered = [...specs.slice(-1), ...specs.slice(0, -1)]
  let range: VersionRange | undefined = { start: undefined, end: undefined }
  for (const spec of ordered) range = range && narrow(range, rangeOf(spec))
  return range
}

/** As dbt writes a range: `>=1.0.0, <2.0.0`, or ANY. */
export const formatRange = ({ start, end }: VersionRange): string => {
  const bounds = [start, end].filter(bound => bound !== undefined)
  return bounds.length === 0 ? 'ANY' : bounds.map(formatVersionSpec).join(', ')
}

/** The highest of the versions that lie in the range, as it was written. */
export const highestVersion = (
  range: VersionRange,
  versions: readonly string[],
): string | undefined => {
  let best: { readonly text: string; readonly spec: VersionSpec } | undefined
  for (const text of versions) {
    const spec = parseVersionSpec(text)
    if (!spec) continue
    const bounds = [spec, range.start, range.end].filter(bound => bound !== undefined)
    if (!reduceVersions(bounds)) continue
    if (!best || compareSpecs(best.spec, spec) < 0) best = { text, spec }
  }
  return best?.text
}

/** The versions, lowest first; pre-releases only when they are wanted. What is no version is left out. */
export const installableVersions = (
  versions: readonly string[],
  prereleases: boolean,
): readonly string[] =>
  versions
    .flatMap(text => {
      const spec = parseVersionSpec(text)
      return spec && (prereleases || spec.version.prerelease.length === 0) ? [{ text, spec }] : []
    })
    .toSorted((a, b) => compareSpecs(a.spec, b.spec))
    .map(({ text }) => text)

const rangeOf = (spec: VersionSpec): VersionRange => ({
  start: spec.matcher === '=' || isLower(spec) ? spec : undefined,
  end: spec.matcher === '=' || isUpper(spec) ? spec : undefined,
})

const isLower = ({ matcher }: VersionSpec): boolean => matcher === '>' || matcher === '>='
const isUpper = ({ matcher }: VersionSpec): boolean => matcher === '<' || matcher === '<='

const narrow = (a: VersionRange, b: VersionRange): VersionRange | undefined => {
  if (a.start?.matcher === '=' && b.start?.matcher === '=')
    return compareSpecs(a.start, b.start) === 0 ? { start: a.start, end: a.start } : undefined
  const start = tighter(a.start, b.start, 1)
  const end = tighter(a.end, b.end, -1)
  if (start === 'none' || end === 'none') return undefined
  if (start && end && compareSpecs(start, end) > 0) return undefined
  return { start, end }
}

/** The stricter of two bounds of one side: the higher lower one (1), the lower upper one (-1). */
const tighter = (
  a: VersionSpec | undefined,
  b: VersionSpec | undefined,
  side: 1 | -1,
): VersionSpec | undefined | 'none' => {
  if (!a || !b) return a ?? b
  if (a.matcher === '=') return within(b, a, side)
  if (b.matcher === '=') return within(a, b, side)
  return side * compareSpecs(a, b) < 0 ? b : a
}

const within = (bound: VersionSpec, exact: VersionSpec, side: 1 | -1): VersionSpec | 'none' => {
  const order = side * compareSpecs(bound, exact)
  const inclusive = bound.matcher === '>=' || bound.matcher === '<='
  return order < 0 || (order === 0 && inclusive) ? exact : 'none'
}

/** Orders bounds: at one version, `<` ends before `<=`, and `>` begins behind `>=`. */
const compareSpecs = (a: VersionSpec, b: VersionSpec): number => {
  // A release as upper bound shuts out its own pre-releases, which come before it otherwise.
  if (a.matcher === '<' && isPrereleaseOf(b, a)) return -1
  const order = compareVersions(a.version, b.version)
  if (order !== 0) return order
  return rank(a, b)
}

const isPrereleaseOf = (spec: VersionSpec, release: VersionSpec): boolean =>
  release.version.prerelease.length === 0 &&
  spec.version.prerelease.length > 0 &&
  spec.version.numbers.every((part, index) => part === release.version.numbers[index])

const rank = (a: VersionSpec, b: VersionSpec): number => {
  const [left, right] = [a.matcher, b.matcher]
  if ((left === '>=' && right === '<=') || (left === '<=' && right === '>=')) return 0
  if (left === '<' && right === '<=') return -1
  if (left === '>=' && right === '>') return -1
  if (left === '<=' && right === '<') return 1
  if (left === '>' && right === '>=') return 1
  if (isUpper(a) && isLower(b)) return -1
  return isLower(a) && isUpper(b) ? 1 : 0
}
