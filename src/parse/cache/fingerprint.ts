import { hash } from 'node:crypto'

/** A hash of a text: short, and the same on every machine. */
export const textHash = (text: string): string => hash('sha1', text)

/**
 * A hash of plain data that tells apart all that Python does: an int from a float, a date from its
 * text, keys in another order.
 */
export const fingerprint = (value: unknown): string => textHash(JSON.stringify(tagged(value)))

const tagged = (value: unknown): unknown => {
  if (typeof value === 'bigint') return { bigint: String(value) }
  if (value === undefined) return { undefined: true }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(tagged)
  if (value instanceof Set) return { set: [...value].map(tagged) }
  if (value instanceof Map) return { map: [...value].map(tagged) }
  const entries = Object.entries(value).map(([key, item]) => [key, tagged(item)])
  const name = value.constructor?.name
  return name === undefined || name === 'Object' ? { entries } : { [name]: entries }
}
