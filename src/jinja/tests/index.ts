import type { Test, Tests } from '../filters/filter.ts'
import { characterTests } from '../python/character-tests.ts'
import { tryIterate } from '../python/iterate.ts'
import { contains, eq, ge, gt, isCallable, le, lt, mod, ne, toStr } from '../python/operators.ts'
import { bindArguments, parseSignature } from '../python/signature.ts'
import { HostObject, PyDict, PyFloat, Undefined, type Value } from '../python/values.ts'

type Predicate = (...args: Value[]) => boolean

const test = (name: string, signature: string, predicate: Predicate): Test => {
  const parsed = parseSignature(signature)
  return (_, args, kwargs) => predicate(...(bindArguments(name, parsed, args, kwargs) as Value[]))
}

const isInteger = (value: Value): boolean =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))

const isNumber = (value: Value): boolean =>
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  typeof value === 'boolean' ||
  value instanceof PyFloat ||
  (value instanceof HostObject && value.toFloat !== undefined)

const isSequence = (value: Value): boolean => {
  if (typeof value === 'string' || Array.isArray(value) || value instanceof PyDict) return true
  if (value instanceof Undefined) return true
  return (
    value instanceof HostObject &&
    value.length !== undefined &&
    (value.getItem !== undefined || value.slice !== undefined)
  )
}

const isMapping = (value: Value): boolean =>
  value instanceof PyDict || (value instanceof HostObject && value.isMapping === true)

// Python compares identities: small values are the same object, boxed floats are not.
const isSame = (value: Value, other: Value): boolean => Object.is(value, other)

const isString = (value: Value): boolean =>
  typeof value === 'string' || (value instanceof HostObject && value.typeName === 'str')

const one = (name: string, predicate: Predicate): readonly [string, Test] => [
  name,
  test(`test_${name}`, 'value', predicate),
]

const comparisons: readonly (readonly [readonly string[], string, Predicate])[] = [
  [['==', 'eq', 'equalto'], 'eq', eq],
  [['!=', 'ne'], 'ne', ne],
  [['>', 'gt', 'greaterthan'], 'gt', gt],
  [['>=', 'ge'], 'ge', ge],
  [['<', 'lt', 'lessthan'], 'lt', lt],
  [['<=', 'le'], 'le', le],
]

const nameTests: Tests = new Map<string, Test>([
  ['filter', ({ filters }, [name]) => typeof name === 'string' && filters.has(name)],
  ['test', ({ tests: known }, [name]) => typeof name === 'string' && known.has(name)],
])

/** Jinja2's built-in tests. */
export const tests: Tests = new Map<string, Test>([
  ...nameTests,
  one('odd', value => eq(mod(value, 2), 1)),
  one('even', value => eq(mod(value, 2), 0)),
  one('defined', value => !(value instanceof Undefined)),
  one('undefined', value => value instanceof Undefined),
  one('none', value => value === null),
  one('boolean', value => typeof value === 'boolean'),
  one('false', value => value === false),
  one('true', value => value === true),
  one('integer', isInteger),
  one(
    'float',
    value => (typeof value === 'number' && !isInteger(value)) || value instanceof PyFloat,
  ),
  one('lower', value => characterTests.islower(toStr(value))),
  one('upper', value => characterTests.isupper(toStr(value))),
  one('string', isString),
  one('mapping', isMapping),
  one('number', isNumber),
  one('sequence', isSequence),
  one('iterable', value => tryIterate(value) !== undefined),
  one('callable', isCallable),
  one('escaped', () => false),
  ['divisibleby', test('test_divisibleby', 'value, num', (value, by) => eq(mod(value!, by!), 0))],
  ['sameas', test('test_sameas', 'value, other', (value, other) => isSame(value!, other!))],
  ['in', test('test_in', 'value, seq', (value, items) => contains(items!, value!))],
  ...comparisons.flatMap(([names, shown, compare]) =>
    names.map(name => [name, test(shown, 'a, b, /', compare)] as const),
  ),
])
