import { HostObject, PyDict, PyFloat, PySet, Undefined, type Value } from './values.ts'

/** Python's `bool(value)`. */
export const truthy = (value: Value): boolean => {
  switch (typeof value) {
    case 'boolean':
      return value
    case 'string':
      return value !== ''
    case 'number':
      // nan is true in Python.
      return value !== 0
    case 'bigint':
      return value !== 0n
    case 'function':
      return true
  }
  if (value === null) return false
  if (Array.isArray(value)) return value.length > 0
  if (value instanceof PyDict || value instanceof PySet) return value.size > 0
  if (value instanceof PyFloat) return value.value !== 0
  if (value instanceof Undefined) return false
  if (value instanceof HostObject) return value.truthy()
  return true
}
