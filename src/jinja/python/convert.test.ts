import { describe, expect, it } from 'vitest'
import { dumps, fromJson, parseIsoTemporal, parseJson, toJson, wrapReadonly } from './convert.ts'
import { decimalValue } from './decimal-value.ts'
import { contains, eq, getAttribute, length, toRepr } from './operators.ts'
import { PyDict, PyFloat, PySet, tuple, Undefined, type Value } from './values.ts'

describe('parseJson', () => {
  it.each([
    [
      '{"b": 1, "a": [1.0, 1.5, null, true], "10": 1e3}',
      "{'b': 1, 'a': [1.0, 1.5, None, True], '10': 1000.0}",
    ],
    ['12345678901234567890', '12345678901234567890'],
    [' "\\u00e9\\n\\ud83d\\ude00" ', "'é\\n😀'"],
    ['[NaN, Infinity, -Infinity]', '[nan, inf, -inf]'],
    ['{}', '{}'],
    ['[]', '[]'],
    ['{"__proto__": 1, "constructor": 2}', "{'__proto__': 1, 'constructor': 2}"],
  ])('reads %s', (text, expected) => {
    expect(toRepr(parseJson(text))).toBe(expected)
  })

  it.each([
    ['', 'Expecting value: line 1 column 1 (char 0)'],
    ['{', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
    ['[1 2]', "Expecting ',' delimiter: line 1 column 4 (char 3)"],
    ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
    ['"a', 'Unterminated string starting at: line 1 column 1 (char 0)'],
    ['1\n2', 'Extra data: line 2 column 1 (char 2)'],
    ['"\\q"', 'Invalid \\escape: line 1 column 2 (char 1)'],
    ['[1,]', 'Expecting value: line 1 column 4 (char 3)'],
  ])('refuses %j', (text, message) => {
    expect(() => parseJson(text)).toThrow(message)
  })
})

describe('dumps', () => {
  const value = fromJson({ b: [1, 'é"\n', null], a: {} })

  it('writes as json.dumps does', () => {
    expect(dumps(value)).toBe('{"b": [1, "\\u00e9\\"\\n", null], "a": {}}')
    expect(dumps(value, { sortKeys: true })).toBe('{"a": {}, "b": [1, "\\u00e9\\"\\n", null]}')
    expect(dumps([new PyFloat(1), 1e-7, Number.NaN, 10n ** 20n, '\x7f😀'])).toBe(
      '[1.0, 1e-07, NaN, 100000000000000000000, "\\u007f\\ud83d\\ude00"]',
    )
    expect(
      dumps(
        new PyDict([
          [1, 'a'],
          [null, 'b'],
          [true, 'c'],
          [1.5, 'd'],
        ]),
      ),
    ).toBe('{"1": "c", "null": "b", "1.5": "d"}')
  })

  it('indents', () => {
    expect(dumps(fromJson({ a: [1, []], b: {} }), { indent: 2 })).toBe(
      '{\n  "a": [\n    1,\n    []\n  ],\n  "b": {}\n}',
    )
    expect(dumps([1], { indent: '\t' })).toBe('[\n\t1\n]')
  })

  it('asks for a substitute of what JSON lacks', () => {
    expect(dumps([decimalValue('1.50')], { default: value => toRepr(value) })).toBe(
      '["Decimal(\'1.50\')"]',
    )
    expect(() => dumps(new PySet([1]))).toThrow('Object of type set is not JSON serializable')
    expect(() => dumps(parseIsoTemporal('date', '2024-01-02'))).toThrow(
      'Object of type date is not JSON serializable',
    )
    expect(() => dumps(new Undefined())).toThrow(
      'Object of type Undefined is not JSON serializable',
    )
  })

  it('refuses keys and circles that json refuses', () => {
    expect(() => dumps(new PyDict([[tuple([1]), 1]]))).toThrow(
      'keys must be str, int, float, bool or None, not tuple',
    )
    const list: Value[] = []
    list.push(list)
    expect(() => dumps(list)).toThrow('Circular reference detected')
    const mixed = new PyDict([
      ['a', 1],
      [2, 3],
    ])
    expect(() => dumps(mixed, { sortKeys: true })).toThrow(
      "'<' not supported between instances of 'int' and 'str'",
    )
  })
})

describe('fromJson and toJson', () => {
  it('go there and back', () => {
    const data = { a: [1, 1.5, null, true, 'x'], b: { c: {} } }
    expect(toJson(fromJson(data))).toEqual(data)
  })

  it('leave out members that are undefined', () => {
    expect(toRepr(fromJson({ a: undefined, b: 1 }))).toBe("{'b': 1}")
  })

  it('keep template values within plain data', () => {
    const inner = new PyDict([['x', 1]])
    expect((fromJson({ a: inner }) as PyDict).get('a')).toBe(inner)
  })

  it('write what JSON lacks as its nearest', () => {
    const value = new PyDict([
      ['set', new PySet([1])],
      ['tuple', tuple([1])],
      ['float', new PyFloat(2)],
      ['decimal', decimalValue('1.50')],
      ['date', parseIsoTemporal('datetime', '2024-01-02T03:04:05')],
      ['missing', new Undefined()],
      [1, 'int'],
      [null, 'none'],
      ['__proto__', 'own'],
    ])
    expect(Object.entries(toJson(value) as object)).toEqual([
      ['1', 'int'],
      ['set', [1]],
      ['tuple', [1]],
      ['float', 2],
      ['decimal', 1.5],
      ['date', '2024-01-02T03:04:05'],
      ['missing', null],
      ['null', 'none'],
      ['__proto__', 'own'],
    ])
  })
})

describe('wrapReadonly', () => {
  const source = { nodes: { a: { x: 1 }, b: { x: [1, { y: 2 }] } }, none: null, gone: undefined }

  it('looks like a dict', () => {
    const dict = wrapReadonly(source)
    expect(toRepr(dict)).toBe("{'nodes': {'a': {'x': 1}, 'b': {'x': [1, {'y': 2}]}}, 'none': None}")
    expect(eq(wrapReadonly(source), fromJson(source))).toBe(true)
    expect(length(wrapReadonly(source))).toBe(2)
    expect(contains(wrapReadonly(source), 'gone')).toBe(false)
    expect(contains(wrapReadonly(source), 'toString')).toBe(false)
    expect(getAttribute(wrapReadonly(source), 'constructor', 'default')).toBeInstanceOf(Undefined)
    expect(getAttribute(wrapReadonly(source), 'none', 'default')).toBeNull()
  })

  it('gives the same object for a key each time', () => {
    const dict = wrapReadonly(source) as PyDict
    const nodes = dict.get('nodes') as PyDict
    nodes.set('c', 3)
    expect(dict.get('nodes')).toBe(nodes)
    expect(toRepr([...dict.values()][0]!)).toContain("'c': 3")
  })

  it('can be changed without a change of its source', () => {
    const dict = wrapReadonly(source) as PyDict
    dict.set('new', 1)
    dict.delete('nodes')
    expect(toRepr(dict)).toBe("{'none': None, 'new': 1}")
    expect(Object.keys(source)).toEqual(['nodes', 'none', 'gone'])
    dict.clear()
    expect(dict.size).toBe(0)
    expect(dict.get('none')).toBeUndefined()
  })

  it('converts only what is asked for', () => {
    let reads = 0
    const lazy = {
      get costly() {
        reads++
        return {}
      },
      cheap: 1,
    }
    expect((wrapReadonly(lazy) as PyDict).get('cheap')).toBe(1)
    expect(reads).toBe(0)
  })
})

describe('parseIsoTemporal', () => {
  it.each([
    ['date', '2024-02-29', 'datetime.date(2024, 2, 29)'],
    ['datetime', '2024-02-29T01:02:03', 'datetime.datetime(2024, 2, 29, 1, 2, 3)'],
    [
      'datetime',
      '2024-02-29T01:02:03.5+01:00',
      'datetime.datetime(2024, 2, 29, 1, 2, 3, 500000, tzinfo=datetime.timezone(datetime.timedelta(seconds=3600)))',
    ],
  ] as const)('reads the %s %s', (kind, iso, expected) => {
    expect(toRepr(parseIsoTemporal(kind, iso))).toBe(expected)
  })
})
