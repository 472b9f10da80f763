import {
  COLON,
  DOUBLE_QUOTE,
  FlowReader,
  GREATER,
  giveUp,
  HASH,
  MINUS,
  type MutableMap,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  PIPE,
  plainOrGiveUp,
  SINGLE_QUOTE,
  SPACE,
  specialStart,
  TAB,
  trimBlanks,
  unusual,
} from './yaml-flow.ts'
import type { YamlValue } from './yaml-value.ts'

/**
 * Reads the everyday part of YAML: block maps and lists, one-line scalars and flow collections,
 * block scalars, comments. Whatever else a text holds (anchors, tags, scalars over several lines,
 * repeated keys, mistakes …) makes it give undefined, and the full reader decides. Property files
 * are megabytes in a large project, and nearly all of them need no more than this.
 *
 * Expects `\n` line ends. The result is what the full reader would give.
 */
export const readQuickYaml = (text: string): { readonly value: YamlValue } | undefined => {
  const reader = new QuickReader(text)
  try {
    return { value: reader.document() }
  } catch (error) {
    if (error === unusual) return undefined
    throw error
  }
}

class QuickReader {
  /** Current line: its first character that is not a space, the column of that, its end. */
  private start = 0
  private indent = -1
  private end = 0
  private next = 0

  constructor(private readonly text: string) {}

  document(): YamlValue {
    if (this.text.charCodeAt(0) === 0xfeff) return giveUp()
    this.advance()
    if (this.indent === 0 && this.end - this.start === 3 && this.text.startsWith('---', this.start))
      this.advance()
    if (this.indent < 0) return null
    const value = this.block(0)
    return this.indent < 0 ? value : giveUp()
  }

  /** Moves to the next line that holds something; `indent` is -1 at the end of the text. */
  private advance(): void {
    const { text } = this
    for (;;) {
      if (this.next >= text.length) {
        this.indent = -1
        return
      }
      const lineStart = this.next
      const newline = text.indexOf('\n', lineStart)
      const lineEnd = newline === -1 ? text.length : newline
      this.next = lineEnd + 1
      let at = lineStart
      while (at < lineEnd && text.charCodeAt(at) === SPACE) at++
      const first = at < lineEnd ? text.charCodeAt(at) : NEWLINE
      if (first === NEWLINE || first === HASH) continue
      if (first === TAB) giveUp()
      let end = lineEnd
      while (text.charCodeAt(end - 1) === SPACE) end--
      if (text.charCodeAt(end - 1) === TAB) giveUp()
      this.start = at
      this.indent = at - lineStart
      this.end = end
      if (this.indent === 0 && this.isMarker()) giveUp()
      return
    }
  }

  /** A document marker or directive; the `---` in front of everything is let through. */
  private isMarker(): boolean {
    const { text, start } = this
    if (text.charCodeAt(start) === 37) return true
    if (text.startsWith('...', start)) return true
    return text.startsWith('---', start) && text.slice(0, start).trim() !== ''
  }

  private block(minIndent: number): YamlValue {
    if (this.indent < minIndent) return giveUp()
    if (this.isDash(this.start, this.end)) return this.list(this.indent)
    return this.map(this.indent)
  }

  private isDash(at: number, end: number): boolean {
    if (this.text.charCodeAt(at) !== MINUS) return false
    return at + 1 === end || this.text.charCodeAt(at + 1) === SPACE
  }

  private list(indent: number): YamlValue {
    const items: YamlValue[] = []
    while (this.indent === indent && this.isDash(this.start, this.end)) items.push(this.item())
    if (this.indent > indent) giveUp()
    return items
  }

  private item(): YamlValue {
    const { text, indent, end } = this
    let at = this.start + 1
    while (at < end && text.charCodeAt(at) === SPACE) at++
    if (at === end || text.charCodeAt(at) === HASH) {
      this.advance()
      return this.indent > indent ? this.block(indent + 1) : null
    }
    const column = indent + (at - this.start)
    if (this.isDash(at, end)) {
      this.start = at
      this.indent = column
      return this.list(column)
    }
    if (this.keyEnd(at, end) >= 0) {
      this.start = at
      this.indent = column
      return this.map(column)
    }
    return this.inline(at, end, indent)
  }

  private map(indent: number): YamlValue {
    const map: MutableMap = {}
    while (this.indent === indent) {
      if (this.isDash(this.start, this.end)) break
      const colon = this.keyEnd(this.start, this.end)
      if (colon < 0) giveUp()
      const key = this.key(this.start, colon)
      if (Object.hasOwn(map, key) || key === '__proto__') giveUp()
      map[key] = this.mapValue(colon + 1, indent)
    }
    if (this.indent > indent) giveUp()
    return map
  }

  private mapValue(from: number, indent: number): YamlValue {
    const { text, end } = this
    let at = from
    while (at < end && text.charCodeAt(at) === SPACE) at++
    if (at < end && text.charCodeAt(at) !== HASH) return this.inline(at, end, indent)
    this.advance()
    if (this.indent > indent) return this.block(indent + 1)
    return this.indent === indent && this.isDash(this.start, this.end) ? this.list(indent) : null
  }

  /** Where the colon behind the key stands; -1 when the text at hand is no key. */
  private keyEnd(at: number, end: number): number {
    const { text } = this
    const first = text.charCodeAt(at)
    if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) {
      const close = text.indexOf(first === DOUBLE_QUOTE ? '"' : "'", at + 1)
      if (close < 0 || close >= end) return giveUp()
      return this.isColon(close + 1, end) ? close + 1 : -1
    }
    if (first === OPEN_BRACE || first === OPEN_BRACKET) return -1
    for (let i = at; i < end; i++) {
      const code = text.charCodeAt(i)
      if (code === COLON && this.isColon(i, end)) return i
      if (code === HASH && text.charCodeAt(i - 1) === SPACE) return -1
    }
    return -1
  }

  private isColon(at: number, end: number): boolean {
    const { text } = this
    if (at >= end || text.charCodeAt(at) !== COLON) return false
    return at + 1 === end || text.charCodeAt(at + 1) === SPACE || text.charCodeAt(at + 1) === TAB
  }

  private key(from: number, colon: number): string {
    const { text } = this
    const first = text.charCodeAt(from)
    if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) {
      const key = text.slice(from + 1, colon - 1)
      return key.includes('\\') ? giveUp() : key
    }
    if (specialStart.has(first) || first === COLON || first === MINUS) return giveUp()
    if (first === PIPE || first === GREATER) return giveUp()
    const key = trimBlanks(text.slice(from, colon))
    if (key === '<<' || key === '=') return giveUp()
    return typeof plainOrGiveUp(key) === 'string' ? key : giveUp()
  }

  /** A value that begins on this line; moves to the line behind it. */
  private inline(at: number, end: number, indent: number): YamlValue {
    const first = this.text.charCodeAt(at)
    if (first === PIPE || first === GREATER) return this.blockScalar(at, end, indent)
    const value = this.oneLine(at, end, first)
    this.advance()
    // A deeper line would continue a plain scalar, or is a mistake.
    return this.indent > indent ? giveUp() : value
  }

  private oneLine(at: number, end: number, first: number): YamlValue {
    if (
      first === DOUBLE_QUOTE ||
      first === SINGLE_QUOTE ||
      first === OPEN_BRACKET ||
      first === OPEN_BRACE
    ) {
      const flow = new FlowReader(this.text, at, end)
      const value = flow.value()
      this.expectNothing(flow.position, end)
      return value
    }
    return this.plain(at, end, first)
  }

  private expectNothing(from: number, end: number): void {
    const { text } = this
    let at = from
    while (at < end && text.charCodeAt(at) === SPACE) at++
    if (at < end && (text.charCodeAt(at) !== HASH || at === from)) giveUp()
  }

  private plain(at: number, lineEnd: number, first: number): YamlValue {
    const { text } = this
    if (specialStart.has(first) || this.isDash(at, lineEnd)) return giveUp()
    let end = lineEnd
    for (let i = at; i < end; i++) {
      const code = text.charCodeAt(i)
      if (code === COLON && this.isColon(i, end)) return giveUp()
      if (code === HASH && text.charCodeAt(i - 1) <= SPACE) {
        end = i
        break
      }
    }
    const value = trimBlanks(text.slice(at, end))
    if (value === '-' || value === '=') return giveUp()
    return plainOrGiveUp(value)
  }

  private blockScalar(at: number, end: number, indent: number): YamlValue {
    const { text } = this
    const header = /^([|>])([+-]?)(?: +#.*)?$/.exec(text.slice(at, end))
    if (!header) return giveUp()
    const block = readBlockScalar(text, this.next, indent, header[1] === '>', header[2] ?? '')
    this.next = block.next
    this.advance()
    return block.value
  }
}

/** Collects a `|` or `>` scalar whose first line begins at `from`. */
const readBlockScalar = (
  text: string,
  from: number,
  parentIndent: number,
  folded: boolean,
  chomp: string,
): { readonly value: string; readonly next: number } => {
  let result = ''
  let breaks = 0
  let contentIndent = -1
  let previousIsText = false
  let at = from
  let any = false
  while (at < text.length) {
    const newline = text.indexOf('\n', at)
    const lineEnd = newline === -1 ? text.length : newline
    let column = 0
    while (at + column < lineEnd && text.charCodeAt(at + column) === SPACE) column++
    const blank = at + column === lineEnd
    if (blank) {
      if (column > (contentIndent < 0 ? parentIndent + 1 : contentIndent)) giveUp()
      breaks++
      at = lineEnd + 1
      continue
    }
    if (contentIndent < 0) {
      if (column <= parentIndent) break
      if (text.charCodeAt(at + column) === TAB) giveUp()
      contentIndent = column
    } else if (column < contentIndent) {
      break
    }
    const first = text.charCodeAt(at + contentIndent)
    const isText = first !== SPACE && first !== TAB
    if (any) result += separator(folded && previousIsText && isText, breaks)
    else result += '\n'.repeat(breaks)
    result += text.slice(at + contentIndent, lineEnd)
    any = true
    breaks = newline === -1 ? 0 : 1
    previousIsText = isText
    at = lineEnd + 1
  }
  const next = Math.min(at, text.length)
  if (!any) return { value: chomp === '+' ? '\n'.repeat(breaks) : '', next }
  if (chomp === '-') return { value: result, next }
  return { value: result + '\n'.repeat(chomp === '+' ? breaks : Math.min(breaks, 1)), next }
}

/** What stands between two lines; `breaks` counts the line ends between them. */
const separator = (fold: boolean, breaks: number): string => {
  if (!fold) return '\n'.repeat(breaks)
  return breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)
}
