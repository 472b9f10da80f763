import type { FileStat, FileSystem } from '../../core/file-system.ts'
import type { FileKind, ProjectFiles, SourceFile } from '../../project/source-file.ts'
import type { PackageFiles } from '../project-sources.ts'
import { textHash } from './fingerprint.ts'

/** The kinds of files that a manifest is made from. */
const parsedKinds: readonly FileKind[] = [
  'macro',
  'generic_test',
  'doc',
  'model',
  'analysis',
  'singular_test',
  'snapshot',
  'seed',
  'property',
]

/** Seeds above this size are known by their path alone, as in dbt. */
const largestHashed = 1024 * 1024

/** A file as it was: kind, path, then what `stat` said (zeros when that says nothing), its hash. */
export type FileState = readonly [
  kind: FileKind,
  path: string,
  size: number,
  mtimeMs: number,
  changedMs: number,
  hash: string,
]

/** The files of one package, in the order in which they are found. */
export interface PackageStates {
  readonly name: string
  readonly root: string
  readonly files: readonly FileState[]
}

/** A file whose text is another one now. */
export interface ChangedFile {
  readonly packageName: string
  readonly file: SourceFile
}

export interface Comparison {
  readonly changed: readonly ChangedFile[]
  /** As the files are now. */
  readonly packages: readonly PackageStates[]
  /** How many files had to be read to find out. */
  readonly looked: number
}

const isLargeSeed = (file: SourceFile, size: number): boolean =>
  file.kind === 'seed' && size > largestHashed

// A change within this time of another one may leave no trace in the times of a file.
const racyMs = 2000

const stateOf = (
  file: SourceFile,
  stat: FileStat | undefined,
  hash: string,
  nowMs: number,
): FileState => {
  const changed = stat?.changedMs
  return stat === undefined || changed === undefined || changed > nowMs - racyMs
    ? [file.kind, file.path, 0, 0, 0, hash]
    : [file.kind, file.path, stat.size, stat.mtimeMs, changed, hash]
}

const parsedFiles = (files: ProjectFiles): readonly SourceFile[] =>
  parsedKinds.flatMap(kind => files.ofKind(kind))

/**
 * Takes note of all files of a project before they are parsed. What `read` of the given packages
 * gives is hashed on the way, so that nothing is read twice.
 */
export const watchFiles = (
  fs: FileSystem,
  listed: readonly PackageFiles[],
  nowMs: number,
): {
  readonly packages: readonly PackageFiles[]
  readonly states: () => readonly PackageStates[]
} => {
  const hashes = new Map<string, string>()
  const read = (files: ProjectFiles, file: SourceFile): string => {
    const text = files.read(file)
    hashes.set(file.absolutePath, textHash(text))
    return text
  }
  const stats = new Map<string, FileStat | undefined>()
  for (const { files } of listed)
    for (const { absolutePath } of parsedFiles(files))
      stats.set(absolutePath, fs.stat(absolutePath))
  return {
    packages: listed.map(({ config, files }) => ({
      config,
      files: { root: files.root, ofKind: files.ofKind, read: file => read(files, file) },
    })),
    states: () =>
      listed.map(({ config, files }) => ({
        name: config.name,
        root: files.root,
        files: parsedFiles(files).map(file => {
          const stat = stats.get(file.absolutePath)
          const hash = isLargeSeed(file, stat?.size ?? 0)
            ? 'large'
            : (hashes.get(file.absolutePath) ?? textHash(files.read(file)))
          return stateOf(file, stat, hash, nowMs)
        }),
      })),
  }
}

/**
 * What changed since the files were noted; undefined when files came, went or moved. A file whose
 * size and times are the same is the same; any other is read and its hash compared.
 */
export const compareFiles = (
  fs: FileSystem,
  listed: readonly PackageFiles[],
  before: readonly PackageStates[],
  nowMs: number,
): Comparison | undefined => {
  if (listed.length !== before.length) return undefined
  const changed: ChangedFile[] = []
  const packages: PackageStates[] = []
  let looked = 0
  for (const [i, { config, files }] of listed.entries()) {
    const { name } = config
    const known = before[i]
    const found = parsedFiles(files)
    if (!known || known.name !== name || known.root !== files.root) return undefined
    if (known.files.length !== found.length) return undefined
    const states: FileState[] = []
    for (const [j, file] of found.entries()) {
      const state = known.files[j]!
      if (state[0] !== file.kind || state[1] !== file.path) return undefined
      const stat = fs.stat(file.absolutePath)
      if (isSame(state, stat)) {
        states.push(state)
        continue
      }
      looked++
      const hash = isLargeSeed(file, stat?.size ?? 0) ? 'large' : textHash(files.read(file))
      if (hash !== state[5]) changed.push({ packageName: name, file })
      states.push(stateOf(file, stat, hash, nowMs))
    }
    packages.push({ name, root: files.root, files: states })
  }
  return { changed, packages, looked }
}

const isSame = (state: FileState, stat: FileStat | undefined): boolean =>
  stat !== undefined &&
  state[4] !== 0 &&
  stat.size === state[2] &&
  stat.mtimeMs === state[3] &&
  stat.changedMs === state[4]
