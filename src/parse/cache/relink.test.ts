import { expect, test } from 'vitest'
import type { ManifestNode } from '../../core/manifest.ts'
import { relink } from './relink.ts'

const node = (id: string, nodes: readonly string[]) =>
  ({ unique_id: id, depends_on: { macros: [], nodes } }) as unknown as ManifestNode

const parents = new Map([
  ['a', []],
  ['b', ['a']],
  ['c', ['b']],
])
const children = new Map([
  ['a', ['b']],
  ['b', ['c']],
  ['c', []],
])

test('only what changes', () => {
  expect(relink([node('b', ['a', 'a'])], parents, children)).toEqual({
    parents: new Map(),
    children: new Map(),
  })
  expect(relink([node('c', ['b', 'a'])], parents, children)).toEqual({
    parents: new Map([['c', ['a', 'b']]]),
    children: new Map([
      ['a', ['b', 'c']],
      ['b', ['c']],
    ]),
  })
})

test('a cycle through old and new dependencies', () => {
  expect(relink([node('a', ['c'])], parents, children)).toBeUndefined()
  expect(relink([node('a', ['a'])], parents, children)).toBeUndefined()
  expect(relink([node('a', ['c']), node('b', [])], parents, children)).toBeDefined()
})
