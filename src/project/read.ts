import { RuntimeError } from '../core/errors.ts'
import type { FileSystem } from '../core/file-system.ts'
import { type IgnoreRule, parseIgnore } from './ignore.ts'
import type { ProjectConfig } from './project-config.ts'
import type { FileKind, ProjectFiles, SourceFile } from './source-file.ts'

/** The part of a project file that says where files lie. */
export type ProjectPaths = Pick<
  ProjectConfig,
  | 'root'
  | 'modelPaths'
  | 'seedPaths'
  | 'testPaths'
  | 'analysisPaths'
  | 'macroPaths'
  | 'snapshotPaths'
  | 'functionPaths'
  | 'docsPaths'
>

/**
 * The files of one project or package, found by dbt's rules: below the paths of the project file,
 * by extension (in any case), without names that begin with `.`, `#` or `~`, without what
 * `.dbtignore` names. Folders are walked once, at the first question; nothing is read before.
 */
export const projectFiles = (fs: FileSystem, paths: ProjectPaths): ProjectFiles => {
  const walked = new Map<string, readonly FoundFile[]>()
  const byKind = new Map<FileKind, readonly SourceFile[]>()
  const ignoreText = fs.readText(join(paths.root, '.dbtignore'))
  const ignored = ignoreText === undefined ? undefined : parseIgnore(ignoreText)
  const walkOnce = (searchPath: string): readonly FoundFile[] => {
    const known = walked.get(searchPath)
    if (known) return known
    const found = walk(fs, paths.root, searchPath, ignored)
    walked.set(searchPath, found)
    return found
  }
  return {
    root: paths.root,
    ofKind: kind => {
      const known = byKind.get(kind)
      if (known) return known
      const files = listKind(kind, paths, walkOnce)
      byKind.set(kind, files)
      return files
    },
    read: file => {
      const text = fs.readText(file.absolutePath)
      if (text === undefined) {
        throw new RuntimeError(`Could not read the file ${file.path}`, {
          at: { file: file.path, line: 1, column: 1 },
          code: 'unreadable-file',
        })
      }
      const bad = text.indexOf('\uFFFD')
      if (bad >= 0) throw notUtf8(file, text, bad)
      return text
    },
  }
}

/** What is not UTF-8 reads as U+FFFD; built on, it would end as wrong data in a table. */
const notUtf8 = (file: SourceFile, text: string, at: number): RuntimeError => {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  return new RuntimeError(`The file ${file.path} is not valid UTF-8`, {
    at: { file: file.path, line, column: at - before.lastIndexOf('\n') },
    hint: 'save it as UTF-8',
    code: 'unreadable-file',
  })
}

interface FoundFile {
  readonly name: string
  readonly relativePath: string
}

const walk = (
  fs: FileSystem,
  root: string,
  searchPath: string,
  ignored: IgnoreRule | undefined,
): readonly FoundFile[] => {
  const found: FoundFile[] = []
  const visit = (folder: string, prefix: string): void => {
    for (const entry of fs.list(folder)) {
      const relativePath = prefix + entry.name
      if (entry.kind === 'directory') visit(join(folder, entry.name), `${relativePath}/`)
      else if (!/^[.#~]/.test(entry.name) && !ignored?.(join(searchPath, relativePath)))
        found.push({ name: entry.name, relativePath })
    }
  }
  visit(join(root, searchPath), '')
  return found
}

const extensions: Readonly<Record<FileKind, RegExp>> = {
  macro: /.\.sql$/i,
  model: /.\.(?:sql|py)$/i,
  snapshot: /.\.sql$/i,
  analysis: /.\.sql$/i,
  singular_test: /.\.sql$/i,
  generic_test: /.\.sql$/i,
  seed: /.\.csv$/i,
  doc: /.\.md$/i,
  property: /.\.ya?ml$/i,
  fixture: /.\.(?:csv|sql)$/i,
  function: /.\.(?:sql|py|js)$/i,
}

const searchPaths = (kind: FileKind, paths: ProjectPaths): readonly string[] => {
  switch (kind) {
    case 'macro':
      return paths.macroPaths
    case 'model':
      return paths.modelPaths
    case 'snapshot':
      return paths.snapshotPaths
    case 'analysis':
      return paths.analysisPaths
    case 'singular_test':
      return paths.testPaths
    case 'generic_test':
      return paths.testPaths.map(path => join(path, 'generic'))
    case 'fixture':
      return paths.testPaths.map(path => join(path, 'fixtures'))
    case 'seed':
      return paths.seedPaths
    case 'doc':
      return paths.docsPaths
    case 'function':
      return paths.functionPaths
    case 'property':
      return allSourcePaths(paths)
  }
}

/** Every folder a property file can lie in, which are also the default `docs-paths`. */
export const allSourcePaths = (
  paths: Omit<ProjectPaths, 'root' | 'docsPaths'>,
): readonly string[] => [
  ...new Set(
    [
      paths.modelPaths,
      paths.seedPaths,
      paths.snapshotPaths,
      paths.analysisPaths,
      paths.macroPaths,
      paths.testPaths,
      paths.functionPaths,
    ]
      .flat()
      .map(path => path.replace(/\/+$/, '')),
  ),
]

const listKind = (
  kind: FileKind,
  paths: ProjectPaths,
  walkOnce: (searchPath: string) => readonly FoundFile[],
): readonly SourceFile[] => {
  const seen = new Set<string>()
  const files: SourceFile[] = []
  for (const searchPath of searchPaths(kind, paths)) {
    for (const { name, relativePath } of walkOnce(searchPath)) {
      if (!extensions[kind].test(name)) continue
      // Generic tests and fixtures lie below tests/, but are not singular tests.
      if (kind === 'singular_test' && /^(?:generic|fixtures)(?:\/|$)/.test(relativePath)) continue
      const path = join(searchPath, relativePath)
      if (seen.has(path)) continue
      seen.add(path)
      files.push({
        kind,
        path,
        searchPath,
        relativePath,
        absolutePath: join(paths.root, path),
      })
    }
  }
  return files
}

/** Joins with forward slashes; an absolute second part stands alone. */
const join = (first: string, second: string): string => {
  if (second.startsWith('/') || /^[A-Za-z]:[\\/]/.test(second)) return second
  const clean = second.replace(/^(?:\.\/)+/, '')
  if (first === '' || first === '.') return clean
  return clean === '' || clean === '.' ? first : `${first.replace(/\/+$/, '')}/${clean}`
}
