import { PyError } from './py-error.ts'
import { toRepr } from './text.ts'
import { HostObject, typeName, Undefined, type UndefinedKind, type Value } from './values.ts'

/** How Jinja2 names the type of a value in its messages: `dict object`, `None`. */
export const objectTypeRepr = (value: Value): string => {
  if (value === null) return 'None'
  const name =
    value instanceof HostObject ? (value.qualifiedName ?? value.typeName) : typeName(value)
  return `${value instanceof Undefined ? 'jinja2.runtime.Undefined' : name} object`
}

const messageOf = (value: Undefined): string => {
  if (value.hint !== undefined) return value.hint
  if (value.owner === undefined) return `${toRepr(value.name ?? null)} is undefined`
  if (typeof value.name !== 'string') {
    return `${objectTypeRepr(value.owner)} has no element ${toRepr(value.name ?? null)}`
  }
  return `${toRepr(objectTypeRepr(value.owner))} has no attribute ${toRepr(value.name)}`
}

/** The error that using an undefined value gives, in Jinja2's words. */
export const undefinedError = (value: Undefined): PyError =>
  new PyError(value.security ? 'SecurityError' : 'UndefinedError', messageOf(value))

/** What a failed look-up of `name` on `owner` gives. */
export const missing = (owner: Value, name: Value, kind: UndefinedKind): Undefined =>
  // dbt's own kind does not remember where it looked.
  new Undefined(kind === 'lenient' ? { kind, name } : { kind, name, owner })
