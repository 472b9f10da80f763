import { DependencyError } from '../core/errors.ts'
import { pythonRepr } from '../project/python-repr.ts'
import { formatVersionSpec } from '../project/require-version.ts'
import type { Hub } from './hub.ts'
import type { Pinned } from './pinned.ts'
import {
  formatRange,
  highestVersion,
  installableVersions,
  reduceVersions,
  type VersionRange,
} from './version-range.ts'
import type { Wanted } from './wanted.ts'

/** Settles what version is taken. Throws DependencyError in dbt's words. */
export const pin = async (wanted: Wanted, hub: Hub): Promise<Pinned> => {
  switch (wanted.kind) {
    case 'local':
    case 'tarball':
      return wanted
    case 'git': {
      const { revisions, ...rest } = wanted
      return { ...rest, revision: oneRevision(wanted) }
    }
    case 'hub':
      return pinHub(wanted, hub)
  }
}

const oneRevision = (wanted: Wanted & { kind: 'git' }): string => {
  const [first = 'HEAD', ...others] = new Set(wanted.revisions)
  if (others.length === 0) return first
  const name = wanted.subdirectory === null ? wanted.url : `${wanted.url}/${wanted.subdirectory}`
  throw new DependencyError(
    `git dependencies should contain exactly one version. ${name} contains: {${[first, ...others].map(revision => pythonRepr(revision)).join(', ')}}`,
    { code: 'package-conflict' },
  )
}

const pinHub = async (wanted: Wanted & { kind: 'hub' }, hub: Hub): Promise<Pinned> => {
  const { package: name, versions } = wanted
  await hub.mustKnow(name)
  const range = reduceVersions(versions)
  if (!range) {
    throw new DependencyError(
      `Version error for package ${name}: Could not find a satisfactory version from options: ${pythonRepr(versions.map(formatVersionSpec))}`,
      {
        code: 'package-conflict',
        hint: `packages ask for versions of ${name} that exclude each other; loosen one of them`,
      },
    )
  }
  const prereleases =
    wanted.installPrerelease || versions.some(({ version }) => version.prerelease.length > 0)
  const installable = installableVersions(await hub.compatibleVersions(name), prereleases)
  const version = highestVersion(range, installable)
  const latest = installable.at(-1)
  if (version === undefined || latest === undefined)
    throw noVersion(name, range, installable, hub.versionCheck)
  return { kind: 'hub', package: name, version, latest }
}

const noVersion = (
  name: string,
  range: VersionRange,
  installable: readonly string[],
  versionCheck: boolean,
): DependencyError => {
  const notShown = versionCheck
    ? "\n  Not shown: package versions incompatible with installed version of dbt-core\n  To include them, run 'dbt --no-version-check deps'"
    : ''
  return new DependencyError(
    `Could not find a matching compatible version for package ${name}\n  Requested range: ${formatRange(range)}\n  Compatible versions: ${pythonRepr(installable)}\n${notShown}`,
    { code: 'package-version-not-found' },
  )
}
