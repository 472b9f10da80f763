import { describe, expect, it } from 'vitest'
import { call, callMethod, getAttribute, getItem, getSlice, toRepr, toStr } from './operators.ts'
import { PyError } from './py-error.ts'
import { namedTuple, PyDict, PySet, tuple, Undefined, type Value } from './values.ts'

const none = new Map<string, Value>()

const errorOf = (action: () => unknown): string => {
  try {
    action()
  } catch (error) {
    if (error instanceof PyError) return `${error.type}: ${error.message}`
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('look-ups', () => {
  const dict = new PyDict([
    ['items', 1],
    ['a', null],
    [2, 'two'],
  ])

  it('try attributes before items with a dot, items first with brackets', () => {
    expect(typeof getAttribute(dict, 'items', 'default')).toBe('function')
    expect(getItem(dict, 'items', 'default')).toBe(1)
    expect(typeof getItem(dict, 'keys', 'default')).toBe('function')
  })

  it('find values that are None', () => {
    expect(getAttribute(dict, 'a', 'default')).toBeNull()
    expect(getItem(dict, 'a', 'default')).toBeNull()
  })

  it('find nothing of JavaScript', () => {
    for (const value of ['x', [1], dict, 1, 1.5, true, null, new PySet(), tuple([1])]) {
      for (const name of ['constructor', '__proto__', 'prototype', 'toString', 'length', 'push']) {
        expect(getAttribute(value, name, 'default')).toBeInstanceOf(Undefined)
        expect(getItem(value, name, 'default')).toBeInstanceOf(Undefined)
      }
    }
    const method = getAttribute('x', 'upper', 'default')
    expect(getAttribute(method, 'call', 'default')).toBeInstanceOf(Undefined)
    expect(getAttribute(method, 'constructor', 'default')).toBeInstanceOf(Undefined)
  })

  it('hide what the sandbox hides', () => {
    const hidden = getAttribute('', '__class__', 'default')
    expect(toStr(hidden)).toBe('')
    expect(errorOf(() => getAttribute(hidden, '__mro__', 'default'))).toBe(
      "SecurityError: access to attribute '__class__' of 'str' object is unsafe.",
    )
    expect(errorOf(() => call(getAttribute([], '__len__', 'default'), [], none))).toBe(
      "SecurityError: access to attribute '__len__' of 'list' object is unsafe.",
    )
  })

  it('read the names of named tuples', () => {
    expect(getAttribute(namedTuple(['grouper', 'list'], ['a', [1]]), 'grouper', 'default')).toBe(
      'a',
    )
  })

  it('count from the end and by code point', () => {
    expect(getItem('a😀b', 1, 'default')).toBe('😀')
    expect(getItem([1, 2, 3], -1, 'default')).toBe(3)
    expect(getItem([1, 2, 3], true, 'default')).toBe(2)
    expect(getItem([1], 1, 'default')).toBeInstanceOf(Undefined)
  })
})

describe('undefined values', () => {
  const missing = (owner: Value, name: Value) => getItem(owner, name, 'default')

  it.each<[Value, string]>([
    [new Undefined({ name: 'x' }), "'x' is undefined"],
    [missing(new PyDict(), 'x'), "'dict object' has no attribute 'x'"],
    [missing([], 3), 'list object has no element 3'],
    [missing(null, 'x'), "'None' has no attribute 'x'"],
    [missing(tuple([]), tuple([1])), 'tuple object has no element (1,)'],
    [
      new Undefined({ hint: 'No first item, sequence was empty.' }),
      'No first item, sequence was empty.',
    ],
  ])('say what is missing: %#', (value, message) => {
    expect(errorOf(() => getAttribute(value, 'y', 'default'))).toBe(`UndefinedError: ${message}`)
    expect(errorOf(() => getItem(value, 'y', 'default'))).toBe(`UndefinedError: ${message}`)
    expect(errorOf(() => call(value, [], none))).toBe(`UndefinedError: ${message}`)
  })

  it('can be looked into and called while parsing', () => {
    const value = new Undefined({ kind: 'lenient', name: 'x' })
    expect(toRepr(getAttribute(value, 'y', 'lenient'))).toBe('Undefined')
    expect(getItem(value, 'y', 'lenient')).toBe(value)
    expect(call(value, [1], none)).toBe(value)
    expect(callMethod(value, 'foo', [], none, 'lenient')).toBeInstanceOf(Undefined)
    expect(getAttribute(value, 'name', 'lenient')).toBe('x')
  })
})

describe('slices', () => {
  it('keep the kind', () => {
    expect(getSlice('a😀b', 1, null, null)).toBe('😀b')
    expect(toRepr(getSlice(tuple([1, 2, 3]), null, null, -1))).toBe('(3, 2, 1)')
    expect(getSlice([1, 2, 3], -2, 100, null)).toEqual([2, 3])
  })

  it('are refused by what has none', () => {
    expect(errorOf(() => getSlice(1, null, null, null))).toBe(
      "TypeError: 'int' object is not subscriptable",
    )
    expect(errorOf(() => getSlice([1], null, null, 0))).toBe(
      'ValueError: slice step cannot be zero',
    )
  })
})
