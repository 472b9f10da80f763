import {
  HostObject,
  NamedTuple,
  PyDict,
  PyFloat,
  PySet,
  PyTuple,
  Undefined,
  type Value,
} from './values.ts'

/** A float as Python's `repr` writes it: shortest digits, `.0`, exponents outside 1e-4 … 1e16. */
export const floatRepr = (value: number): string => {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const size = Math.abs(value)
  if (size === 0 || (size >= 1e-4 && size < 1e16)) {
    const text = String(value)
    return Number.isInteger(value) ? `${text}.0` : text
  }
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
}

// What Python's str.isprintable() denies: control, format, unassigned and separators but the space.
const unprintable = /[\\\p{C}\p{Zl}\p{Zp}\p{Zs}]/u
const unprintableAll = /[\\\p{C}\p{Zl}\p{Zp}\p{Zs}]/gu

const escapes = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  [' ', ' '],
])

const escapeCharacter = (char: string): string => {
  const known = escapes.get(char)
  if (known !== undefined) return known
  const code = char.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/** A string as Python's `repr` writes it. */
export const stringRepr = (text: string): string => {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = unprintable.test(text) ? text.replace(unprintableAll, escapeCharacter) : text
  return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`
}

type Seen = readonly object[]

const listRepr = (items: readonly Value[], seen: Seen): string => {
  if (seen.includes(items)) return items instanceof PyTuple ? '(...)' : '[...]'
  const inner = [...seen, items]
  const text = Array.from(items, item => repr(item, inner)).join(', ')
  if (!(items instanceof PyTuple)) return `[${text}]`
  if (items instanceof NamedTuple && items.className !== '') {
    const named = items.fields.map((field, i) => `${field}=${repr(items[i]!, inner)}`)
    return `${items.className}(${named.join(', ')})`
  }
  return items.length === 1 ? `(${text},)` : `(${text})`
}

const dictRepr = (dict: PyDict, seen: Seen): string => {
  if (seen.includes(dict)) return '{...}'
  const inner = [...seen, dict]
  const parts: string[] = []
  for (const [key, value] of dict) parts.push(`${repr(key, inner)}: ${repr(value, inner)}`)
  return `{${parts.join(', ')}}`
}

const repr = (value: Value, seen: Seen): string => {
  switch (typeof value) {
    case 'string':
      return stringRepr(value)
    case 'number':
      return Number.isInteger(value) ? String(value) : floatRepr(value)
    case 'bigint':
      return String(value)
    case 'boolean':
      return value ? 'True' : 'False'
    case 'function':
      return `<function ${value.name}>`
  }
  if (value === null) return 'None'
  if (value instanceof PyFloat) return floatRepr(value.value)
  if (Array.isArray(value)) return listRepr(value, seen)
  if (value instanceof PyDict) return dictRepr(value, seen)
  if (value instanceof PySet) {
    if (value.size === 0) return 'set()'
    return `{${Array.from(value, item => repr(item, seen)).join(', ')}}`
  }
  if (value instanceof Undefined) return 'Undefined'
  return value.repr()
}

/** Python's `repr(value)`. */
export const toRepr = (value: Value): string => repr(value, [])

/** Python's `str(value)`: what `{{ value }}` prints. Undefined gives the empty string. */
export const toStr = (value: Value): string => {
  if (typeof value === 'string') return value
  if (value instanceof Undefined) return ''
  if (value instanceof HostObject) return value.str()
  return repr(value, [])
}

/** Python's `ascii(value)`: the repr with everything beyond ASCII escaped. */
export const asciiRepr = (value: Value): string =>
  toRepr(value).replace(/[^\0-\x7f]/gu, escapeCharacter)
