import { expect, test } from 'vitest'
import { parseIgnore } from './ignore.ts'

const ignored = (text: string, paths: readonly string[]) => paths.filter(parseIgnore(text))

test('names, folders, wildcards, comments and exceptions, as in a .gitignore', () => {
  const paths = [
    'models/a.sql',
    'models/tmp/b.sql',
    'models/x/tmp/c.sql',
    'models/keep.sql',
    'models/old/deep/d.sql',
    'models/e.yml',
  ]
  expect(ignored('tmp/', paths)).toEqual(['models/tmp/b.sql', 'models/x/tmp/c.sql'])
  expect(ignored('models/tmp', paths)).toEqual(['models/tmp/b.sql'])
  expect(ignored('*.sql\n!keep.sql', paths)).not.toContain('models/keep.sql')
  expect(ignored('# c\n\n/models/*.yml', paths)).toEqual(['models/e.yml'])
  expect(ignored('models/**/d.sql', paths)).toEqual(['models/old/deep/d.sql'])
  expect(ignored('models/old/**', paths)).toEqual(['models/old/deep/d.sql'])
  expect(ignored('models/[ab].sql\nmodels/?.yml', paths)).toEqual(['models/a.sql', 'models/e.yml'])
  expect(ignored('a.sq', paths)).toEqual([])
})
