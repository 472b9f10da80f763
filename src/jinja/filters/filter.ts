import { PyError } from '../python/py-error.ts'
import { bindArguments, parseSignature } from '../python/signature.ts'
import { stringRepr, toRepr } from '../python/text.ts'
import type { Kwargs, UndefinedKind, Value } from '../python/values.ts'

/** What filters and tests need to know of the engine that applies them. */
export interface FilterEnvironment {
  /** What failed look-ups give. */
  readonly undefinedKind: UndefinedKind
  readonly filters: Filters
  readonly tests: Tests
}

/** A filter; `args[0]` is the filtered value. Never a promise. */
export type Filter = (environment: FilterEnvironment, args: Value[], kwargs: Kwargs) => Value

/** A test behind `is`; `args[0]` is the tested value. */
export type Test = (environment: FilterEnvironment, args: Value[], kwargs: Kwargs) => boolean

export type Filters = ReadonlyMap<string, Filter>
export type Tests = ReadonlyMap<string, Test>

type Body = (environment: FilterEnvironment, ...args: never[]) => Value

/** A filter that binds its arguments by a Python signature; `name` is what its errors show. */
export const filter = (name: string, signature: string, body: Body): Filter => {
  const parsed = parseSignature(signature)
  const run = body as (environment: FilterEnvironment, ...args: (Value | undefined)[]) => Value
  return (environment, args, kwargs) =>
    run(environment, ...bindArguments(name, parsed, args, kwargs))
}

/** Filters from `{ name: [function name, signature, body] }`. */
export const filterTable = (
  table: Readonly<Record<string, readonly [name: string, signature: string, body: Body]>>,
): Filters =>
  new Map(
    Object.entries(table).map(([name, [shown, signature, body]]) => [
      name,
      filter(shown, signature, body),
    ]),
  )

const unknown = (kind: 'filter' | 'test', name: Value): PyError =>
  new PyError(
    'TemplateRuntimeError',
    `No ${kind} named ${typeof name === 'string' ? stringRepr(name) : toRepr(name)}.`,
  )

/** Applies the filter of that name, which is only known while rendering (`map('upper')`). */
export const applyFilter = (
  environment: FilterEnvironment,
  name: Value,
  args: Value[],
  kwargs: Kwargs,
): Value => {
  const found = typeof name === 'string' ? environment.filters.get(name) : undefined
  if (found === undefined) throw unknown('filter', name)
  return found(environment, args, kwargs)
}

/** Applies the test of that name (`select('odd')`). */
export const applyTest = (
  environment: FilterEnvironment,
  name: Value,
  args: Value[],
  kwargs: Kwargs,
): boolean => {
  const found = typeof name === 'string' ? environment.tests.get(name) : undefined
  if (found === undefined) throw unknown('test', name)
  return found(environment, args, kwargs)
}
