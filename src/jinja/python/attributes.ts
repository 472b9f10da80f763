import { call } from './call.ts'
import { isPlane0 } from './code-points.ts'
import { dictMethods } from './dict-methods.ts'
import { findMember as findPlainMember } from './members.ts'
import type { Method } from './method.ts'
import { typeError } from './py-error.ts'
import { pick, sliceOf } from './slice.ts'
import { formatMethods } from './string-format.ts'
import { missing, undefinedError } from './undefined.ts'
import {
  type HostFunction,
  HostObject,
  type Kwargs,
  NamedTuple,
  PyDict,
  PyTuple,
  tuple,
  typeName,
  Undefined,
  type UndefinedKind,
  type Value,
} from './values.ts'

const dunder = (names: string): string[] => names.split(' ').map(name => `__${name}__`)

// Attributes that Python's objects have and the sandbox hides: those of all, and those of a kind.
const hiddenOnAll = new Set(
  dunder(
    'class doc init new repr str eq ne lt le gt ge hash getattribute setattr delattr reduce reduce_ex getstate init_subclass subclasshook format sizeof dir',
  ),
)
const hiddenOnContainers = new Set(
  dunder(
    'len iter contains getitem setitem delitem add iadd mul rmul imul mod rmod reversed or ror ior',
  ),
)
const hiddenOnFunctions = new Set(
  dunder(
    'globals code closure defaults kwdefaults dict module name qualname annotations call get builtins self text_signature',
  ),
)
const hiddenOnObjects = new Set([
  ...dunder('dict module weakref slots call'),
  ...hiddenOnContainers,
])

const isHidden = (object: Value, name: string): boolean => {
  if (!name.startsWith('__')) return false
  if (hiddenOnAll.has(name)) return true
  if (typeof object === 'function') return hiddenOnFunctions.has(name)
  if (object instanceof HostObject || object instanceof Undefined) return hiddenOnObjects.has(name)
  if (typeof object === 'string' || Array.isArray(object)) return hiddenOnContainers.has(name)
  return object instanceof PyDict && hiddenOnContainers.has(name)
}

const unsafeAttribute = (object: Value, name: string, kind: UndefinedKind): Undefined =>
  new Undefined({
    kind,
    name,
    owner: object,
    hint: `access to attribute '${name}' of '${typeName(object)}' object is unsafe.`,
    // dbt's own undefined class forgets the exception that it was to raise.
    security: kind === 'default',
  })

const bind = (name: string, self: Value, found: Method): HostFunction => {
  const bound: HostFunction = (args, kwargs) => found(self, args, kwargs)
  Object.defineProperty(bound, 'name', { value: name })
  return bound
}

// dbt's undefined shows its own name and hint as attributes.
const lenientAttribute = (value: Undefined, name: string): Value => {
  if (name === 'name') return value.name ?? null
  if (name === 'hint') return value.hint ?? null
  if (name === 'node') return null
  if (name === 'unsafe_callable' || name === 'alters_data') return false
  return new Undefined({ kind: 'lenient', name, hint: value.hint })
}

const undefinedAttribute = (value: Undefined, name: string, kind: UndefinedKind): Value => {
  if (isHidden(value, name)) return unsafeAttribute(value, name, kind)
  if (value.kind === 'lenient') return lenientAttribute(value, name)
  throw undefinedError(value)
}

/** The attribute proper, as Python's getattr: a method, a field, a host object's own. */
const plainAttribute = (object: Value, name: string): Value | undefined => {
  if (object instanceof HostObject) return object.getAttr(name)
  const member = findMember(object, name)
  if (member === undefined) {
    if (!(object instanceof NamedTuple)) return undefined
    const index = object.fields.indexOf(name)
    return index < 0 ? undefined : object[index]
  }
  return typeof member === 'function' ? bind(name, object, member) : member.value
}

const indexOf = (key: Value): number | undefined => {
  if (typeof key === 'number') return Number.isInteger(key) ? key : undefined
  if (typeof key === 'boolean') return key ? 1 : 0
  return undefined
}

const codePointAt = (text: string, index: number): string | undefined => {
  if (isPlane0(text)) return text.at(index)
  return Array.from(text).at(index)
}

// `object[key]`; undefined where Python raises TypeError, KeyError or IndexError.
const plainItem = (object: Value, key: Value): Value | undefined => {
  if (object instanceof PyDict) {
    if (typeof key === 'object' && key !== null && isUnhashable(key)) return undefined
    return object.get(key)
  }
  if (object instanceof HostObject) return object.getItem?.(key)
  if (typeof object === 'string' || Array.isArray(object)) {
    const index = indexOf(key)
    if (index === undefined) return undefined
    return typeof object === 'string' ? codePointAt(object, index) : object.at(index)
  }
  if (object instanceof Undefined) {
    if (object.kind === 'lenient') return object
    throw undefinedError(object)
  }
  return undefined
}

const isUnhashable = (key: Value): boolean => {
  if (key instanceof PyTuple) return key.some(isUnhashable)
  if (key instanceof HostObject) return key.hashKey?.() === null
  return Array.isArray(key) || key instanceof Map || key instanceof Set
}

/** `object.name`: the attribute, else the item, else an undefined value of that kind. */
export const getAttribute = (object: Value, name: string, kind: UndefinedKind): Value => {
  if (object instanceof PyDict && !dictMethods.has(name)) {
    // By far the most frequent, so before all else.
    const value = object.get(name)
    if (value !== undefined) return value
  }
  if (object instanceof Undefined) return undefinedAttribute(object, name, kind)
  const attribute = plainAttribute(object, name)
  if (attribute !== undefined) return attribute
  if (isHidden(object, name)) return unsafeAttribute(object, name, kind)
  const item = plainItem(object, name)
  return item === undefined ? missing(object, name, kind) : item
}

/** `object[key]`: the item, else the attribute, else an undefined value of that kind. */
export const getItem = (object: Value, key: Value, kind: UndefinedKind): Value => {
  const item = plainItem(object, key)
  if (item !== undefined) return item
  if (typeof key === 'string') {
    const attribute = plainAttribute(object, key)
    if (attribute !== undefined) return attribute
    if (isHidden(object, key)) return unsafeAttribute(object, key, kind)
  }
  return missing(object, key, kind)
}

/** Python's `hasattr`: an attribute proper, items do not count. */
export const hasAttribute = (object: Value, name: string): boolean =>
  plainAttribute(object, name) !== undefined

/** `object.name(*args, **kwargs)`, without a bound method in between. */
export const callMethod = (
  object: Value,
  name: string,
  args: Value[],
  kwargs: Kwargs,
  kind: UndefinedKind,
): Value | Promise<Value> => {
  if (!(object instanceof HostObject) && !(object instanceof Undefined)) {
    const member = findMember(object, name)
    if (typeof member === 'function') return member(object, args, kwargs)
  }
  return call(getAttribute(object, name, kind), args, kwargs)
}

/** `object[start:stop:step]`, None for what is left out. Throws TypeError or ValueError. */
export const getSlice = (object: Value, start: Value, stop: Value, step: Value): Value => {
  if (typeof object === 'string') {
    const simple = isPlane0(object)
    const units = simple ? object : Array.from(object)
    const range = sliceOf(units.length, start, stop, step)
    if (simple && range.step === 1)
      return object.slice(range.start, Math.max(range.start, range.stop))
    return pick(units, range).join('')
  }
  if (Array.isArray(object)) {
    const items = pick(object, sliceOf(object.length, start, stop, step))
    return object instanceof PyTuple ? tuple(items) : items
  }
  if (object instanceof Undefined) {
    if (object.kind === 'lenient') return object
    throw undefinedError(object)
  }
  if (object instanceof HostObject && object.slice) return object.slice(start, stop, step)
  if (object instanceof PyDict) throw typeError("unhashable type: 'slice'")
  throw typeError(`'${typeName(object)}' object is not subscriptable`)
}

const stringFormats = formatMethods({
  attribute: (value, name) => getAttribute(value, name, 'default'),
  item: (value, key) => getItem(value, key, 'default'),
})

// What a built-in type has under that name.
const findMember = (object: Value, name: string): ReturnType<typeof findPlainMember> =>
  (typeof object === 'string' ? stringFormats.get(name) : undefined) ??
  findPlainMember(object, name)
