import { describe, expect, test } from 'vitest'
import { parseDefinitions } from './definitions.ts'
import { parseSelector, parseUnion } from './selector.ts'

describe('criteria', () => {
  const plain = {
    kind: 'criterion',
    args: [],
    childrensParents: false,
    parents: undefined,
    children: undefined,
  }
  test.each([
    ['a', { method: 'fqn', value: 'a' }],
    ['a/b', { method: 'path', value: 'a/b' }],
    ['a.SQL', { method: 'file', value: 'a.SQL' }],
    ['tag:x', { method: 'tag', value: 'x' }],
    ['config.meta.a:b:c', { method: 'config', args: ['meta', 'a'], value: 'b:c' }],
    ['+a', { method: 'fqn', value: 'a', parents: Number.POSITIVE_INFINITY }],
    ['2+tag:x+3', { method: 'tag', value: 'x', parents: 2, children: 3 }],
    ['@a', { method: 'fqn', value: 'a', childrensParents: true }],
    ['a+b', { method: 'fqn', value: 'a+b' }],
    ['', { method: 'fqn', value: '' }],
  ])('%s', (raw, parts) => {
    expect(parseSelector(raw)).toEqual({ ...plain, raw, ...parts })
  })
  test('unknown methods are refused in dbt’s words', () => {
    expect(() => parseSelector('foo:bar')).toThrow("'foo' is not a valid method name")
  })
  test('spaces unite, commas intersect', () => {
    const union = parseUnion(['a b', 'c,d'], true)
    expect(union.parts.map(part => 'expected' in part && part.expected)).toEqual(['a', 'b', 'c,d'])
  })
})

describe('definitions', () => {
  const parse = (definition: unknown) =>
    parseDefinitions([
      { name: 'x', description: '', default: false, definition: definition as never },
    ])
  test.each([
    [
      { union: ['a'], intersection: ['b'] },
      "Only a single 'union' or 'intersection' key is allowed in a root level selector definition; found union,intersection.",
    ],
    [{ union: 'a' }, 'Invalid value for key "union". Expected a list.'],
    [{ union: [5] }, 'Invalid value type in key "union"'],
    [
      { a: 1, b: 2 },
      'Expected either 1 key or else "method" and "value" keys, but got [\'a\', \'b\']',
    ],
    [{ nope: 'x' }, "'nope' is not a valid method name"],
    [
      { union: [{ exclude: ['a'] }, { exclude: ['b'] }] },
      'You cannot provide multiple exclude arguments',
    ],
    [
      { method: 'tag', value: 'x', parents: true, parents_depth: 'x' },
      'could not handle parent depth x',
    ],
    [
      { method: 'tag', value: 'x', indirect_selection: 'no' },
      "'no' is not a valid IndirectSelection",
    ],
  ])('%j', (definition, message) => {
    expect(() => parse(definition)).toThrow(message)
  })
  test('two defaults', () => {
    const one = { description: '', default: true, definition: 'a' }
    expect(() =>
      parseDefinitions([
        { name: 'x', ...one },
        { name: 'y', ...one },
      ]),
    ).toThrow('Found multiple selectors with `default: true`:x and y')
  })
})
