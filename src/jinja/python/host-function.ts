import { bindArguments, parseSignature } from './signature.ts'
import type { HostFunction, Value } from './values.ts'

/** Positional parameters as the signature orders them; an omitted `=...` one comes as undefined. */
type Body = (...args: never[]) => Value | Promise<Value>

/**
 * A function for templates that binds its arguments as a Python `def name(signature)` would:
 * `hostFunction('log', 'msg, info=False', (msg, info) => …)`. `*args` reaches the body as a tuple,
 * `**kwargs` as a dict, in the signature's order. Wrong calls throw Python's TypeErrors. With a
 * leading `self` the messages count one argument more, as a method's do.
 */
export const hostFunction = (name: string, signature: string, body: Body): HostFunction => {
  const parsed = parseSignature(signature)
  const run = body as (...args: (Value | undefined)[]) => Value | Promise<Value>
  const result: HostFunction = (args, kwargs) => run(...bindArguments(name, parsed, args, kwargs))
  Object.defineProperty(result, 'name', { value: name })
  return result
}
