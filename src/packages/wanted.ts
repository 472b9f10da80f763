import { DependencyError } from '../core/errors.ts'
import type { PackageEntry } from '../project/packages-file.ts'
import { parseVersionSpec, type VersionSpec } from '../project/require-version.ts'

/** A package that somebody asks for; requests for the same one are put together. */
export type Wanted =
  | { readonly kind: 'local'; readonly path: string }
  | {
      readonly kind: 'tarball'
      readonly url: string
      /** Before rendering: what the lock may show. */
      readonly written: string
      readonly name: string
    }
  | {
      readonly kind: 'git'
      readonly url: string
      readonly written: string
      readonly revisions: readonly string[]
      readonly subdirectory: string | null
      readonly warnUnpinned: boolean
    }
  | {
      readonly kind: 'hub'
      readonly package: string
      readonly versions: readonly VersionSpec[]
      readonly installPrerelease: boolean
    }

/** An entry of packages.yml as a request. Throws DependencyError on a version that is none. */
export const wantedPackage = ({ spec, written }: PackageEntry): Wanted => {
  switch (spec.kind) {
    case 'local':
      return { kind: 'local', path: spec.path }
    case 'tarball':
      return {
        kind: 'tarball',
        url: spec.url,
        written: textOr(written.tarball, spec.url),
        name: spec.name,
      }
    case 'git':
      return {
        kind: 'git',
        url: spec.url,
        written: textOr(written.git, spec.url),
        revisions: spec.revision === null ? [] : [spec.revision],
        subdirectory: spec.subdirectory,
        warnUnpinned: spec.warnUnpinned,
      }
    case 'hub':
      return {
        kind: 'hub',
        package: spec.package,
        versions: spec.versions.map(text => versionSpec(spec.package, text)),
        installPrerelease: spec.installPrerelease,
      }
  }
}

const textOr = (value: unknown, fallback: string): string =>
  typeof value === 'string' ? value : fallback

const versionSpec = (name: string, text: string): VersionSpec => {
  const spec = parseVersionSpec(text)
  if (spec) return spec
  throw new DependencyError(`"${text}" is not a valid semantic version.`, {
    code: 'package-version-invalid',
    hint: `give the version of ${name} in full, in quotes: "1.2.0", or [">=1.2.0", "<2.0.0"]`,
  })
}

/** What requests for a package are told apart by: hub name, address, path. */
const keyOf = (wanted: Wanted): string => {
  switch (wanted.kind) {
    case 'local':
      return wanted.path
    case 'tarball':
      return wanted.url
    case 'git':
      return gitKey(wanted.url, wanted.subdirectory)
    case 'hub':
      return wanted.package
  }
}

const gitKey = (url: string, subdirectory: string | null): string =>
  subdirectory === null ? url : `${url}/${subdirectory}`

/** A git address means the same with and without `.git`. */
const keysOf = (wanted: Wanted): readonly string[] => {
  if (wanted.kind !== 'git') return [keyOf(wanted)]
  const other = wanted.url.endsWith('.git') ? wanted.url.slice(0, -4) : `${wanted.url}.git`
  return [keyOf(wanted), gitKey(other, wanted.subdirectory)]
}

/** Requests in the order they came first, by key. */
export type Listing = ReadonlyMap<string, Wanted>

/** The request for the same package in a listing. */
export const findWanted = (listing: Listing, wanted: Wanted): Wanted | undefined =>
  keysOf(wanted)
    .map(key => listing.get(key))
    .find(known => known !== undefined)

/** A listing with one more request. Throws DependencyError when two ask for different things. */
export const withWanted = (listing: Listing, wanted: Wanted): Listing => {
  const key = keysOf(wanted).find(name => listing.has(name)) ?? keyOf(wanted)
  const known = listing.get(key)
  return new Map(listing).set(key, known ? together(known, wanted) : wanted)
}

const together = (known: Wanted, wanted: Wanted): Wanted => {
  if (known.kind === 'git' && wanted.kind === 'git') {
    return {
      ...known,
      revisions: [...known.revisions, ...wanted.revisions],
      warnUnpinned: known.warnUnpinned && wanted.warnUnpinned,
    }
  }
  if (known.kind === 'hub' && wanted.kind === 'hub')
    return { ...known, versions: [...known.versions, ...wanted.versions] }
  if (known.kind === wanted.kind) return known
  throw new DependencyError(
    `Cannot incorporate ${keyOf(wanted)} (${wanted.kind}) in ${keyOf(known)} (${known.kind}): mismatched types`,
    { code: 'package-conflict' },
  )
}
