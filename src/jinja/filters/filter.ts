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
