import type { Value } from '../jinja/python/values.ts'

/** Finds what a name means to a template; undefined when nothing bears it. */
export type Lookup = (name: string) => Value | undefined

/** Names whose values are made when a template first asks for them. */
export type NameTable<S> = ReadonlyMap<string, (scope: S) => Value>

/** Builds a name table; the object's own keys are the names. */
export const nameTable = <S>(names: Readonly<Record<string, (scope: S) => Value>>): NameTable<S> =>
  new Map(Object.entries(names))

/** Gives a table's names for one scope. */
export const namesOf =
  <S>(table: NameTable<S>, scope: S): Lookup =>
  name =>
    table.get(name)?.(scope)

/**
 * One look-up over several, the first that knows a name wins. Each name is looked up once: contexts
 * are made for every node, but most templates ask for three names of two thousand.
 */
export const layered = (layers: readonly Lookup[]): Lookup => {
  const known = new Map<string, Value>()
  return name => {
    const cached = known.get(name)
    if (cached !== undefined) return cached
    for (const layer of layers) {
      const value = layer(name)
      if (value === undefined) continue
      known.set(name, value)
      return value
    }
    return undefined
  }
}
