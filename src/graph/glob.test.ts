import { expect, test } from 'vitest'
import { fnmatcher, pathMatcher } from './glob.ts'

test.each([
  ['abc', 'abc', true],
  ['abc', 'ABC', false],
  ['abc', 'a*', true],
  ['a.b/c', 'a*c', true],
  ['abc', 'a?c', true],
  ['abc', 'a[bx]c', true],
  ['abc', 'a[!b]c', false],
  ['a]c', 'a[]]c', true],
  ['a-c', 'a[a-z]c', false],
  ['a[c', 'a[c', true],
  ['a.c', 'a.c*', true],
  ['axc', 'a.c*', false],
])('fnmatch(%s, %s)', (text, pattern, expected) => {
  expect(fnmatcher()(text, pattern)).toBe(expected)
})

test.each([
  ['models/a.sql', 'models/*', false, true],
  ['models/x/a.sql', 'models/*', false, false],
  ['models/x/a.sql', 'models/**/*.sql', false, true],
  ['models/a.sql', 'models/**/*.sql', false, true],
  ['models/a.sql', 'models/**', false, false],
  ['models/x', 'models/**', true, true],
  ['models', 'models/**', true, true],
  ['models', './models/', true, true],
  ['', '**', true, true],
])('Path.glob: %s by %s', (path, pattern, isFolder, expected) => {
  expect(pathMatcher(pattern)(path, isFolder)).toBe(expected)
})
