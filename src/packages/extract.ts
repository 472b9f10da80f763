import { mkdirSync } from 'node:fs'
import { posix } from 'node:path'
import { extract, list } from 'tar'
import { DependencyError } from '../core/errors.ts'

/**
 * Unpacks a .tar.gz into a new folder. Nothing is written when an entry or a link leads out of it.
 * Throws DependencyError on such an archive and on what is no archive.
 */
export const extractArchive = async (file: string, into: string, source: string): Promise<void> => {
  const refuse = (why: string, cause?: unknown): never => {
    throw new DependencyError(`The archive of ${source} cannot be unpacked: ${why}`, {
      code: 'package-archive',
      cause,
    })
  }
  const outside: string[] = []
  let entries = 0
  try {
    await list({
      file,
      strict: true,
      onReadEntry: ({ path, type, linkpath }) => {
        entries++
        if (leadsOut(path, type, linkpath)) outside.push(path)
      },
    })
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error), error)
  }
  if (entries === 0) refuse('it is empty or no .tar.gz')
  if (outside.length > 0) refuse(`${outside[0]} leads out of the package`)
  mkdirSync(into, { recursive: true })
  try {
    await extract({ file, cwd: into, strict: true, preservePaths: false, noChmod: true })
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error), error)
  }
}

/** Links of an archive are relative to their own place, hard ones to the archive's root. */
const leadsOut = (path: string, type: string, linkpath: string | undefined): boolean => {
  if (isOutside(path)) return true
  if (linkpath === undefined || (type !== 'SymbolicLink' && type !== 'Link')) return false
  if (isAbsolute(linkpath)) return true
  return isOutside(type === 'Link' ? linkpath : posix.join(posix.dirname(path), linkpath))
}

const isAbsolute = (path: string): boolean => /^([/\\]|[A-Za-z]:)/.test(path)

const isOutside = (path: string): boolean => {
  const plain = posix.normalize(path.replaceAll('\\', '/'))
  return isAbsolute(plain) || plain === '..' || plain.startsWith('../')
}
