import { describe, expect, it } from 'vitest'
import { iterate, length, toRepr, toStr, truthy } from '../python/operators.ts'
import { type Kwargs, PyDict, type Value } from '../python/values.ts'
import { tests } from '../tests/index.ts'
import { applyFilter, applyTest, type FilterEnvironment } from './filter.ts'
import { nativeFilters, textFilters } from './index.ts'
import { NativeMarker } from './native-marker.ts'

const environment: FilterEnvironment = { undefinedKind: 'default', filters: textFilters, tests }
const none: Kwargs = new Map()

const apply = (name: string, ...args: Value[]): Value => applyFilter(environment, name, args, none)

describe('lazy filters', () => {
  it('give what is true, has no length and can be read once', () => {
    const selected = apply('select', [1, 2], 'string')
    expect(truthy(selected)).toBe(true)
    expect(() => length(selected)).toThrow("object of type 'generator' has no len()")
    const mapped = apply('map', ['a', 'b'], 'upper')
    expect([...iterate(mapped)]).toEqual(['A', 'B'])
    expect([...iterate(mapped)]).toEqual([])
  })

  it('go on where a loop was left', () => {
    const mapped = apply('map', ['a', 'b', 'c'], 'upper')
    for (const _ of iterate(mapped)) break
    expect([...iterate(mapped)]).toEqual(['B', 'C'])
  })

  it('fail only when they are read', () => {
    const mapped = apply('map', [1], 'nope')
    expect(() => [...iterate(mapped)]).toThrow("No filter named 'nope'.")
    expect([...iterate(apply('map', [], 'nope'))]).toEqual([])
  })
})

describe('names known only while rendering', () => {
  it('are refused when there is no such filter or test', () => {
    expect(() => applyFilter(environment, 'nope', [1], none)).toThrow("No filter named 'nope'.")
    expect(() => applyTest(environment, 'constructor', [1], none)).toThrow(
      "No test named 'constructor'.",
    )
    expect(() => applyFilter(environment, 3, [1], none)).toThrow('No filter named 3.')
  })
})

describe("dbt's own", () => {
  it('mark their value in native templates only', () => {
    for (const name of ['as_text', 'as_bool', 'as_native', 'as_number']) {
      expect(apply(name, 5)).toBe(5)
      const marked = nativeFilters.get(name)!(environment, [5], none)
      expect(marked).toBeInstanceOf(NativeMarker)
      expect(toStr(marked)).toBe('5')
    }
  })

  it('know lists from tuples', () => {
    expect(apply('is_list', [1])).toBe(true)
    expect(apply('is_list', new PyDict())).toBe(false)
  })
})

describe('random', () => {
  it('gives a member, or undefined of nothing', () => {
    expect([1, 2, 3]).toContain(apply('random', [1, 2, 3]))
    expect(toRepr(apply('random', []))).toBe('Undefined')
  })
})

describe('wrong calls', () => {
  it.each<[string, Value[], string]>([
    ['replace', ['a'], "do_replace() missing 2 required positional arguments: 'old' and 'new'"],
    ['upper', ['a', 1], 'do_upper() takes 1 positional argument but 2 were given'],
    ['round', [1, 0, 'x'], 'method must be common, ceil or floor'],
    ['dictsort', [new PyDict(), false, 'x'], 'You can only sort by either "key" or "value"'],
  ])('%s names its function', (name, args, message) => {
    expect(() => apply(name, ...args)).toThrow(message)
  })
})
