import { expect, test } from 'vitest'
import { packageVars } from './vars.ts'

const sources = {
  cli: { a: 'cli' },
  root: {
    name: 'shop',
    vars: {
      a: 'root',
      b: 'root',
      c: 'root',
      util: { c: 'scoped', d: 'scoped' },
      shop: { b: 'own' },
    },
  },
  packages: new Map([
    ['util', { vars: { d: 'util', e: 'util', util: { f: 'util scoped', e: 'x' } } }],
  ]),
}

test('--vars, then the root’s scoped and global ones, then the package’s own', () => {
  const vars = packageVars(sources, 'util')
  expect(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(name => vars.get(name))).toEqual([
    'cli',
    'root',
    'scoped',
    'scoped',
    'x',
    'util scoped',
    undefined,
  ])
})

test('the root project’s own scope', () => {
  const vars = packageVars(sources, 'shop')
  expect([vars.get('b'), vars.get('c'), vars.get('e')]).toEqual(['own', 'root', undefined])
})
