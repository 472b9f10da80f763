import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DependencyError } from '../core/errors.ts'
import { isInside } from './outward-links.ts'

/** A folder that packages are put into, to take the place of dbt_packages when all are there. */
export interface Staging {
  /** Local packages become links, as in dbt; where links are not allowed, copies. */
  readonly add: (name: string, folder: string, kind: 'link' | 'move') => void
  /** Puts the new packages in the place of the old ones. */
  readonly commit: () => void
  /** Removes what is left; after a commit nothing is. */
  readonly discard: () => void
}

/**
 * Begins an installation beside the folder it will replace, so that a failure leaves the old
 * packages as they are.
 * @param installPath absolute path of dbt_packages
 */
export const stageInstall = (installPath: string): Staging => {
  // dbt_packages may itself be a link; what it leads to is replaced.
  const live = existsSync(installPath) ? realpathSync(installPath) : installPath
  mkdirSync(dirname(live), { recursive: true })
  const work = mkdtempSync(join(dirname(live), `.${basename(live)}-`))
  const staged = join(work, 'new')
  mkdirSync(staged)
  return {
    add: (name, folder, kind) => {
      const place = join(staged, name)
      if (name === '' || place === staged || !isInside(staged, place) || basename(place) !== name)
        throw new DependencyError(
          `Invalid package name '${name}': resolves outside of the packages-install-path ('${basename(live)}')`,
          { code: 'package-name' },
        )
      if (kind === 'link') linkOrCopy(folder, place)
      else moveFolder(folder, place)
    },
    commit: () => {
      if (existsSync(live)) renameSync(live, join(work, 'old'))
      renameSync(staged, live)
    },
    discard: () => rmSync(work, { recursive: true, force: true }),
  }
}

const linkOrCopy = (folder: string, place: string): void => {
  try {
    symlinkSync(folder, place, 'dir')
  } catch {
    cpSync(folder, place, { recursive: true })
  }
}

/** Downloads may lie on another disk. */
const moveFolder = (folder: string, place: string): void => {
  try {
    renameSync(folder, place)
  } catch {
    cpSync(folder, place, { recursive: true, verbatimSymlinks: true })
  }
}
