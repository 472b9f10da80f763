import { describe, expect, it } from 'vitest'
import { hostFunction } from './host-function.ts'
import { PyDict, PyTuple, type Value } from './values.ts'

const shown = (...args: Value[]): Value =>
  args.map(arg => (arg === undefined ? '(none)' : arg instanceof PyDict ? [...arg] : arg)) as Value

const call = (signature: string, args: Value[], kwargs: Record<string, Value> = {}): Value =>
  hostFunction('f', signature, shown)(args, new Map(Object.entries(kwargs))) as Value

describe('hostFunction', () => {
  it('fills positional parameters, keywords and defaults', () => {
    expect(call("a, b=2, c='x', d=None, e=True, g=-1.5", [1], { c: 'y' })).toEqual([
      1,
      2,
      'y',
      null,
      true,
      -1.5,
    ])
  })

  it('passes undefined for what was not given', () => {
    expect(call('a=...', [])).toEqual(['(none)'])
  })

  it('gathers the rest', () => {
    const [a, rest, keywords] = call('a, *args, **kwargs', [1, 2, 3], { z: 4 }) as Value[]
    expect([a, [...(rest as PyTuple)], keywords]).toEqual([1, [2, 3], [['z', 4]]])
    expect(rest).toBeInstanceOf(PyTuple)
  })

  it('has keyword-only parameters', () => {
    expect(call('a, *, b=1', [0], { b: 2 })).toEqual([0, 2])
    expect(() => call('a, *, b', [0])).toThrow("f() missing 1 required keyword-only argument: 'b'")
  })

  it.each<[string, Value[], Record<string, Value>, string]>([
    ['a', [], {}, "f() missing 1 required positional argument: 'a'"],
    ['a, b', [], {}, "f() missing 2 required positional arguments: 'a' and 'b'"],
    ['a, b, c', [], {}, "f() missing 3 required positional arguments: 'a', 'b', and 'c'"],
    ['a', [1, 2], {}, 'f() takes 1 positional argument but 2 were given'],
    ['', [1], {}, 'f() takes 0 positional arguments but 1 was given'],
    ['a, b=1', [1, 2, 3], {}, 'f() takes from 1 to 2 positional arguments but 3 were given'],
    ['self, a', [1, 2], {}, 'f() takes 2 positional arguments but 3 were given'],
    ['a', [1], { a: 2 }, "f() got multiple values for argument 'a'"],
    ['a', [1], { x: 2 }, "f() got an unexpected keyword argument 'x'"],
    ['a, /', [], { a: 2 }, "f() got an unexpected keyword argument 'a'"],
  ])('(%s) refuses %j %j as Python does', (signature, args, kwargs, message) => {
    expect(() => call(signature, args, kwargs)).toThrow(message)
  })
})
