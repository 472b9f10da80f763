import { readdirSync, readlinkSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { DependencyError } from '../core/errors.ts'

/** Throws DependencyError when a link in a fetched package leads out of it. */
export const refuseOutwardLinks = (folder: string, source: string): void => {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const target = readlinkSync(path)
    if (isAbsolute(target) || !isInside(folder, resolve(dirname(path), target)))
      throw new DependencyError(
        `${source} cannot be installed: ${relative(folder, path)} is a link that leads out of the package`,
        { code: 'package-archive' },
      )
  }
}

/** Whether a path is a folder itself or lies in it. */
export const isInside = (folder: string, path: string): boolean => {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${'/'}`) && !way.startsWith('..\\') && !isAbsolute(way)
}
