import { dictMethods } from './dict-methods.ts'
import { listMethods, tupleMethods } from './list-methods.ts'
import type { Method, Methods } from './method.ts'
import { floatMethods, intMethods } from './number-methods.ts'
import { setMethods } from './set-methods.ts'
import { stringMethods } from './string-methods.ts'
import { HostObject, PyDict, PyFloat, PySet, PyTuple, Undefined, type Value } from './values.ts'

const methodsOf = (object: Value): Methods | undefined => {
  switch (typeof object) {
    case 'string':
      return stringMethods
    case 'boolean':
    case 'bigint':
      return intMethods
    case 'number':
      return Number.isInteger(object) ? intMethods : floatMethods
    case 'function':
      return undefined
  }
  if (object === null || object instanceof HostObject || object instanceof Undefined)
    return undefined
  if (object instanceof PyDict) return dictMethods
  if (Array.isArray(object)) return object instanceof PyTuple ? tupleMethods : listMethods
  if (object instanceof PyFloat) return floatMethods
  if (object instanceof PySet) return setMethods
  return undefined
}

const numberField = (object: Value, name: string): Value | undefined => {
  const isFloat =
    object instanceof PyFloat || (typeof object === 'number' && !Number.isInteger(object))
  if (name === 'real') return typeof object === 'boolean' ? Number(object) : object
  if (name === 'imag') return isFloat ? new PyFloat(0) : 0
  if (isFloat) return undefined
  if (name === 'numerator') return typeof object === 'boolean' ? Number(object) : object
  return name === 'denominator' ? 1 : undefined
}

/** What a built-in type has under that name: a method, a field's value, or nothing. */
export const findMember = (
  object: Value,
  name: string,
): Method | { readonly value: Value } | undefined => {
  const table = methodsOf(object)
  const found = table?.get(name)
  if (found !== undefined || (table !== intMethods && table !== floatMethods)) return found
  const value = numberField(object, name)
  return value === undefined ? undefined : { value }
}
