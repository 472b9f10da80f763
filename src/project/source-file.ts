/** What a file of the project is, which decides who parses it. */
export type FileKind =
  | 'macro'
  | 'model'
  | 'snapshot'
  | 'analysis'
  | 'singular_test'
  | 'generic_test'
  | 'seed'
  | 'doc'
  | 'property'
  | 'fixture'
  | 'function'

/** One file below a `*-path`. A file can occur under several kinds (a snapshot .sql in `models` …). */
export interface SourceFile {
  readonly kind: FileKind
  /** Relative to the project directory, with forward slashes: `original_file_path`. */
  readonly path: string
  /** The `*-path` it was found under. */
  readonly searchPath: string
  /** Relative to that: `path` of most nodes. */
  readonly relativePath: string
  readonly absolutePath: string
}

/** All files of one project or package. Contents are read when asked for, and not kept. */
export interface ProjectFiles {
  readonly root: string
  /** In dbt's order: by search path, folder by folder. */
  ofKind(kind: FileKind): readonly SourceFile[]
  /** The text as it is on disk. Throws RuntimeError when the file cannot be read. */
  read(file: SourceFile): string
}
