import { toRepr } from './python/text.ts'
import { float } from './python/values.ts'
import { parseInteger, stripEnd, unescapeString, whitespace } from './strings.ts'
import { type Place, syntaxError } from './syntax-error.ts'
import type { TemplateSource } from './template.ts'
import { type Operator, Token, type TokenType } from './tokens.ts'

const blanks = new RegExp(`${whitespace}*`, 'y')
const openTag = /\{[{%#]/g
const rawStart = new RegExp(
  `\\{%[-+]?${whitespace}*raw${whitespace}*(?:-%\\}${whitespace}*|%\\})`,
  'y',
)
const rawEnd = new RegExp(
  `\\{%([-+]?)${whitespace}*endraw${whitespace}*(?:\\+%\\}|-%\\}${whitespace}*|%\\})`,
  'g',
)
const asciiName = /[A-Za-z0-9_]+/y
// Jinja2's own list is Python's \w and what else may continue an identifier.
const unicodeName = /[\p{L}\p{N}\p{M}\p{Pc}\u00b7\u0387]+/uy
const identifier = /^[\p{ID_Start}_]\p{ID_Continue}*$/u
const floatNumber = /(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy
const intNumber = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy
const stringLiteral = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y
const operator = /\/\/|\*\*|[=!<>]=|[-+/*%~[\](){}><=.:|,;]/y

const closers: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['(', ')'],
  ['[', ']'],
])

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isNameStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95

/** The text Jinja2 lexes: line ends are `\n`, and one at the end is dropped. */
const normalize = (source: string): string => {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source
  return text.endsWith('\n') ? text.slice(0, -1) : text
}

/**
 * Jinja2's lexer, with its default delimiters and no trimming of blocks, as dbt has it. Hands out
 * one token at a call (comments and blanks are skipped); after the last, `eof` for ever. Throws
 * CompilationError in Jinja2's words.
 */
export class Lexer {
  readonly #text: string
  #pos = 0
  #mode: 'data' | 'variable' | 'block' = 'data'
  #balance: string[] = []
  /** A tag that was found behind the data just handed out. */
  #pending: Token | undefined
  // Position tracking: the line that #lineStart begins ends at #lineEnd.
  #line = 0
  #lineStart = 0
  #lineEnd: number

  constructor(readonly origin: TemplateSource) {
    this.#text = normalize(origin.source)
    this.#lineEnd = this.#nextLineEnd()
  }

  nextToken(): Token {
    if (this.#pending) {
      const token = this.#pending
      this.#pending = undefined
      return token
    }
    return this.#mode === 'data' ? this.#data() : this.#inTag()
  }

  #nextLineEnd(): number {
    const at = this.#text.indexOf('\n', this.#lineStart)
    return at < 0 ? Number.POSITIVE_INFINITY : at
  }

  #locate(pos: number): void {
    while (this.#lineEnd < pos) {
      this.#line++
      this.#lineStart = this.#lineEnd + 1
      this.#lineEnd = this.#nextLineEnd()
    }
  }

  #place(pos: number): Place {
    this.#locate(pos)
    return { lineno: this.#line, colno: pos - this.#lineStart }
  }

  #fail(message: string, pos: number): never {
    throw syntaxError(message, this.origin, this.#place(pos))
  }

  #token(type: TokenType, value: Token['value'], start: number, end: number): Token {
    this.#locate(start)
    const column = start - this.#lineStart
    return new Token(type, value, this.#line, column, column + end - start)
  }

  /** Text up to the next tag; switches to the tag's mode. */
  #data(): Token {
    const text = this.#text
    const start = this.#pos
    openTag.lastIndex = start
    const found = openTag.exec(text)
    if (!found) {
      this.#pos = text.length
      return start < text.length
        ? this.#token('data', text.slice(start), start, text.length)
        : this.#token('eof', '', start, start)
    }
    const at = found.index
    const sign = text[at + 2]
    const signed = sign === '-' || sign === '+'
    const data = sign === '-' ? stripEnd(text.slice(start, at)) : text.slice(start, at)
    const before = data === '' ? undefined : this.#token('data', data, start, start + data.length)
    const kind = text.charCodeAt(at + 1)
    if (kind === 35) {
      this.#comment(at, at + (signed ? 3 : 2))
      return before ?? this.#data()
    }
    if (kind === 37) {
      rawStart.lastIndex = at
      if (rawStart.test(text)) {
        const raw = this.#raw(rawStart.lastIndex)
        if (!before) return raw ?? this.#data()
        this.#pending = raw
        return before
      }
    }
    this.#pos = at + (signed ? 3 : 2)
    this.#mode = kind === 37 ? 'block' : 'variable'
    const tag = this.#token(kind === 37 ? 'block-start' : 'variable-start', found[0], at, this.#pos)
    if (!before) return tag
    this.#pending = tag
    return before
  }

  #skipBlanks(pos: number): number {
    blanks.lastIndex = pos
    blanks.test(this.#text)
    return blanks.lastIndex
  }

  #comment(start: number, inside: number): void {
    const text = this.#text
    const end = text.indexOf('#}', inside)
    if (end < 0) {
      // With nothing left to match, Jinja2 does not notice.
      if (inside < text.length) this.#fail('Missing end of comment tag', start)
      this.#pos = text.length
      return
    }
    this.#pos = text[end - 1] === '-' && end > inside ? this.#skipBlanks(end + 2) : end + 2
  }

  #raw(inside: number): Token | undefined {
    const text = this.#text
    rawEnd.lastIndex = inside
    const found = rawEnd.exec(text)
    if (!found) {
      if (inside < text.length) this.#fail('Missing end of raw directive', inside)
      this.#pos = text.length
      return undefined
    }
    this.#pos = rawEnd.lastIndex
    const raw = text.slice(inside, found.index)
    const data = found[1] === '-' ? stripEnd(raw) : raw
    return data === '' ? undefined : this.#token('data', data, inside, inside + data.length)
  }

  #inTag(): Token {
    const text = this.#text
    let pos = this.#pos
    if (text.charCodeAt(pos) === 32) pos++
    const code = text.charCodeAt(pos)
    if (isNameStart(code)) return this.#name(pos)
    const end = this.#balance.length === 0 ? this.#tagEnd(pos) : undefined
    if (end) return end
    if (Number.isNaN(code)) {
      this.#pos = pos
      return this.#token('eof', '', pos, pos)
    }
    if (isDigit(code)) return this.#number(pos)
    if (code === 39 || code === 34) return this.#string(pos)
    operator.lastIndex = pos
    const found = operator.exec(text)
    if (found) return this.#operator(found[0] as Operator, pos)
    const next = this.#skipBlanks(pos)
    if (next > pos) {
      this.#pos = next
      return this.#inTag()
    }
    return this.#name(pos)
  }

  #tagEnd(pos: number): Token | undefined {
    const text = this.#text
    const close = this.#mode === 'block' ? '%}' : '}}'
    const sign = text[pos]
    let end: number
    if (text.startsWith(close, pos)) end = pos + 2
    else if (sign === '-' && text.startsWith(close, pos + 1)) end = this.#skipBlanks(pos + 3)
    else if (sign === '+' && this.#mode === 'block' && text.startsWith(close, pos + 1))
      end = pos + 3
    else return undefined
    const type = this.#mode === 'block' ? 'block-end' : 'variable-end'
    this.#mode = 'data'
    this.#pos = end
    return this.#token(type, close, pos, pos + 2)
  }

  #name(pos: number): Token {
    const text = this.#text
    asciiName.lastIndex = pos
    let end = asciiName.test(text) ? asciiName.lastIndex : pos
    if (text.charCodeAt(end) > 127) {
      unicodeName.lastIndex = pos
      end = unicodeName.test(text) ? unicodeName.lastIndex : end
    }
    if (end === pos) {
      const character = String.fromCodePoint(text.codePointAt(pos)!)
      this.#fail(`unexpected char ${toRepr(character)} at ${pos}`, pos)
    }
    const name = text.slice(pos, end)
    if (!isNameStart(name.charCodeAt(0)) && !identifier.test(name)) {
      this.#fail('Invalid character in identifier', pos)
    }
    this.#pos = end
    return this.#token('symbol', name, pos, end)
  }

  #number(pos: number): Token {
    const text = this.#text
    // A float does not begin behind a dot: `x.0.5` is two look-ups.
    if (text[pos - 1] !== '.') {
      floatNumber.lastIndex = pos
      if (floatNumber.test(text)) {
        this.#pos = floatNumber.lastIndex
        const value = float(Number(text.slice(pos, this.#pos).replaceAll('_', '')))
        return this.#token('float', value, pos, this.#pos)
      }
    }
    intNumber.lastIndex = pos
    intNumber.test(text)
    this.#pos = intNumber.lastIndex
    return this.#token('int', parseInteger(text.slice(pos, this.#pos)), pos, this.#pos)
  }

  #string(pos: number): Token {
    stringLiteral.lastIndex = pos
    if (!stringLiteral.test(this.#text)) {
      this.#fail(`unexpected char ${toRepr(this.#text[pos]!)} at ${pos}`, pos)
    }
    this.#pos = stringLiteral.lastIndex
    const inside = this.#text.slice(pos + 1, this.#pos - 1)
    try {
      return this.#token('string', unescapeString(inside), pos, this.#pos)
    } catch (error) {
      if (error instanceof RangeError) this.#fail(error.message, pos)
      throw error
    }
  }

  #operator(text: Operator, pos: number): Token {
    const closer = closers.get(text)
    if (closer !== undefined) this.#balance.push(closer)
    else if (text === '}' || text === ')' || text === ']') {
      const expected = this.#balance.pop()
      if (expected === undefined) this.#fail(`unexpected '${text}'`, pos)
      if (expected !== text) this.#fail(`unexpected '${text}', expected '${expected}'`, pos)
    }
    this.#pos = pos + text.length
    return this.#token(text, text, pos, this.#pos)
  }
}
