import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { DirectoryEntry, FileSystem } from '../core/file-system.ts'

/** The disk, as `FileSystem` wants it. */
export const nodeFiles: FileSystem = {
  readText: path => orUndefined(() => readFileSync(path, 'utf8')),
  readBytes: path => orUndefined(() => readFileSync(path)),
  stat: path =>
    orUndefined(() => {
      const found = statSync(path)
      const kind = found.isDirectory() ? 'directory' : 'file'
      return { kind, mtimeMs: found.mtimeMs, changedMs: found.ctimeMs, size: found.size } as const
    }),
  list: path =>
    (orUndefined(() => readdirSync(path, { withFileTypes: true })) ?? [])
      .flatMap((entry): readonly DirectoryEntry[] => {
        const kind = entry.isSymbolicLink() ? kindOfLink(join(path, entry.name)) : kindOf(entry)
        return kind === undefined ? [] : [{ name: entry.name, kind }]
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  writeText: (path, text) => {
    mkdirSync(dirname(path), { recursive: true })
    const staged = `${path}.${process.pid}.tmp`
    try {
      writeFileSync(staged, text)
      renameSync(staged, path)
    } catch (error) {
      rmSync(staged, { force: true })
      throw error
    }
  },
  remove: path => rmSync(path, { recursive: true, force: true }),
}

const kindOf = (entry: {
  isDirectory(): boolean
  isFile(): boolean
}): DirectoryEntry['kind'] | undefined =>
  entry.isDirectory() ? 'directory' : entry.isFile() ? 'file' : undefined

const kindOfLink = (path: string): DirectoryEntry['kind'] | undefined =>
  orUndefined(() => kindOf(statSync(path)))

/** Missing files are an answer; anything else that keeps a file from being read is an error. */
const orUndefined = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw error
  }
}
