/** One comparison of a `require-dbt-version` or of a package's `version`: `>=1.3.0`. */
export interface VersionSpec {
  readonly matcher: '>=' | '>' | '<' | '<=' | '='
  readonly version: Version
}

/** Major, minor, patch, and the parts of a pre-release (empty for a release). */
export interface Version {
  readonly numbers: readonly [number, number, number]
  readonly prerelease: readonly (number | string)[]
}

const pattern =
  /^(>=|>|<=|<|=)?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-?((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+[0-9A-Za-z-]*(?:\.[0-9A-Za-z-]*)*)?$/

/** Parses `>=1.3.0`; undefined when it is no version (dbt: `"x" is not a valid semantic version.`). */
export const parseVersionSpec = (text: string): VersionSpec | undefined => {
  const match = pattern.exec(text)
  if (!match) return undefined
  const [, matcher = '=', major, minor, patch, prerelease] = match
  return {
    matcher: matcher as VersionSpec['matcher'],
    version: {
      numbers: [Number(major), Number(minor), Number(patch)],
      prerelease: (prerelease?.split('.') ?? []).map(part =>
        /^\d+$/.test(part) ? Number(part) : part,
      ),
    },
  }
}

/** The spec as dbt writes it: the matcher is always there. */
export const formatVersionSpec = ({ matcher, version }: VersionSpec): string => {
  const prerelease = version.prerelease.length > 0 ? `-${version.prerelease.join('.')}` : ''
  return `${matcher}${version.numbers.join('.')}${prerelease}`
}

/** Less than, equal to or greater than zero, by semantic versioning. */
export const compareVersions = (a: Version, b: Version): number => {
  for (const index of [0, 1, 2] as const) {
    const difference = a.numbers[index] - b.numbers[index]
    if (difference !== 0) return difference
  }
  return comparePrerelease(a.prerelease, b.prerelease)
}

const comparePrerelease = (a: Version['prerelease'], b: Version['prerelease']): number => {
  // A release comes after its pre-releases.
  if (a.length === 0 || b.length === 0) return Number(a.length === 0) - Number(b.length === 0)
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [left, right] = [a[i] ?? 0, b[i] ?? 0]
    if (left === right) continue
    if (typeof left === typeof right) return left < right ? -1 : 1
    return typeof left === 'number' ? -1 : 1
  }
  return a.length - b.length
}

/** Whether a version meets every spec. */
export const satisfies = (version: Version, specs: readonly VersionSpec[]): boolean =>
  specs.every(spec => meets(version, spec))

const meets = (version: Version, spec: VersionSpec): boolean => {
  const order = compareVersions(version, spec.version)
  switch (spec.matcher) {
    case '=':
      return order === 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '<':
      // Not even a pre-release of the bound: 2.0.0-beta is not below 2.0.0.
      return order < 0 && !isPrereleaseOf(version, spec.version)
    case '<=':
      return order <= 0
  }
}

const isPrereleaseOf = (version: Version, release: Version): boolean =>
  release.prerelease.length === 0 &&
  version.prerelease.length > 0 &&
  version.numbers.every((part, index) => part === release.numbers[index])

/** Whether some version can meet every spec. */
export const isSatisfiable = (specs: readonly VersionSpec[]): boolean => {
  const exact = specs.find(spec => spec.matcher === '=')
  if (exact) return satisfies(exact.version, specs)
  const lower = tightest(specs, '>', 1)
  const upper = tightest(specs, '<', -1)
  if (!lower || !upper) return true
  const order = compareVersions(lower.version, upper.version)
  return order < 0 || (order === 0 && lower.matcher === '>=' && upper.matcher === '<=')
}

/** The bound of one side that leaves the least room; a strict one at equal versions. */
const tightest = (
  specs: readonly VersionSpec[],
  side: '<' | '>',
  sign: 1 | -1,
): VersionSpec | undefined =>
  specs
    .filter(spec => spec.matcher.startsWith(side))
    .toSorted((a, b) => {
      const order = sign * compareVersions(b.version, a.version)
      return order === 0 ? a.matcher.length - b.matcher.length : order
    })
    .at(0)
