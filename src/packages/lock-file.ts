import { createHash } from 'node:crypto'
import { dump } from 'js-yaml'
import type { PackageEntry } from '../project/packages-file.ts'
import { pythonRepr } from '../project/python-repr.ts'
import {
  isYamlMap,
  YamlDate,
  YamlFloat,
  type YamlMap,
  type YamlValue,
} from '../project/yaml-value.ts'
import type { Pinned } from './pinned.ts'
import type { PackageFacts } from './store.ts'

export const lockFileName = 'package-lock.yml'

/**
 * The fingerprint of the packages asked for; a lock with another one is out of date. The same as
 * dbt's, so that either program takes the lock of the other: a SHA-1 over the sorted entries, each
 * as JSON with dbt's defaults filled in and the unrendered entry beside it.
 */
export const packagesHash = (entries: readonly PackageEntry[]): string =>
  createHash('sha1')
    .update(
      entries
        .map(entry => pythonJson(hashed(entry)))
        .toSorted(byCodePoint)
        .join('\n'),
    )
    .digest('hex')

const hashed = ({ spec, rendered, written }: PackageEntry): YamlMap => {
  const name = typeof rendered.name === 'string' ? { name: rendered.name } : {}
  switch (spec.kind) {
    case 'local':
      return { local: spec.path, ...name, unrendered: written }
    case 'tarball':
      return { tarball: spec.url, name: spec.name, unrendered: written }
    case 'git':
      return {
        git: spec.url,
        revision: rendered.revision ?? null,
        'warn-unpinned': rendered['warn-unpinned'] ?? rendered.warn_unpinned ?? null,
        subdirectory: spec.subdirectory,
        ...name,
        unrendered: written,
      }
    case 'hub':
      return {
        package: spec.package,
        version: rendered.version ?? null,
        install_prerelease: spec.installPrerelease,
        ...name,
        unrendered: written,
      }
  }
}

/** JSON as Python's `json.dumps(…, sort_keys=True)` writes it. */
const pythonJson = (value: YamlValue): string => {
  if (typeof value === 'string') return asciiJson(value)
  if (value instanceof YamlDate) return asciiJson(value.iso)
  if (value instanceof YamlFloat || typeof value === 'number') return pythonRepr(value)
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (!isYamlMap(value)) return String(value)
  const items = Object.entries(value)
    .toSorted(([a], [b]) => byCodePoint(a, b))
    .map(([key, item]) => `${asciiJson(key)}: ${pythonJson(item ?? null)}`)
  return `{${items.join(', ')}}`
}

const asciiJson = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The text of package-lock.yml. `hide` takes secrets out of addresses. */
export const lockText = (
  packages: readonly PackageFacts[],
  hash: string,
  hide: (text: string) => string,
): string =>
  dump(
    {
      packages: packages.map(({ name, pinned }) => ({ ...lockEntry(pinned, hide), name })),
      sha1_hash: hash,
    },
    { sortKeys: true, lineWidth: -1 },
  )

const lockEntry = (
  pinned: Pinned,
  hide: (text: string) => string,
): Readonly<Record<string, string>> => {
  switch (pinned.kind) {
    case 'local':
      return { local: pinned.path }
    case 'tarball':
      return { tarball: hide(pinned.written) }
    case 'git': {
      const { written, revision, subdirectory } = pinned
      return { git: hide(written), revision, ...(subdirectory && { subdirectory }) }
    }
    case 'hub':
      return { package: pinned.package, version: pinned.version }
  }
}

/** The fingerprint in a lock; undefined when there is none. */
export const lockedHash = (lock: YamlValue): string | undefined =>
  isYamlMap(lock) && typeof lock.sha1_hash === 'string' ? lock.sha1_hash : undefined
