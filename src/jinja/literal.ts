import type { Expression } from './expressions.ts'
import type { Json } from './extraction.ts'

/** A literal's value in a box, so that None and "not a literal" differ. */
interface Boxed {
  readonly value: Json
}

const all = (nodes: readonly Expression[]): readonly Json[] | undefined => {
  const values: Json[] = []
  for (const node of nodes) {
    const literal = literalOf(node)
    if (!literal) return undefined
    values.push(literal.value)
  }
  return values
}

// JavaScript would move such a key to the front.
const isIndex = (key: string): boolean => key.charCodeAt(0) <= 57 && /^\d+$/.test(key)

/** Pairs as a JSON object; undefined when a key cannot be one. */
export const jsonObject = (
  entries: readonly (readonly [string, Json])[],
): { readonly [key: string]: Json } | undefined =>
  entries.some(([key]) => isIndex(key)) ? undefined : Object.fromEntries(entries)

/**
 * The value of an expression that is written out, as plain data. Undefined when it is not, or when
 * JSON cannot hold it as Python would (integral floats, huge integers, tuples, dicts with keys that
 * are no strings).
 */
export const literalOf = (node: Expression): Boxed | undefined => {
  switch (node.typename) {
    case 'Literal':
      return typeof node.value === 'bigint' || (typeof node.value === 'object' && node.value)
        ? undefined
        : { value: node.value }
    case 'UnaryOp': {
      const operand = node.operator === '-' ? literalOf(node.operand)?.value : undefined
      return typeof operand === 'number' && operand !== 0 ? { value: -operand } : undefined
    }
    case 'Array': {
      const value = all(node.children)
      return value && { value }
    }
    case 'Dict': {
      const keys = all(node.children.map(pair => pair.key))
      const values = all(node.children.map(pair => pair.value))
      if (!keys?.every(key => typeof key === 'string') || !values) return undefined
      const value = jsonObject(keys.map((key, i) => [key, values[i]!] as const))
      return value && { value }
    }
    default:
      return undefined
  }
}
