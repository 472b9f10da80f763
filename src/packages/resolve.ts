import { DependencyError } from '../core/errors.ts'
import type { PackageEntry } from '../project/packages-file.ts'
import type { Hub } from './hub.ts'
import { pin } from './pin.ts'
import type { PackageFacts, PackageStore } from './store.ts'
import { findWanted, type Listing, wantedPackage, withWanted } from './wanted.ts'

export interface ResolveTools {
  readonly hub: Hub
  readonly store: Pick<PackageStore, 'facts'>
}

const listingOf = (entries: readonly PackageEntry[]): Listing =>
  entries.map(wantedPackage).reduce(withWanted, new Map() as Listing)

/**
 * All packages a project needs, those that its packages need among them, each at one version.
 * As dbt does it: round by round, a version being chosen by what has been asked so far.
 * Throws DependencyError when requests contradict each other.
 */
export const resolvePackages = async (
  entries: readonly PackageEntry[],
  projectName: string,
  { hub, store }: ResolveTools,
): Promise<readonly PackageFacts[]> => {
  let pending = listingOf(entries)
  let all: Listing = new Map()
  // Packages that need each other would go on asking for what is known already.
  const asked = new Set<string>()
  while (pending.size > 0) {
    let next: Listing = new Map()
    for (const wanted of pending.values()) {
      all = withWanted(all, wanted)
      const pinned = await pin(findWanted(all, wanted) ?? wanted, hub)
      const key = JSON.stringify([wanted, pinned])
      if (asked.has(key)) continue
      asked.add(key)
      const { packages } = await store.facts(pinned)
      next = packages.map(wantedPackage).reduce(withWanted, next)
    }
    pending = next
  }
  const facts: PackageFacts[] = []
  for (const wanted of all.values()) facts.push(await store.facts(await pin(wanted, hub)))
  refuseDuplicates(facts, projectName)
  return facts
}

/** The packages of a lock: each with its version, none is looked into for more. */
export const pinLocked = async (entries: readonly PackageEntry[], hub: Hub) =>
  Promise.all([...listingOf(entries).values()].map(wanted => pin(wanted, hub)))

const refuseDuplicates = (facts: readonly PackageFacts[], projectName: string): void => {
  const seen = new Set<string>()
  for (const { name } of facts) {
    if (seen.has(name))
      throw new DependencyError(
        `Found duplicate project "${name}". This occurs when a dependency has the same project name as some other dependency.`,
        { code: 'duplicate-package' },
      )
    if (name === projectName)
      throw new DependencyError(
        `Found a dependency with the same name as the root project "${name}". Package names must be unique in a project. Please rename one of these packages.`,
        { code: 'duplicate-package' },
      )
    seen.add(name)
  }
}
