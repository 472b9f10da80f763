import { getItem } from '../python/operators.ts'
import { Undefined, type Value } from '../python/values.ts'
import type { FilterEnvironment } from './filter.ts'

/** What a filter compares strings by unless it is case-sensitive. */
export const ignoreCase = (value: Value): Value =>
  typeof value === 'string' ? value.toLowerCase() : value

interface GetterOptions {
  /** Applied to what is found. */
  readonly map?: (value: Value) => Value
  /** Replaces undefined steps, unless it is None. */
  readonly fallback?: Value
}

type Getter = (item: Value) => Value

const partsOf = (attribute: Value): Value[] => {
  if (attribute === null) return []
  if (typeof attribute !== 'string') return [attribute]
  return attribute.split('.').map(part => (/^\d+$/.test(part) ? Number(part) : part))
}

/** Reads a dotted attribute, as `attribute='a.b.0'` names it; None gives the item itself. */
export const attributeGetter = (
  environment: FilterEnvironment,
  attribute: Value,
  { map, fallback = null }: GetterOptions = {},
): Getter => {
  const parts = partsOf(attribute)
  return item => {
    let found = item
    for (const part of parts) {
      found = getItem(found, part, environment.undefinedKind)
      if (fallback !== null && found instanceof Undefined) found = fallback
    }
    return map ? map(found) : found
  }
}

/** Reads several attributes, as `attribute='a,b.c'` names them, into a list. */
export const attributesGetter = (
  environment: FilterEnvironment,
  attribute: Value,
  map?: (value: Value) => Value,
): Getter => {
  const names: Value[] = typeof attribute === 'string' ? attribute.split(',') : [attribute]
  const getters = names.map(name => attributeGetter(environment, name, { map }))
  return item => getters.map(getter => getter(item))
}
