/**
 * Python's operators over template values: everything generated code calls. Each throws `PyError`
 * with Python's own wording.
 */
export { add, concat, div, floordiv, mod, mul, neg, pos, pow, sub } from './arithmetic.ts'
export { callMethod, getAttribute, getItem, getSlice, hasAttribute } from './attributes.ts'
export { call, isCallable } from './call.ts'
export { contains, eq, ge, gt, le, lt, ne } from './compare.ts'
export { iterate, length, unpack } from './iterate.ts'
export { toRepr, toStr } from './text.ts'
export { truthy } from './truth.ts'
