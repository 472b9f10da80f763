/** A JSON object whose values are not known yet. Ask it for fixed keys only; use entries() for names. */
export type JsonObject = { readonly [key: string]: unknown }

const EMPTY: JsonObject = Object.freeze({})

/** The value as an object; anything else is an empty one. */
export const object = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : EMPTY

/** The value as a list; anything else is an empty one. */
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The value as text; numbers and booleans are printed, anything else is ''. */
export const text = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : ''

/** The texts of a list; a single text counts as a list of one. */
export const texts = (value: unknown): readonly string[] =>
  (typeof value === 'string' ? [value] : list(value)).map(text).filter(item => item !== '')

/** The own entries of an object, in file order. */
export const entries = (value: unknown): readonly (readonly [string, unknown])[] =>
  Object.entries(object(value))

/** A short, readable form of any JSON value, for tables of facts. */
export const printed = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
