import { intArgument } from './arguments.ts'
import { call } from './call.ts'
import { eq } from './compare.ts'
import { iterate } from './iterate.ts'
import { type Methods, methods } from './method.ts'
import { PyError, typeError } from './py-error.ts'
import { sliceOf } from './slice.ts'
import { sortValues } from './sort.ts'
import { toRepr } from './text.ts'
import { truthy } from './truth.ts'
import type { Value } from './values.ts'

const valueError = (message: string): PyError => new PyError('ValueError', message)

const same = (a: Value, b: Value): boolean => Object.is(a, b) || eq(a, b)

const indexIn = (self: Value[], item: Value, start: Value, stop: Value): number => {
  const from = sliceOf(self.length, start, stop, null)
  for (let i = from.start; i < from.stop; i++) if (same(self[i]!, item)) return i
  return -1
}

const count = (self: Value[], item: Value): Value =>
  self.reduce((total: number, other) => (same(other, item) ? total + 1 : total), 0)

const indexSignature = 'value, start=0, stop=9223372036854775807, /'

const pop = (self: Value[], index: Value): Value => {
  if (self.length === 0) throw new PyError('IndexError', 'pop from empty list')
  const given = intArgument(index)
  const at = given < 0 ? given + self.length : given
  if (at < 0 || at >= self.length) throw new PyError('IndexError', 'pop index out of range')
  return self.splice(at, 1)[0]!
}

/** A `key=` argument as a function; it must answer at once. */
export const keyFunction = (key: Value): ((item: Value) => Value) | undefined => {
  if (key === null) return undefined
  return item => {
    const result = call(key, [item], new Map())
    if (result instanceof Promise) throw typeError('a key function cannot wait for a query')
    return result
  }
}

const sort = (self: Value[], key: Value, reverse: Value): Value => {
  const sorted = sortValues(self, { key: keyFunction(key), reverse: truthy(reverse) })
  self.splice(0, self.length, ...sorted)
  return null
}

/** Python's methods of `list`. */
export const listMethods: Methods = methods<Value[]>('list', {
  append: [
    'object, /',
    (self, item: Value) => {
      self.push(item)
      return null
    },
  ],
  clear: [
    '',
    self => {
      self.length = 0
      return null
    },
  ],
  copy: ['', self => [...self]],
  count: ['value, /', count],
  extend: [
    'iterable, /',
    (self, items: Value) => {
      self.push(...iterate(items))
      return null
    },
  ],
  index: [
    indexSignature,
    (self, item: Value, start: Value, stop: Value) => {
      const found = indexIn(self, item, start, stop)
      if (found < 0) throw valueError(`${toRepr(item)} is not in list`)
      return found
    },
  ],
  insert: [
    'index, object, /',
    (self, index: Value, item: Value) => {
      self.splice(sliceOf(self.length, intArgument(index), null, null).start, 0, item)
      return null
    },
  ],
  pop: ['index=-1, /', pop],
  remove: [
    'value, /',
    (self, item: Value) => {
      const found = indexIn(self, item, null, null)
      if (found < 0) throw valueError('list.remove(x): x not in list')
      self.splice(found, 1)
      return null
    },
  ],
  reverse: [
    '',
    self => {
      self.reverse()
      return null
    },
  ],
  sort: ['*, key=None, reverse=False', sort],
})

/** Python's methods of `tuple`. */
export const tupleMethods: Methods = methods<Value[]>('tuple', {
  count: ['value, /', count],
  index: [
    indexSignature,
    (self, item: Value, start: Value, stop: Value) => {
      const found = indexIn(self, item, start, stop)
      if (found < 0) throw valueError('tuple.index(x): x not in tuple')
      return found
    },
  ],
})
