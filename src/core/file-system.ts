/**
 * The files navo reads and writes, passed in so that everything else can be tested with plain
 * values. Paths are absolute. Every read of a missing file gives undefined; every write is atomic
 * (written aside, then renamed) and makes its folders.
 */
export interface FileSystem {
  readText(path: string): string | undefined
  readBytes(path: string): Uint8Array | undefined
  /** Times in milliseconds since the epoch, size in bytes and kind; undefined when missing. */
  stat(path: string): FileStat | undefined
  /** Entry names of a folder, sorted; empty when it is missing. */
  list(path: string): readonly DirectoryEntry[]
  writeText(path: string, text: string): void
  /** Removes a file or a folder with all it holds; a missing path is no error. */
  remove(path: string): void
}

export interface FileStat {
  readonly kind: 'file' | 'directory'
  readonly mtimeMs: number
  /** When anything of it changed last, name and times included; absent where that is not known. */
  readonly changedMs?: number
  readonly size: number
}

export interface DirectoryEntry {
  readonly name: string
  readonly kind: 'file' | 'directory'
}
