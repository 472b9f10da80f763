import { plainScalar } from './yaml-scalar.ts'
import type { YamlValue } from './yaml-value.ts'

export type MutableMap = { [key: string]: YamlValue }

export const unusual = new Error('beyond the quick reader')
export const giveUp = (): never => {
  throw unusual
}

export const SPACE = 32
export const HASH = 35
export const MINUS = 45
export const COLON = 58
export const NEWLINE = 10
export const TAB = 9
export const DOUBLE_QUOTE = 34
export const SINGLE_QUOTE = 39
export const COMMA = 44
export const OPEN_BRACKET = 91
export const CLOSE_BRACKET = 93
export const OPEN_BRACE = 123
export const CLOSE_BRACE = 125
export const PIPE = 124
export const GREATER = 62

/** `, ? & * ! % @` and the backtick cannot begin a plain scalar, `- ? :` only before text. */
export const specialStart = new Set([TAB, 44, 63, 38, 42, 33, 37, 64, 96, 93, 125, 35])

/** `trimEnd` takes more than YAML's blanks: a no-break space belongs to the text. */
export const trimBlanks = (text: string): string => {
  let end = text.length
  while (end > 0 && (text.charCodeAt(end - 1) === SPACE || text.charCodeAt(end - 1) === TAB)) end--
  return end === text.length ? text : text.slice(0, end)
}

/** A scalar with an impossible date is a mistake that the full reader reports. */
export const plainOrGiveUp = (text: string): YamlValue => {
  try {
    return plainScalar(text)
  } catch {
    return giveUp()
  }
}

/** Flow collections and quoted scalars that end on the line they begin on. */
export class FlowReader {
  constructor(
    private readonly text: string,
    public position: number,
    private readonly end: number,
  ) {}

  value(): YamlValue {
    switch (this.text.charCodeAt(this.position)) {
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        return this.quoted()
      case OPEN_BRACKET:
        return this.list()
      case OPEN_BRACE:
        return this.map()
      default:
        return this.plain()
    }
  }

  private quoted(): string {
    return this.text.charCodeAt(this.position) === DOUBLE_QUOTE ? this.double() : this.single()
  }

  private single(): string {
    const { text, end } = this
    let result = ''
    let from = this.position + 1
    for (;;) {
      const close = text.indexOf("'", from)
      if (close < 0 || close >= end) return giveUp()
      result += text.slice(from, close)
      if (close + 1 >= end || text.charCodeAt(close + 1) !== SINGLE_QUOTE) {
        this.position = close + 1
        return result
      }
      result += "'"
      from = close + 2
    }
  }

  private double(): string {
    const { text, end } = this
    const from = this.position
    for (let at = from + 1; at < end; at++) {
      const code = text.charCodeAt(at)
      if (code === 92) at++
      else if (code === DOUBLE_QUOTE) {
        this.position = at + 1
        const raw = text.slice(from + 1, at)
        return raw.includes('\\') ? unescapeJson(raw) : raw
      }
    }
    return giveUp()
  }

  private list(): YamlValue {
    const items: YamlValue[] = []
    this.position++
    for (;;) {
      this.skipSpaces()
      if (this.at(CLOSE_BRACKET)) return items
      items.push(this.value())
      this.skipSpaces()
      if (!this.at(COMMA) && this.text.charCodeAt(this.position) !== CLOSE_BRACKET) giveUp()
    }
  }

  private map(): YamlValue {
    const map: MutableMap = {}
    this.position++
    for (;;) {
      this.skipSpaces()
      if (this.at(CLOSE_BRACE)) return map
      const key = this.value()
      if (typeof key !== 'string' || Object.hasOwn(map, key) || key === '__proto__') giveUp()
      if (key === '<<') giveUp()
      this.skipSpaces()
      if (!this.at(COLON)) giveUp()
      if (this.text.charCodeAt(this.position) !== SPACE) giveUp()
      this.skipSpaces()
      map[key as string] = this.value()
      this.skipSpaces()
      if (!this.at(COMMA) && this.text.charCodeAt(this.position) !== CLOSE_BRACE) giveUp()
    }
  }

  private at(code: number): boolean {
    if (this.position >= this.end) return giveUp()
    if (this.text.charCodeAt(this.position) !== code) return false
    this.position++
    return true
  }

  private skipSpaces(): void {
    while (this.position < this.end && this.text.charCodeAt(this.position) === SPACE)
      this.position++
  }

  private plain(): YamlValue {
    const { text, end } = this
    const from = this.position
    const first = text.charCodeAt(from)
    if (specialStart.has(first) || first === PIPE || first === GREATER) return giveUp()
    if (first === COLON) return giveUp()
    if (first === MINUS && !/[\d.]/.test(text.charAt(from + 1))) return giveUp()
    let at = from
    for (; at < end; at++) {
      const code = text.charCodeAt(at)
      if (code === COMMA || code === CLOSE_BRACKET || code === CLOSE_BRACE) break
      if (code === OPEN_BRACKET || code === OPEN_BRACE || code === HASH) giveUp()
      if (code === COLON) {
        if (text.charCodeAt(at + 1) === SPACE) break
        giveUp()
      }
    }
    this.position = at
    const value = trimBlanks(text.slice(from, at))
    return value === '' || value === '=' ? giveUp() : plainOrGiveUp(value)
  }
}

/** Only the escapes that JSON has too, meaning the same. */
const unescapeJson = (raw: string): string => {
  try {
    return JSON.parse(`"${raw.replaceAll('\t', '\\t')}"`) as string
  } catch {
    return giveUp()
  }
}
