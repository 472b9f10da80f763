import { describe, expect, test } from 'vitest'
import type { RuntimeError } from '../core/errors.ts'
import { readYaml } from './yaml.ts'
import { documentValue, parseYamlDocument } from './yaml-document.ts'
import { readEverydayYaml } from './yaml-everyday.ts'
import { YamlDate, YamlFloat } from './yaml-value.ts'

const read = (text: string) => readYaml(text, 'f.yml').value
const readSlowly = (text: string) => documentValue(parseYamlDocument(text), () => {})
const failure = (text: string): RuntimeError => {
  try {
    readYaml(text, 'f.yml')
  } catch (error) {
    return error as RuntimeError
  }
  throw new Error('expected a failure')
}

describe('scalars as PyYAML reads them', () => {
  test.each([
    ['yes', true],
    ['Off', false],
    ['y', 'y'],
    ['~', null],
    ['', null],
    ['010', 8],
    ['08', '08'],
    ['0x1F', 31],
    ['0b11', 3],
    ['0o7', '0o7'],
    ['1_000', 1000],
    ['1:30', 90],
    ['-12', -12],
    ['9007199254740993', 9007199254740993n],
    ['1.5', 1.5],
    ['1.0', new YamlFloat(1)],
    ['1e3', '1e3'],
    ['1.0e+3', new YamlFloat(1000)],
    ['.inf', new YamlFloat(Number.POSITIVE_INFINITY)],
    ['2024-01-31', new YamlDate('date', '2024-01-31')],
    ['2024-1-3 4:05:06', new YamlDate('datetime', '2024-01-03T04:05:06')],
    ['2024-01-31T10:00:00.5Z', new YamlDate('datetime', '2024-01-31T10:00:00.500000+00:00')],
    ['"yes"', 'yes'],
    ["'1'", '1'],
    ['!!str 1', '1'],
    ['"a\\n\\u00e9"', 'a\né'],
    ['null # gone', null],
    ['a#b', 'a#b'],
  ])('%s', (text, value) => {
    expect(read(`a: ${text}`)).toEqual({ a: value })
    expect(readSlowly(`a: ${text}`)).toEqual({ a: value })
  })
})

const everyday = `
version: 2

models:
  - name: a   # a comment
    description: >
      folded
      text

      para
        deeper
      end
    columns:
      - {name: id, tests: [unique, not_null]}
      - name: 'it''s'
        description: |
          line 1

          line 2
        tests:
        - accepted_values: {arguments: {values: ['a', "b", 1]}}
    config: {tags: [x], "+meta": {k: v}}
  -
    name: b
    empty:
  - - nested
    - - deeper
`

describe('collections', () => {
  test('both readers agree', () => {
    const found = readEverydayYaml(everyday)
    expect(found?.value).toEqual(readSlowly(everyday))
    expect(found?.value).toMatchObject({
      models: [
        {
          name: 'a',
          description: 'folded text\npara\n  deeper\nend\n',
          columns: [{ name: 'id', tests: ['unique', 'not_null'] }, { name: "it's" }],
        },
        { name: 'b', empty: null },
        ['nested', ['deeper']],
      ],
    })
  })
  test.each([
    'a: &x 1\nb: *x',
    'a: {<<: {b: 1}}',
    'a: 1\na: 2',
    'a: !!int "3"',
    '%TAG ! x\n---\na: 1',
    '%ODD\n---\na: 1',
    'a: 1\n...',
    'a: 1\n---\nb: 2',
    'a: =',
    'a: 2024-13-01',
    ': 1',
    '? [a]\n: b',
    '{a, b\n c: 1}',
    '{a:[1]}',
    '[?a]',
    '[:a]',
    'a: b: c',
    'a:\n\t- b',
  ])('left to the reader that knows places: %j', text => {
    expect(readEverydayYaml(text)).toBeUndefined()
  })
  test('merge keys: own keys win over merged ones, earlier over later', () => {
    expect(
      read('a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\nd: {<<: *a}'),
    ).toMatchObject({ c: { x: 3, y: 1, z: 2 }, d: { x: 1, y: 1 } })
  })
  test('keys that are no strings are written as JSON writes them', () => {
    expect(read('on: 1\n2: b\nnull: c')).toEqual({ true: 1, 2: 'b', null: 'c' })
  })
  test('__proto__ is a key like any other', () => {
    const value = read('__proto__: {a: 1}') as object
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect((value as { a?: number }).a).toBeUndefined()
  })
  test('of equal keys the last one counts, and the place of the repetition is known', () => {
    const source = readYaml('a: 1\nb:\n  c: 1\n  c: 2\na: 3', 'f.yml')
    expect(source.value).toEqual({ a: 3, b: { c: 2 } })
    expect(source.duplicates).toEqual([
      { key: 'c', at: { file: 'f.yml', line: 4, column: 3 } },
      { key: 'a', at: { file: 'f.yml', line: 5, column: 1 } },
    ])
  })
  test('an empty file, comments alone, Windows line ends, a mark in front', () => {
    expect(read('')).toBeNull()
    expect(read('# nothing\n\n')).toBeNull()
    expect(read('a: 1\r\nb: |\r\n  x\r\n  y\r\nc: 1')).toEqual({ a: 1, b: 'x\ny\n', c: 1 })
    expect(read('\uFEFFa: 1')).toEqual({ a: 1 })
    expect(read('---\na: 1')).toEqual({ a: 1 })
  })
  test('a block scalar at the end of a file has no line break, because dbt strips files', () => {
    expect(read('a: |\n  x\n')).toEqual({ a: 'x' })
    expect(read('a: !!str |\n  x\n')).toEqual({ a: 'x' })
  })
})

describe('places', () => {
  const source = readYaml('models:\n  - name: a\n    columns:\n      - name: id\n', 'm.yml')
  test('the place of a value is that of its key', () => {
    expect(source.spanOf(['models', 0, 'columns', 0, 'name'])).toEqual({
      file: 'm.yml',
      line: 4,
      column: 9,
      endColumn: 13,
    })
  })
  test('a value that does not exist has the place of what is above it', () => {
    expect(source.spanOf(['models', 0, 'tests', 3])).toMatchObject({ line: 2, column: 5 })
    expect(source.spanOf(['nope'])).toMatchObject({ line: 1, column: 1 })
  })
})

describe('mistakes', () => {
  test('dbt’s words, the place and an excerpt', () => {
    const error = failure('a: 1\nb: c: d\ne: 2')
    expect(error.message).toBe(
      [
        'Syntax error near line 2',
        '------------------------------',
        '1  | a: 1',
        '2  | b: c: d',
        '3  | e: 2',
        '',
        'Raw Error:',
        '------------------------------',
        'mapping values are not allowed in this context',
        '  in "<unicode string>", line 2, column 5',
      ].join('\n'),
    )
    expect(error.at).toEqual({ file: 'f.yml', line: 2, column: 5 })
    expect(error.kind).toBe('Runtime Error')
  })
  test.each([
    ['a: {{ x }}', 'found unhashable key', 'a value that begins with {{ must be quoted: "{{ … }}"'],
    [
      'a:\n\t- b',
      'found character that cannot start any token',
      'YAML is indented with spaces, not with tabs',
    ],
    ['a: *x', 'found undefined alias', undefined],
    ['a: !foo b', "could not determine a constructor for the tag '!foo'", undefined],
    ['a: `x`', 'found character that cannot start any token', undefined],
    ["a: 'x", 'found unexpected end of stream', undefined],
    ['a: 2024-13-01', 'month must be in 1..12', undefined],
    ['a: 1\n---\nb: 2', 'expected a single document in the stream', undefined],
    ['<<: 3', 'expected a mapping or list of mappings for merging, but found scalar', undefined],
  ])('%j', (text, message, hint) => {
    const error = failure(text)
    expect(error.message).toContain(message)
    expect(error.hint).toBe(hint)
  })
})
