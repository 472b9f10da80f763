import { typeError } from './py-error.ts'
import { typeName, type Value } from './values.ts'

/** An argument that must be an int (a bool is one). Throws Python's TypeError. */
export const intArgument = (value: Value): number => {
  if (typeof value === 'number' && Number.isInteger(value)) return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'bigint') return Number(value)
  throw typeError(`'${typeName(value)}' object cannot be interpreted as an integer`)
}

/** An argument that must be a string; `message` is the TypeError's up to the type's name. */
export const stringArgument = (value: Value, message: string): string => {
  if (typeof value === 'string') return value
  // Where the argument is named, so is None; elsewhere it is its type.
  const found = value === null && message.includes('argument') ? 'None' : typeName(value)
  throw typeError(message + found)
}
