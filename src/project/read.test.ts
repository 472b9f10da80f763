import { expect, test } from 'vitest'
import { memoryFiles } from '../../tests/helpers/memory-files.ts'
import { allSourcePaths, projectFiles } from './read.ts'

const sourcePaths = {
  modelPaths: ['models', 'more/'],
  seedPaths: ['seeds'],
  testPaths: ['tests'],
  analysisPaths: ['analyses'],
  macroPaths: ['macros'],
  snapshotPaths: ['snapshots'],
  functionPaths: ['functions'],
}
const paths = { root: '/p', ...sourcePaths, docsPaths: allSourcePaths(sourcePaths) }

const names = (
  files: Readonly<Record<string, string>>,
  kind: Parameters<ReturnType<typeof projectFiles>['ofKind']>[0],
) =>
  projectFiles(memoryFiles(files), paths)
    .ofKind(kind)
    .map(file => file.path)

const files = {
  '/p/models/a.sql': 'select 1',
  '/p/models/sub/B.SQL': '',
  '/p/models/.hidden.sql': '',
  '/p/models/#x.sql': '',
  '/p/models/~x.sql': '',
  '/p/models/.dir/in.sql': '',
  '/p/models/schema.yml': '',
  '/p/models/docs.md': '',
  '/p/more/c.py': '',
  '/p/more/d.yaml': '',
  '/p/seeds/s.csv': '',
  '/p/seeds/s.sql': '',
  '/p/tests/one.sql': '',
  '/p/tests/generic/g.sql': '',
  '/p/tests/fixtures/f.csv': '',
  '/p/tests/deep/generic/two.sql': '',
  '/p/macros/m.sql': '',
  '/p/other/x.sql': '',
}

test('files of each kind, below the paths of the project file', () => {
  expect(names(files, 'model')).toEqual([
    'models/.dir/in.sql',
    'models/a.sql',
    'models/sub/B.SQL',
    'more/c.py',
  ])
  expect(names(files, 'property')).toEqual(['models/schema.yml', 'more/d.yaml'])
  expect(names(files, 'doc')).toEqual(['models/docs.md'])
  expect(names(files, 'seed')).toEqual(['seeds/s.csv'])
  expect(names(files, 'singular_test')).toEqual(['tests/deep/generic/two.sql', 'tests/one.sql'])
  expect(names(files, 'generic_test')).toEqual(['tests/generic/g.sql'])
  expect(names(files, 'fixture')).toEqual(['tests/fixtures/f.csv'])
  expect(names(files, 'macro')).toEqual(['macros/m.sql'])
  expect(names(files, 'snapshot')).toEqual([])
})

test('.dbtignore hides files from every kind', () => {
  const ignoring = { ...files, '/p/.dbtignore': 'models/sub/\n*.yaml\n' }
  expect(names(ignoring, 'model')).not.toContain('models/sub/B.SQL')
  expect(names(ignoring, 'property')).toEqual(['models/schema.yml'])
})

test('a file knows where it was found, and is read on demand', () => {
  const read = projectFiles(memoryFiles(files), paths)
  const [file] = read.ofKind('model').slice(1)
  expect(file).toEqual({
    kind: 'model',
    path: 'models/a.sql',
    searchPath: 'models',
    relativePath: 'a.sql',
    absolutePath: '/p/models/a.sql',
  })
  expect(read.read(file!)).toBe('select 1')
  expect(() => read.read({ ...file!, absolutePath: '/p/gone.sql' })).toThrow('Could not read')
})
