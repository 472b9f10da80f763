import { hostFunction } from './python/host-function.ts'
import type { HostFunction, Value } from './python/values.ts'

/** Carries the value of `return(value)` to the end of the macro it is called in. Not an Error. */
export class MacroReturn {
  constructor(readonly value: Value) {}
}

/** dbt's `return`. The engine knows this very function and leaves macros without throwing. */
export const returnFunction: HostFunction = hostFunction('_return', 'data=None', (data: Value) => {
  throw new MacroReturn(data)
})
