import { typeError } from './py-error.ts'
import { bindArguments, parseSignature, type Signature } from './signature.ts'
import type { Kwargs, Value } from './values.ts'

/** A method of a built-in type: its object first, then the call's arguments. */
export type Method = (self: Value, args: Value[], kwargs: Kwargs) => Value | Promise<Value>

/** The methods of a type, by name. A Map, so that no inherited JavaScript property is one. */
export type Methods = ReadonlyMap<string, Method>

type Body<Self> = (self: Self, ...args: never[]) => Value | Promise<Value>

const counted = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`

// The oldest of them count in their own way still.
const oldest = new Set(
  'find rfind index rindex count startswith endswith'.split(' ').map(name => `str.${name}`),
)

// Functions written in C word their complaints in their own way.
const checkBuiltin = (
  names: { readonly full: string; readonly short: string },
  { most, least, hasVarargs, hasKwargs, positionalOnly }: Signature,
  given: number,
  kwargs: Kwargs,
): void => {
  const { full, short } = names
  if (positionalOnly && kwargs.size > 0 && !hasKwargs) {
    throw typeError(`${full}() takes no keyword arguments`)
  }
  if (given > most && !hasVarargs) {
    if (most === 0) throw typeError(`${full}() takes no arguments (${given} given)`)
    if (!positionalOnly) {
      throw typeError(`${short}() takes at most ${counted(most)} (${given + kwargs.size} given)`)
    }
  }
  if (!positionalOnly) return
  if (given >= least && (given <= most || hasVarargs)) return
  if (most === 1 && least === 1)
    throw typeError(`${full}() takes exactly one argument (${given} given)`)
  if (oldest.has(full)) {
    const limit = given < least ? `at least ${counted(least)}` : `at most ${counted(most)}`
    throw typeError(`${short}() takes ${limit} (${given} given)`)
  }
  const bound = least === most ? '' : given < least ? 'at least ' : 'at most '
  throw typeError(
    `${short} expected ${bound}${counted(given < least ? least : most)}, got ${given}`,
  )
}

/** One method, with its arguments bound by a Python signature (see `parseSignature`). */
export const method = <Self extends Value>(
  type: string,
  name: string,
  signature: string,
  body: Body<Self>,
): Method => {
  const parsed = parseSignature(signature)
  const names = { full: type === '' ? name : `${type}.${name}`, short: name }
  const run = body as (self: Value, ...args: (Value | undefined)[]) => Value | Promise<Value>
  return (self, args, kwargs) => {
    checkBuiltin(names, parsed, args.length, kwargs)
    return run(self, ...bindArguments(name, parsed, args, kwargs))
  }
}

/** A type's methods from `{ name: [signature, body] }`. */
export const methods = <Self extends Value>(
  type: string,
  table: Readonly<Record<string, readonly [signature: string, body: Body<Self>]>>,
): Methods =>
  new Map(
    Object.entries(table).map(([name, [signature, body]]) => [
      name,
      method<Self>(type, name, signature, body),
    ]),
  )
