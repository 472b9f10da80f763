import type { DirectoryEntry, FileSystem } from '../../src/core/file-system.ts'

/** A file system of plain values: absolute paths to texts. Writes change a copy of its own. */
export const memoryFiles = (given: Readonly<Record<string, string>>): FileSystem => {
  const files = new Map(Object.entries(given))
  const isFolder = (path: string) => [...files.keys()].some(file => file.startsWith(`${path}/`))
  return {
    readText: path => files.get(path),
    readBytes: path => (files.has(path) ? Buffer.from(files.get(path) ?? '') : undefined),
    stat: path => {
      const text = files.get(path)
      if (text !== undefined) return { kind: 'file', mtimeMs: 0, size: text.length }
      return isFolder(path) ? { kind: 'directory', mtimeMs: 0, size: 0 } : undefined
    },
    list: written => {
      const path = written.replace(/\/$/, '')
      const entries = new Map<string, DirectoryEntry>()
      for (const file of files.keys()) {
        if (!file.startsWith(`${path}/`)) continue
        const [name = '', ...below] = file.slice(path.length + 1).split('/')
        entries.set(name, { name, kind: below.length > 0 ? 'directory' : 'file' })
      }
      return [...entries.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
    },
    writeText: (path, text) => void files.set(path, text),
    remove: path => {
      for (const file of files.keys())
        if (file === path || file.startsWith(`${path}/`)) files.delete(file)
    },
  }
}
