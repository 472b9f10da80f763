import { describe, expect, it } from 'vitest'
import { toRepr } from './operators.ts'
import {
  float,
  HostObject,
  keyOf,
  namedTuple,
  normInt,
  PyDict,
  PyFloat,
  PySet,
  PyTuple,
  tuple,
  Undefined,
  type Value,
} from './values.ts'

class Named extends HostObject {
  readonly typeName = 'Named'
  constructor(readonly name: string) {
    super()
  }
  override hashKey(): string {
    return `\0named:${this.name}`
  }
}

describe('PyDict', () => {
  it('takes 1, 1.0 and True for one key and keeps the first', () => {
    const dict = new PyDict([[true, 'a']])
    dict.set(1, 'b')
    dict.set(new PyFloat(1), 'c')
    expect(toRepr(dict)).toBe("{True: 'c'}")
    expect(dict.get(1)).toBe('c')
    expect(dict.size).toBe(1)
  })

  it('keeps texts and numbers apart, and the order of numeric texts', () => {
    const dict = new PyDict([
      ['10', 1],
      [10, 2],
      ['9', 3],
    ])
    expect(toRepr(dict)).toBe("{'10': 1, 10: 2, '9': 3}")
  })

  it('finds tuples by value, nested and mixed', () => {
    const dict = new PyDict([[tuple(['a', tuple([1, null])]), 'x']])
    expect(dict.get(tuple(['a', tuple([new PyFloat(1), null])]))).toBe('x')
    expect(dict.get(tuple(['a', tuple(['1', null])]))).toBeUndefined()
    expect(dict.get(tuple(['a', tuple([1])]))).toBeUndefined()
  })

  it('meets large ints and floats of the same size', () => {
    expect(new PyDict([[10n ** 20n, 'x']]).get(new PyFloat(1e20))).toBe('x')
  })

  it('forgets the key it kept when the entry is deleted', () => {
    const dict = new PyDict([[true, 'a']])
    dict.delete(1)
    dict.set(1, 'b')
    expect(toRepr(dict)).toBe('{1: b}'.replace('b', "'b'"))
    dict.clear()
    expect([...dict]).toEqual([])
  })

  it('takes all undefined values for one key', () => {
    const dict = new PyDict([[new Undefined({ name: 'a' }), 1]])
    expect(dict.get(new Undefined({ name: 'b' }))).toBe(1)
    expect(dict.get(new Undefined({ kind: 'lenient' }))).toBeUndefined()
  })

  it('takes texts that begin with a zero character as such', () => {
    const dict = new PyDict([['\0(s1:a', 1]])
    expect(dict.get(tuple(['a']))).toBeUndefined()
    expect(dict.get('\0(s1:a')).toBe(1)
    expect([...dict.keys()]).toEqual(['\0(s1:a'])
  })

  it('asks host objects for their key, or takes them by identity', () => {
    const dict = new PyDict([[new Named('x'), 1]])
    expect(dict.get(new Named('x'))).toBe(1)
    expect(dict.get(new Named('y'))).toBeUndefined()
    expect(keyOf(tuple([new Named('x')]))).toBe(keyOf(tuple([new Named('x')])))
  })

  it.each<[Value, string]>([
    [[1], 'list'],
    [new PyDict(), 'dict'],
    [new PySet(), 'set'],
    [tuple([[1]]), 'list'],
  ])('refuses %s as a key', (key, name) => {
    expect(() => new PyDict([[key, 1]])).toThrow(`unhashable type: '${name}'`)
  })

  it('is walked with its own keys by every way of Map', () => {
    const dict = new PyDict([[true, 'a']])
    const seen: Value[] = []
    dict.forEach((value, key) => {
      seen.push(key, value)
    })
    expect([...dict.entries()]).toEqual([[true, 'a']])
    expect([...dict.keys()]).toEqual([true])
    expect([...dict.values()]).toEqual(['a'])
    expect(seen).toEqual([true, 'a'])
  })
})

describe('PySet', () => {
  it('holds equal values once, the first of them', () => {
    const set = new PySet([true, 1, new PyFloat(1), 'a', 'a', tuple([1]), tuple([1])])
    expect(toRepr(set)).toBe("{True, 'a', (1,)}")
    expect(set.has(1)).toBe(true)
    set.delete(1)
    expect([...set.entries()].length).toBe(2)
    set.clear()
    expect(toRepr(set)).toBe('set()')
  })
})

describe('tuples', () => {
  it('have one item where Array would have a length', () => {
    expect(tuple([3])).toHaveLength(1)
    expect(tuple([3])).toBeInstanceOf(PyTuple)
  })

  it('give lists when mapped', () => {
    expect(tuple([1, 2]).map(x => x)).not.toBeInstanceOf(PyTuple)
  })

  it('may have names', () => {
    expect(toRepr(namedTuple(['a', 'b'], [1, 'x']))).toBe("(1, 'x')")
    expect(toRepr(namedTuple(['a', 'b'], [1, 'x'], 'Pair'))).toBe("Pair(a=1, b='x')")
  })
})

describe('numbers', () => {
  it('are boxed floats only without a fraction', () => {
    expect(float(1.5)).toBe(1.5)
    expect(float(2)).toEqual(new PyFloat(2))
    expect(float(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
  })

  it('are bigints only beyond 2^53', () => {
    expect(normInt(9007199254740991n)).toBe(9007199254740991)
    expect(normInt(-9007199254740992n)).toBe(-9007199254740992n)
  })
})
