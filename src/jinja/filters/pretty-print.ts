import { codePointLength } from '../python/code-points.ts'
import { lt } from '../python/compare.ts'
import { PyError } from '../python/py-error.ts'
import { splitLines } from '../python/string-split.ts'
import { stringRepr, toRepr } from '../python/text.ts'
import { PyDict, PySet, PyTuple, typeName, type Value } from '../python/values.ts'

const lineWidth = 80

// Where a value is written: columns taken before it, and needed behind it on its last line.
interface Place {
  readonly indent: number
  readonly allowance: number
  readonly level: number
}

// Values without an order are ordered by their types.
const less = (a: Value, b: Value): boolean => {
  try {
    return lt(a, b)
  } catch (error) {
    if (!(error instanceof PyError)) throw error
    return `<class '${typeName(a)}'>` < `<class '${typeName(b)}'>`
  }
}

const sorted = <T>(items: readonly T[], key: (item: T) => Value): T[] =>
  [...items].sort((a, b) => (less(key(a), key(b)) ? -1 : less(key(b), key(a)) ? 1 : 0))

const entriesOf = (dict: PyDict): [Value, Value][] => sorted([...dict], ([key]) => key)

const itemsOf = (value: Value[] | PySet): Value[] =>
  value instanceof PySet ? sorted([...value], item => item) : value

// On one line: the repr, but with the entries of dicts in order.
const flat = (value: Value): string => {
  if (value instanceof PyDict) {
    return `{${entriesOf(value)
      .map(([key, item]) => `${flat(key)}: ${flat(item)}`)
      .join(', ')}}`
  }
  if (Array.isArray(value)) {
    const text = Array.from(value, flat).join(', ')
    if (!(value instanceof PyTuple)) return `[${text}]`
    return value.length === 1 ? `(${text},)` : `(${text})`
  }
  return toRepr(value)
}

const newLine = (indent: number): string => `,\n${' '.repeat(indent)}`

const itemsText = (items: readonly Value[], place: Place): string => {
  const indent = place.indent + 1
  return items
    .map((item, i) => {
      const allowance = i === items.length - 1 ? place.allowance : 1
      return write(item, { indent, allowance, level: place.level })
    })
    .join(newLine(indent))
}

const dictText = (dict: PyDict, place: Place): string => {
  const entries = entriesOf(dict)
  const indent = place.indent + 1
  const parts = entries.map(([key, item], i) => {
    const shown = flat(key)
    const allowance = i === entries.length - 1 ? place.allowance + 1 : 1
    const at = indent + codePointLength(shown) + 2
    return `${shown}: ${write(item, { indent: at, allowance, level: place.level })}`
  })
  return `{${parts.join(newLine(indent))}}`
}

interface Room {
  readonly width: number
  /** Columns that the text behind the string needs on its last line. */
  readonly allowance: number
}

// One line of a string in pieces that fit, broken behind blanks.
const wordChunks = (line: string, { width, allowance }: Room): string[] => {
  const chunks: string[] = []
  const parts = line.match(/\S*\s*/g)?.filter(part => part !== '') ?? []
  let current = ''
  for (const [i, part] of parts.entries()) {
    const room = i === parts.length - 1 ? width - allowance : width
    if (codePointLength(stringRepr(current + part)) > room) {
      if (current !== '') chunks.push(stringRepr(current))
      current = part
    } else current += part
  }
  if (current !== '') chunks.push(stringRepr(current))
  return chunks
}

const stringText = (text: string, place: Place): string => {
  if (text === '') return "''"
  const outermost = place.level === 1
  const indent = place.indent + (outermost ? 1 : 0)
  const allowance = place.allowance + (outermost ? 1 : 0)
  const width = lineWidth - indent
  const lines = splitLines(text, true)
  const chunks = lines.flatMap((line, i) => {
    const needed = i === lines.length - 1 ? allowance : 0
    const shown = stringRepr(line)
    return codePointLength(shown) <= width - needed
      ? [shown]
      : wordChunks(line, { width, allowance: needed })
  })
  if (chunks.length === 1) return stringRepr(text)
  const joined = chunks.join(`\n${' '.repeat(indent)}`)
  return outermost ? `(${joined})` : joined
}

const write = (value: Value, { indent, allowance, level }: Place): string => {
  const short = flat(value)
  if (codePointLength(short) <= lineWidth - indent - allowance) return short
  const place = { indent, allowance, level: level + 1 }
  if (typeof value === 'string') return stringText(value, place)
  if (value instanceof PyDict) return dictText(value, place)
  if (!Array.isArray(value) && !(value instanceof PySet)) return short
  const isTuple = value instanceof PyTuple
  const [open, close] = isTuple
    ? ['(', value.length === 1 ? ',)' : ')']
    : value instanceof PySet
      ? ['{', '}']
      : ['[', ']']
  const inner = { ...place, allowance: allowance + close.length }
  return `${open}${itemsText(itemsOf(value), inner)}${close}`
}

/** Python's `pprint.pformat(value)`: 80 columns, dicts and sets in order. */
export const prettyPrint = (value: Value): string =>
  write(value, { indent: 0, allowance: 0, level: 0 })
