import { iterate } from './iterate.ts'
import { type Methods, methods } from './method.ts'
import { toRepr } from './text.ts'
import { keyError, PySet, type PyTuple, type Value } from './values.ts'

const asSet = (value: Value): PySet => (value instanceof PySet ? value : new PySet(iterate(value)))

const isSubset = (a: PySet, b: PySet): boolean => {
  for (const item of a) if (!b.has(item)) return false
  return true
}

const union = (self: PySet, others: PyTuple): PySet => {
  const result = new PySet(self)
  for (const other of others) for (const item of iterate(other)) result.add(item)
  return result
}

const intersection = (self: PySet, others: PyTuple): PySet => {
  const sets = Array.from(others, asSet)
  return new PySet([...self].filter(item => sets.every(set => set.has(item))))
}

const difference = (self: PySet, others: PyTuple): PySet => {
  const result = new PySet(self)
  for (const other of others) for (const item of iterate(other)) result.delete(item)
  return result
}

const symmetricDifference = (self: PySet, other: Value): PySet => {
  const theirs = asSet(other)
  const mine = [...self].filter(item => !theirs.has(item))
  return new PySet([...mine, ...[...theirs].filter(item => !self.has(item))])
}

const become = (self: PySet, items: PySet): null => {
  self.clear()
  for (const item of items) self.add(item)
  return null
}

const remove = (self: PySet, item: Value): null => {
  if (!self.delete(item)) throw keyError(toRepr(item))
  return null
}

const pop = (self: PySet): Value => {
  const [first] = self
  if (first === undefined) throw keyError("'pop from an empty set'")
  self.delete(first)
  return first
}

/** Python's methods of `set`. */
export const setMethods: Methods = methods<PySet>('set', {
  add: [
    'object, /',
    (self, item: Value) => {
      self.add(item)
      return null
    },
  ],
  clear: [
    '',
    self => {
      self.clear()
      return null
    },
  ],
  copy: ['', self => new PySet(self)],
  difference: ['*others', difference],
  difference_update: ['*others', (self, others: PyTuple) => become(self, difference(self, others))],
  discard: [
    'object, /',
    (self, item: Value) => {
      self.delete(item)
      return null
    },
  ],
  intersection: ['*others', intersection],
  intersection_update: [
    '*others',
    (self, others: PyTuple) => become(self, intersection(self, others)),
  ],
  isdisjoint: ['other, /', (self, other: Value) => !isOverlapping(self, asSet(other))],
  issubset: ['other, /', (self, other: Value) => isSubset(self, asSet(other))],
  issuperset: ['other, /', (self, other: Value) => isSubset(asSet(other), self)],
  pop: ['', pop],
  remove: ['object, /', remove],
  symmetric_difference: ['other, /', symmetricDifference],
  symmetric_difference_update: [
    'other, /',
    (self, other: Value) => become(self, symmetricDifference(self, other)),
  ],
  union: ['*others', union],
  update: ['*others', (self, others: PyTuple) => become(self, union(self, others))],
})

const isOverlapping = (a: PySet, b: PySet): boolean => {
  for (const item of a) if (b.has(item)) return true
  return false
}
