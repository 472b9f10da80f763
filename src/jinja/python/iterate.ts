import { codePointLength } from './code-points.ts'
import { PyError, typeError } from './py-error.ts'
import { HostObject, PyDict, PySet, typeName, Undefined, type Value } from './values.ts'

function* dictKeys(dict: PyDict): Generator<Value> {
  const size = dict.size
  for (const key of dict.keys()) {
    if (dict.size !== size) {
      throw new PyError('RuntimeError', 'dictionary changed size during iteration')
    }
    yield key
  }
  if (dict.size !== size) {
    throw new PyError('RuntimeError', 'dictionary changed size during iteration')
  }
}

/** The items of a value without an error for what has none: undefined. */
export const tryIterate = (value: Value): Iterable<Value> | undefined => {
  if (typeof value === 'string' || Array.isArray(value)) return value
  if (value instanceof PyDict) return dictKeys(value)
  if (value instanceof PySet) return value
  if (value instanceof Undefined) return []
  if (value instanceof HostObject && value.iterate) return value.iterate()
  return undefined
}

/** Python's `iter(value)`: a dict gives its keys, a string its code points, undefined nothing. */
export const iterate = (value: Value): Iterable<Value> => {
  const items = tryIterate(value)
  if (items === undefined) throw typeError(`'${typeName(value)}' object is not iterable`)
  return items
}

/** Python's `len(value)`. */
export const length = (value: Value): number => {
  if (typeof value === 'string') return codePointLength(value)
  if (Array.isArray(value)) return value.length
  if (value instanceof PyDict || value instanceof PySet) return value.size
  if (value instanceof Undefined) return 0
  if (value instanceof HostObject && value.length) return value.length()
  throw typeError(`object of type '${typeName(value)}' has no len()`)
}

/** The items of `value` for an assignment to `count` targets. Throws Python's ValueErrors. */
export const unpack = (value: Value, count: number): readonly Value[] => {
  if (Array.isArray(value) && value.length === count) return value
  const items = tryIterate(value)
  if (items === undefined) throw typeError(`cannot unpack non-iterable ${typeName(value)} object`)
  const result: Value[] = []
  for (const item of items) {
    if (result.length === count) {
      throw new PyError('ValueError', `too many values to unpack (expected ${count})`)
    }
    result.push(item)
  }
  if (result.length < count) {
    throw new PyError(
      'ValueError',
      `not enough values to unpack (expected ${count}, got ${result.length})`,
    )
  }
  return result
}
