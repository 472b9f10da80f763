import { expect, test } from 'vitest'
import { parseDataTest } from './data-test.ts'
import type { YamlValue } from './yaml-value.ts'

const parse = (written: YamlValue) => parseDataTest(written, [])

test.each<readonly [YamlValue, object]>([
  ['unique', { name: 'unique', namespace: null, args: {}, config: {} }],
  ['pkg.unique', { name: 'unique', namespace: 'pkg' }],
  [{ unique: {} }, { name: 'unique' }],
  [
    { test_name: 'unique', name: 'n', column_name: 'c' },
    { name: 'unique', customName: 'n', args: {} },
  ],
  [{ t: { values: [1], arguments: { quote: true } } }, { args: { values: [1], quote: true } }],
  [{ t: { description: 'd' } }, { description: 'd' }],
  [
    { t: { where: 'x', config: { severity: 'warn', custom: 1 }, a: 1 } },
    { config: { severity: 'warn', where: 'x', custom: 1 }, args: { a: 1 } },
  ],
  [{ t: { enabled: false } }, { config: { enabled: false } }],
  [{ t: { severity: null } }, { config: {} }],
])('%j', (written, expected) => {
  const parsed = parse(written)
  expect(parsed).toMatchObject({ ok: true, test: expected })
})

test('configs come in the order dbt writes them out', () => {
  const parsed = parse({ t: { limit: 5, severity: 'warn', config: { custom: 1, alias: 'a' } } })
  expect(parsed.ok && Object.keys(parsed.test.config)).toEqual([
    'severity',
    'limit',
    'alias',
    'custom',
  ])
})

test.each<readonly [YamlValue, string]>([
  [5, "test must be dict or str, got <class 'int'> (value 5)"],
  [
    { a: {}, b: {} },
    "test definition dictionary must have exactly one key, got [('a', {}), ('b', {})] instead (2 keys)",
  ],
  [{ a: ['x'] }, "test arguments must be a dict, got <class 'list'> (value ['x'])"],
  [{ test_name: 5 }, "test name must be a str, got <class 'int'> (value 5)"],
  [{ a: { model: 'x' } }, 'Test arguments include "model", which is a reserved argument'],
  [{ '5a': {} }, 'Test name string did not match expected pattern: 5a'],
  [{ a: { config: 'x' } }, "'config' must be a dict, got <class 'str'> (value x)"],
  [
    { a: { where: 'x', config: { where: 'y' } } },
    'Test cannot have the same key at the top-level and in config',
  ],
])('%j', (written, message) => {
  expect(parse(written)).toMatchObject({ ok: false, message })
})
