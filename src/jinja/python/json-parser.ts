import { codePointLength } from './code-points.ts'
import { PyError } from './py-error.ts'
import { float, normInt, PyDict, type Value } from './values.ts'

interface Cursor {
  readonly text: string
  at: number
}

const fail = (message: string, text: string, at: number): PyError => {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const column = codePointLength(before.slice(before.lastIndexOf('\n') + 1)) + 1
  const char = codePointLength(before)
  return new PyError('ValueError', `${message}: line ${line} column ${column} (char ${char})`)
}

const blanks = /[ \t\n\r]*/y
const numbers = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const plainText = /[^"\\\0-\x1f]*/y

const skipBlanks = (cursor: Cursor): void => {
  blanks.lastIndex = cursor.at
  cursor.at += blanks.exec(cursor.text)![0].length
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

const readEscape = (cursor: Cursor, start: number): string => {
  const { text } = cursor
  const char = text.charAt(cursor.at + 1)
  if (char === '') throw fail('Unterminated string starting at', text, start)
  if (char === 'u') {
    const hex = text.slice(cursor.at + 2, cursor.at + 6)
    if (!/^[\da-fA-F]{4}$/.test(hex)) throw fail('Invalid \\uXXXX escape', text, cursor.at + 1)
    cursor.at += 6
    return String.fromCharCode(Number.parseInt(hex, 16))
  }
  const found = escapes.get(char)
  if (found === undefined) throw fail('Invalid \\escape', text, cursor.at)
  cursor.at += 2
  return found
}

const readString = (cursor: Cursor): string => {
  const { text } = cursor
  const start = cursor.at++
  let result = ''
  for (;;) {
    plainText.lastIndex = cursor.at
    const plain = plainText.exec(text)![0]
    result += plain
    cursor.at += plain.length
    const char = text.charAt(cursor.at)
    if (char === '') throw fail('Unterminated string starting at', text, start)
    if (char === '"') break
    if (char !== '\\') throw fail('Invalid control character at', text, cursor.at)
    result += readEscape(cursor, start)
  }
  cursor.at++
  return result
}

const words: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])

const readScalar = (cursor: Cursor): Value => {
  const { text, at } = cursor
  for (const [word, value] of words) {
    if (!text.startsWith(word, at)) continue
    cursor.at += word.length
    return value
  }
  numbers.lastIndex = at
  const match = numbers.exec(text)
  if (!match) throw fail('Expecting value', text, at)
  const [whole, integer, fraction, exponent] = match
  cursor.at += whole.length
  if (fraction !== undefined || exponent !== undefined) return float(Number(whole))
  return normInt(BigInt(integer!))
}

const readList = (cursor: Cursor): Value => {
  const items: Value[] = []
  cursor.at++
  skipBlanks(cursor)
  if (cursor.text[cursor.at] === ']') {
    cursor.at++
    return items
  }
  for (;;) {
    skipBlanks(cursor)
    items.push(readValue(cursor))
    skipBlanks(cursor)
    const char = cursor.text[cursor.at++]
    if (char === ']') return items
    if (char !== ',') throw fail("Expecting ',' delimiter", cursor.text, cursor.at - 1)
  }
}

const readDict = (cursor: Cursor): Value => {
  const dict = new PyDict()
  const { text } = cursor
  const quoted = 'Expecting property name enclosed in double quotes'
  cursor.at++
  skipBlanks(cursor)
  if (text[cursor.at] === '}') {
    cursor.at++
    return dict
  }
  for (;;) {
    skipBlanks(cursor)
    if (text[cursor.at] !== '"') throw fail(quoted, text, cursor.at)
    const key = readString(cursor)
    skipBlanks(cursor)
    if (text[cursor.at] !== ':') throw fail("Expecting ':' delimiter", text, cursor.at)
    cursor.at++
    skipBlanks(cursor)
    dict.set(key, readValue(cursor))
    skipBlanks(cursor)
    const char = text[cursor.at++]
    if (char === '}') return dict
    if (char !== ',') throw fail("Expecting ',' delimiter", text, cursor.at - 1)
  }
}

const readValue = (cursor: Cursor): Value => {
  switch (cursor.text[cursor.at]) {
    case '"':
      return readString(cursor)
    case '{':
      return readDict(cursor)
    case '[':
      return readList(cursor)
    default:
      return readScalar(cursor)
  }
}

/** Python's `json.loads(text)`: `1.0` stays a float, large ints exact. Throws ValueError. */
export const parseJson = (text: string): Value => {
  const cursor: Cursor = { text, at: 0 }
  skipBlanks(cursor)
  const value = readValue(cursor)
  skipBlanks(cursor)
  if (cursor.at < text.length) throw fail('Extra data', text, cursor.at)
  return value
}
