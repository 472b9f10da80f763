import { typeError } from './py-error.ts'
import { undefinedError } from './undefined.ts'
import { HostObject, type Kwargs, typeName, Undefined, type Value } from './values.ts'

/** Whether `call` can succeed on it: Python's `callable(value)`. */
export const isCallable = (value: Value): boolean =>
  typeof value === 'function' ||
  (value instanceof HostObject && value.call !== undefined) ||
  value instanceof Undefined

/** `value(*args, **kwargs)`. Throws TypeError or UndefinedError when it is not callable. */
export const call = (value: Value, args: Value[], kwargs: Kwargs): Value | Promise<Value> => {
  if (typeof value === 'function') return value(args, kwargs)
  if (value instanceof HostObject && value.call) return value.call(args, kwargs)
  if (value instanceof Undefined) {
    if (value.kind === 'lenient') return value
    throw undefinedError(value)
  }
  throw typeError(`'${typeName(value)}' object is not callable`)
}
