import { DictView } from './dict-view.ts'
import { iterate, length, tryIterate } from './iterate.ts'
import { type Methods, methods } from './method.ts'
import { PyError, typeError } from './py-error.ts'
import { toRepr } from './text.ts'
import { undefinedError } from './undefined.ts'
import { keyError, PyDict, tuple, Undefined, type Value } from './values.ts'

/** Adds a mapping's entries or an iterable's pairs to a dict, as `dict.update` and `dict()` do. */
export const updateDict = (dict: PyDict, from: Value): void => {
  if (from instanceof PyDict) {
    for (const [key, value] of [...from]) dict.set(key, value)
    return
  }
  // It is asked for `keys` before it is walked.
  if (from instanceof Undefined && from.kind === 'default') throw undefinedError(from)
  let i = 0
  for (const pair of iterate(from)) {
    const items = tryIterate(pair)
    if (items === undefined) {
      throw typeError(`cannot convert dictionary update sequence element #${i} to a sequence`)
    }
    const [key, value] = items
    if (length(pair) !== 2 || key === undefined || value === undefined) {
      throw new PyError(
        'ValueError',
        `dictionary update sequence element #${i} has length ${length(pair)}; 2 is required`,
      )
    }
    dict.set(key, value)
    i++
  }
}

const popItem = (self: PyDict): Value => {
  const last = [...self].at(-1)
  if (last === undefined) throw keyError("'popitem(): dictionary is empty'")
  self.delete(last[0])
  return tuple(last)
}

const pop = (self: PyDict, key: Value, fallback: Value | undefined): Value => {
  // An empty dict does not even hash the key.
  const value = self.size === 0 ? undefined : self.get(key)
  if (value !== undefined) {
    self.delete(key)
    return value
  }
  if (fallback === undefined) throw keyError(toRepr(key))
  return fallback
}

const setDefault = (self: PyDict, key: Value, value: Value): Value => {
  const found = self.get(key)
  if (found !== undefined) return found
  self.set(key, value)
  return value
}

const update = (self: PyDict, from: Value | undefined, kwargs: PyDict): Value => {
  if (from !== undefined) updateDict(self, from)
  for (const [key, value] of kwargs) self.set(key, value)
  return null
}

/** Python's methods of `dict`. */
export const dictMethods: Methods = methods<PyDict>('dict', {
  clear: [
    '',
    self => {
      self.clear()
      return null
    },
  ],
  copy: ['', self => new PyDict(self)],
  fromkeys: [
    'iterable, value=None, /',
    (_self, keys: Value, value: Value) =>
      new PyDict(Array.from(iterate(keys), key => [key, value] as const)),
  ],
  get: [
    'key, default=None, /',
    (self, key: Value, fallback: Value) => self.get(key) ?? missingAs(self, key, fallback),
  ],
  items: ['', self => new DictView(self, 'items')],
  keys: ['', self => new DictView(self, 'keys')],
  pop: ['key, default=..., /', pop],
  popitem: ['', popItem],
  setdefault: ['key, default=None, /', setDefault],
  update: ['other=..., /, **kwargs', update],
  values: ['', self => new DictView(self, 'values')],
})

// `get` of a key whose value is None is None, not the default.
const missingAs = (self: PyDict, key: Value, fallback: Value): Value =>
  self.has(key) ? null : fallback
