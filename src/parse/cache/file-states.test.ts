import { describe, expect, test } from 'vitest'
import type { FileStat, FileSystem } from '../../core/file-system.ts'
import type { ProjectConfig } from '../../project/project-config.ts'
import type { FileKind, SourceFile } from '../../project/source-file.ts'
import type { PackageFiles } from '../project-sources.ts'
import { compareFiles, watchFiles } from './file-states.ts'

interface Disk {
  readonly texts: Readonly<Record<string, string>>
  readonly changedMs?: Readonly<Record<string, number>>
  readonly sizes?: Readonly<Record<string, number>>
}

const kindOf = (path: string): FileKind => (path.endsWith('.csv') ? 'seed' : 'model')

/** A package over a disk of plain values; notes which files were read. */
const project = ({ texts, changedMs = {}, sizes = {} }: Disk) => {
  const read: string[] = []
  const files = Object.keys(texts).map(
    path => ({ kind: kindOf(path), path, absolutePath: `/shop/${path}` }) as unknown as SourceFile,
  )
  const found: PackageFiles = {
    config: { name: 'shop' } as ProjectConfig,
    files: {
      root: '/shop',
      ofKind: kind => files.filter(file => file.kind === kind),
      read: file => {
        read.push(file.path)
        return texts[file.path] ?? ''
      },
    },
  }
  const stat = (path: string): FileStat => {
    const key = path.replace('/shop/', '')
    const size = sizes[key] ?? texts[key]?.length ?? 0
    return { kind: 'file', mtimeMs: 5, changedMs: changedMs[key] ?? 1000, size }
  }
  return { packages: [found], fs: { stat } as unknown as FileSystem, read }
}

const noted = (disk: Disk, nowMs: number) => {
  const { fs, packages } = project(disk)
  return watchFiles(fs, packages, nowMs).states()
}

const compared = (before: Disk, after: Disk, nowMs = 100_000) => {
  const { fs, packages, read } = project(after)
  const result = compareFiles(fs, packages, noted(before, nowMs), nowMs)
  return { changed: result?.changed.map(({ file }) => file.path), read, looked: result?.looked }
}

describe('files since they were noted', () => {
  const before = { texts: { 'a.sql': 'one', 'b.sql': 'two' } }
  test('the same size and times: not even read', () => {
    expect(compared(before, before)).toEqual({ changed: [], read: [], looked: 0 })
  })
  test('another time, the same text: read, and the same', () => {
    const touched = { ...before, changedMs: { 'a.sql': 2000 } }
    expect(compared(before, touched)).toEqual({ changed: [], read: ['a.sql'], looked: 1 })
  })
  test('another text of the same size', () => {
    const edited = { texts: { ...before.texts, 'a.sql': 'eno' }, changedMs: { 'a.sql': 2000 } }
    expect(compared(before, edited)).toMatchObject({ changed: ['a.sql'] })
  })
  test('a file that was young when it was noted is read whatever its times say', () => {
    const edited = { texts: { ...before.texts, 'a.sql': 'eno' } }
    expect(compared(before, edited, 1500)).toMatchObject({
      changed: ['a.sql'],
      read: ['a.sql', 'b.sql'],
    })
  })
  test('a file more, one less, one renamed: nothing can be said', () => {
    const others: readonly Disk['texts'][] = [
      { ...before.texts, 'c.sql': '' },
      { 'a.sql': 'one' },
      { 'a.sql': '', 'c.sql': '' },
    ]
    for (const texts of others) expect(compared(before, { texts }).changed).toBeUndefined()
  })
  test('a large seed is known by its path', () => {
    const large = { texts: { 'a.csv': 'one' }, sizes: { 'a.csv': 2 << 20 } }
    const other = { texts: { 'a.csv': 'two' }, sizes: { 'a.csv': 3 << 20 } }
    const small = { texts: { 'a.csv': 'two' } }
    expect(compared(large, other)).toMatchObject({ changed: [], read: [] })
    expect(compared(large, small)).toMatchObject({ changed: ['a.csv'] })
  })
})

test('what is read while it is watched is hashed on the way', () => {
  const { fs, packages, read } = project({ texts: { 'a.sql': 'one' } })
  const watched = watchFiles(fs, packages, 100_000)
  const [found] = watched.packages
  for (const file of found?.files.ofKind('model') ?? []) found?.files.read(file)
  expect(watched.states()[0]?.files).toHaveLength(1)
  expect(read).toEqual(['a.sql'])
})
