import { PyBytes } from './bytes.ts'
import { parseFloatText, parseInteger } from './convert-number.ts'
import { neg, pos } from './operators.ts'
import { PyError } from './py-error.ts'
import { float, PyDict, PyFloat, PySet, tuple, type Value } from './values.ts'

const syntaxError = (): PyError => new PyError('SyntaxError', 'invalid syntax')
const malformed = (): PyError => new PyError('ValueError', 'malformed node or string')

interface Token {
  readonly kind: 'string' | 'bytes' | 'number' | 'name' | 'punctuation' | 'end'
  readonly text: string
}

const blanks = /(?:[ \t\f]|\\\n|\n|#[^\n]*)+/y
const strings =
  /([rRbBuU]{0,2})(?:"""((?:[^\\]|\\[\s\S])*?)"""|'''((?:[^\\]|\\[\s\S])*?)'''|"((?:[^"\\\n]|\\[\s\S])*)"|'((?:[^'\\\n]|\\[\s\S])*)')/y
const numbers =
  /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?/y
const names = /[\p{L}_][\p{L}\p{N}_]*/uy

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
])

const escapePattern =
  /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g

/** Replaces the escapes of a Python string literal; unknown ones stay as they are. */
export const unescapeString = (text: string): string =>
  text.replace(escapePattern, (whole, octal, two, four, eight, other) => {
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8))
    const hex = two ?? four ?? eight
    if (hex === undefined) return simpleEscapes.get(other) ?? whole
    const code = Number.parseInt(hex, 16)
    if (code > 0x10ffff) throw syntaxError()
    return String.fromCodePoint(code)
  })

const stringToken = (match: RegExpExecArray): Token => {
  const prefix = match[1]!.toLowerCase()
  const body = match[2] ?? match[3] ?? match[4] ?? match[5] ?? ''
  return {
    kind: prefix.includes('b') ? 'bytes' : 'string',
    text: prefix.includes('r') ? body : unescapeString(body),
  }
}

const tokenize = (source: string): Token[] => {
  const tokens: Token[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(source)
    if (match) at = pattern.lastIndex
    return match
  }
  while (at < source.length) {
    if (take(blanks)) continue
    const string = take(strings)
    if (string) {
      tokens.push(stringToken(string))
      continue
    }
    const number = take(numbers)
    if (number) {
      tokens.push({ kind: 'number', text: number[0] })
      continue
    }
    const name = take(names)
    if (name) tokens.push({ kind: 'name', text: name[0] })
    else if ('()[]{},:+-'.includes(source[at]!)) {
      tokens.push({ kind: 'punctuation', text: source[at++]! })
    } else throw syntaxError()
  }
  return [...tokens, { kind: 'end', text: '' }]
}

const numberOf = (text: string): Value => {
  if (/^0[xXoObB]/.test(text)) return parseInteger(text, 0)
  if (/[.eE]/.test(text)) return float(parseFloatText(text))
  if (/^0+[1-9]/.test(text.replaceAll('_', ''))) throw syntaxError()
  return parseInteger(text, 10)
}

const constants: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['None', null],
  ['True', true],
  ['False', false],
])

class Reader {
  #at = 0
  constructor(readonly tokens: readonly Token[]) {}

  peek(): Token {
    return this.tokens[this.#at]!
  }

  next(): Token {
    return this.tokens[this.#at++]!
  }

  /** Whether the next token is that punctuation, which is then passed. */
  skip(text: string): boolean {
    const { kind, text: found } = this.peek()
    if (kind !== 'punctuation' || found !== text) return false
    this.#at++
    return true
  }

  expect(text: string): void {
    if (!this.skip(text)) throw syntaxError()
  }
}

/** Items up to the closing bracket, and whether a comma was among them. */
const readItems = (reader: Reader, close: string): { items: Value[]; comma: boolean } => {
  const items: Value[] = []
  let comma = false
  while (!reader.skip(close)) {
    if (items.length > 0 && !comma) throw syntaxError()
    items.push(readValue(reader))
    comma = reader.skip(',')
    if (!comma) {
      reader.expect(close)
      return { items, comma: items.length > 1 }
    }
  }
  return { items, comma: comma || items.length === 0 }
}

const readBraces = (reader: Reader): Value => {
  if (reader.skip('}')) return new PyDict()
  const first = readValue(reader)
  if (!reader.skip(':')) {
    if (reader.skip('}')) return new PySet([first])
    reader.expect(',')
    return new PySet([first, ...readItems(reader, '}').items])
  }
  const dict = new PyDict([[first, readValue(reader)]])
  while (!reader.skip('}')) {
    reader.expect(',')
    if (reader.skip('}')) break
    const key = readValue(reader)
    reader.expect(':')
    dict.set(key, readValue(reader))
  }
  return dict
}

const readName = (reader: Reader, name: string): Value => {
  if (name === 'set' && reader.skip('(')) {
    reader.expect(')')
    return new PySet()
  }
  const constant = constants.get(name)
  if (constant === undefined) throw malformed()
  return constant
}

const isNumber = (value: Value): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof PyFloat

const readValue = (reader: Reader): Value => {
  const token = reader.next()
  switch (token.kind) {
    case 'string':
    case 'bytes': {
      let text = token.text
      while (reader.peek().kind === token.kind) text += reader.next().text
      return token.kind === 'string' ? text : new PyBytes(Buffer.from(text, 'latin1'))
    }
    case 'number':
      return numberOf(token.text)
    case 'name':
      return readName(reader, token.text)
    case 'end':
      throw syntaxError()
    case 'punctuation':
      break
  }
  switch (token.text) {
    case '(': {
      const { items, comma } = readItems(reader, ')')
      return comma ? tuple(items) : items[0]!
    }
    case '[':
      return readItems(reader, ']').items
    case '{':
      return readBraces(reader)
    case '+':
    case '-': {
      const value = readValue(reader)
      if (!isNumber(value)) throw malformed()
      return token.text === '-' ? neg(value) : pos(value)
    }
  }
  throw syntaxError()
}

/** Python's `ast.literal_eval(text)`. Throws SyntaxError or ValueError for anything but a literal. */
export const literalEval = (text: string): Value => {
  const trimmed = text.replace(/^[ \t]+/, '')
  if (trimmed.startsWith('\n')) throw syntaxError()
  const reader = new Reader(tokenize(trimmed))
  const first = readValue(reader)
  if (reader.peek().kind === 'end') return first
  // A tuple needs no brackets.
  const items = [first]
  while (reader.skip(',')) {
    if (reader.peek().kind === 'end') break
    items.push(readValue(reader))
  }
  if (reader.peek().kind !== 'end') throw syntaxError()
  return tuple(items)
}
