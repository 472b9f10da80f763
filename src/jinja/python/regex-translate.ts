import {
  classEscape,
  escapedCharacter,
  literal,
  regexError,
  regexFlags,
  wordBoundary,
} from './regex-syntax.ts'

/** A Python pattern in JavaScript's syntax. Group n is called `gn` there. */
export interface Translation {
  readonly source: string
  readonly flags: number
  readonly groups: number
  /** The numbers of the named groups. */
  readonly names: ReadonlyMap<string, number>
}

const letters: ReadonlyMap<string, number> = new Map([
  ['i', regexFlags.IGNORECASE],
  ['L', regexFlags.LOCALE],
  ['m', regexFlags.MULTILINE],
  ['s', regexFlags.DOTALL],
  ['u', regexFlags.UNICODE],
  ['x', regexFlags.VERBOSE],
  ['a', regexFlags.ASCII],
])

const end = '(?![\\s\\S])'
const start = '(?<![\\s\\S])'
const quantifier = /^(?:[*+?]|\{(?:\d+(?:,\d*)?|,\d*)\})/
const nothing = '(?:)'

class Translator {
  #at = 0
  #flags: number
  #groups = 0
  #hidden = 0
  readonly #names = new Map<string, number>()
  /** Groups that are not closed yet cannot be referred to. */
  readonly #open = new Set<number>()

  constructor(
    readonly pattern: string,
    flags: number,
  ) {
    this.#flags = flags
  }

  translate(): Translation {
    this.#globalFlags()
    const source = this.#alternatives()
    if (this.#at < this.pattern.length) throw regexError('unbalanced parenthesis', this.#at)
    return { source, flags: this.#flags, groups: this.#groups, names: this.#names }
  }

  #rest(): string {
    return this.pattern.slice(this.#at)
  }

  #peek(): string {
    return this.pattern.charAt(this.#at)
  }

  #skip(text: string): boolean {
    if (!this.pattern.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  #has(flag: number): boolean {
    return (this.#flags & flag) !== 0
  }

  // `(?im)` is for the whole pattern and stands at its beginning, as does `(?i)(?m)`.
  #globalFlags(): void {
    const [found] = /^(?:\(\?[aiLmsux]+\))*/.exec(this.pattern)!
    for (const letter of found) this.#flags |= letters.get(letter) ?? 0
    this.#at = found.length
  }

  #alternatives(): string {
    const branches = [this.#sequence()]
    while (this.#skip('|')) branches.push(this.#sequence())
    return branches.join('|')
  }

  #sequence(): string {
    let result = ''
    for (;;) {
      this.#skipVerbose()
      const char = this.#peek()
      if (char === '' || char === '|' || char === ')') return result
      const from = this.#at
      const found = quantifier.exec(this.#rest())
      if (found) throw regexError('nothing to repeat', from)
      const item = this.#item()
      result += this.#repeated(item)
    }
  }

  #skipVerbose(): void {
    if (!this.#has(regexFlags.VERBOSE)) return
    const match = /^(?:[ \t\n\r\f\v]+|#[^\n]*)+/.exec(this.#rest())
    if (match) this.#at += match[0].length
  }

  #repeated(item: string): string {
    this.#skipVerbose()
    const from = this.#at
    const match = quantifier.exec(this.#rest())
    if (!match) return item
    this.#at += match[0].length
    const bounds = match[0].replace(/^\{,/, '{0,')
    const [, low, high] = /^\{(\d+),(\d+)\}$/.exec(bounds) ?? []
    if (low !== undefined && Number(high) < Number(low)) {
      throw regexError('min repeat greater than max repeat', from)
    }
    const lazy = this.#skip('?') ? '?' : ''
    const possessive = lazy === '' && this.#skip('+')
    if (quantifier.test(this.#rest())) throw regexError('multiple repeat', this.#at)
    // Assertions cannot be repeated in JavaScript, but groups around them can.
    const repeated = `(?:${item})${bounds}${lazy}`
    return possessive ? this.#atomic(repeated) : repeated
  }

  // What an atomic group has matched is not given back: a look-ahead's match is final.
  #atomic(source: string): string {
    const name = `a${++this.#hidden}`
    return `(?:(?=(?<${name}>${source}))\\k<${name}>)`
  }

  #item(): string {
    const char = this.#peek()
    switch (char) {
      case '(':
        return this.#group()
      case '[':
        return this.#class()
      case '\\':
        return this.#escape()
    }
    const code = this.pattern.codePointAt(this.#at)!
    this.#at += code > 0xffff ? 2 : 1
    if (char === '.') return this.#has(regexFlags.DOTALL) ? '[\\s\\S]' : '[^\\n]'
    if (char === '^') return this.#has(regexFlags.MULTILINE) ? `(?:${start}|(?<=\\n))` : start
    if (char === '$')
      return this.#has(regexFlags.MULTILINE) ? `(?:${end}|(?=\\n))` : `(?=\\n?${end})`
    return literal(code)
  }

  #escape(): string {
    const from = this.#at++
    const letter = this.#peek()
    if (letter === '') throw regexError('bad escape (end of pattern)', from)
    const set = classEscape(letter, this.#flags)
    if (set !== undefined) {
      this.#at++
      return set
    }
    if ('AZbB'.includes(letter)) {
      this.#at++
      if (letter === 'A') return start
      return letter === 'Z' ? end : wordBoundary(letter === 'B', this.#flags)
    }
    const reference = /^[1-9]\d?/.exec(this.#rest())?.[0]
    if (reference !== undefined && !/^[0-3][0-7]{2}/.test(this.#rest())) {
      this.#at += reference.length
      return this.#reference(Number(reference), from + 1)
    }
    const character = escapedCharacter(this.pattern, this.#at)
    if (!character) throw regexError(`bad escape \\${letter}`, from)
    this.#at += character.size
    return literal(character.code)
  }

  #reference(group: number, at: number): string {
    if (group > this.#groups) throw regexError(`invalid group reference ${group}`, at)
    if (this.#open.has(group)) throw regexError('cannot refer to an open group', at - 1)
    return `\\k<g${group}>`
  }

  #class(): string {
    const from = this.#at++
    const negated = this.#skip('^')
    const parts: string[] = []
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      if (this.#peek() === '') throw regexError('unterminated character set', from)
      parts.push(this.#classItem(from))
    }
    this.#at++
    return `[${negated ? '^' : ''}${parts.join('')}]`
  }

  #classItem(set: number): string {
    const from = this.#at
    const low = this.#classCharacter(set)
    const next = this.pattern.charAt(this.#at + 1)
    if (this.#peek() !== '-' || next === ']' || next === '') {
      return typeof low === 'string' ? low : literal(low)
    }
    this.#at++
    const high = this.#classCharacter(set)
    const shown = this.pattern.slice(from, this.#at)
    if (typeof low === 'string' || typeof high === 'string' || high < low) {
      throw regexError(`bad character range ${shown}`, from)
    }
    return `${literal(low)}-${literal(high)}`
  }

  // A code point, or a set in JavaScript's syntax.
  #classCharacter(set: number): number | string {
    const from = this.#at
    if (this.#peek() !== '\\') {
      const code = this.pattern.codePointAt(this.#at)
      if (code === undefined) throw regexError('unterminated character set', set)
      this.#at += code > 0xffff ? 2 : 1
      return code
    }
    this.#at++
    const letter = this.#peek()
    if (letter === '') throw regexError('unterminated character set', set)
    const escaped = classEscape(letter, this.#flags)
    if (escaped !== undefined) {
      this.#at++
      return escaped
    }
    const octal = /^[0-7]{1,3}/.exec(this.#rest())?.[0]
    if (octal !== undefined) {
      this.#at += octal.length
      return Number.parseInt(octal, 8)
    }
    const character = escapedCharacter(this.pattern, this.#at)
    if (!character) throw regexError(`bad escape \\${letter}`, from)
    this.#at += character.size
    return character.code
  }

  #close(from: number): void {
    if (!this.#skip(')')) throw regexError('missing ), unterminated subpattern', from)
  }

  #group(): string {
    const from = this.#at++
    if (!this.#skip('?')) return this.#capture(undefined, from)
    if (this.#skip('#')) {
      const close = this.pattern.indexOf(')', this.#at)
      if (close < 0) throw regexError('missing ), unterminated comment', from)
      this.#at = close + 1
      return nothing
    }
    if (this.#skip('P')) return this.#pythonGroup(from)
    for (const kind of [':', '=', '!', '<=', '<!', '>']) {
      if (this.#skip(kind)) return this.#plainGroup(kind, from)
    }
    return this.#flagGroup(from)
  }

  #plainGroup(kind: string, from: number): string {
    const flags = this.#flags
    const body = this.#alternatives()
    this.#flags = flags
    this.#close(from)
    return kind === '>' ? this.#atomic(body) : `(?${kind}${body})`
  }

  #capture(name: string | undefined, from: number): string {
    const group = ++this.#groups
    if (name !== undefined) {
      if (this.#names.has(name)) {
        const known = this.#names.get(name)
        const message = `redefinition of group name '${name}' as group ${group}; was group ${known}`
        throw regexError(message, from + 4)
      }
      this.#names.set(name, group)
    }
    this.#open.add(group)
    const body = this.#alternatives()
    this.#open.delete(group)
    this.#close(from)
    return `(?<g${group}>${body})`
  }

  #groupName(terminator: string, from: number): string {
    const close = this.pattern.indexOf(terminator, this.#at)
    if (close < 0) throw regexError(`missing ${terminator}, unterminated name`, this.#at)
    const name = this.pattern.slice(this.#at, close)
    if (name === '') throw regexError('missing group name', this.#at)
    if (!/^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(name)) {
      throw regexError(`bad character in group name '${name}'`, from + 4)
    }
    this.#at = close + 1
    return name
  }

  #pythonGroup(from: number): string {
    if (this.#skip('<')) return this.#capture(this.#groupName('>', from), from)
    if (!this.#skip('=')) {
      throw regexError(`unknown extension ?P${this.#peek()}`, from + 1)
    }
    const at = this.#at
    const name = this.#groupName(')', from)
    const group = this.#names.get(name)
    if (group === undefined) throw regexError(`unknown group name '${name}'`, at)
    return this.#reference(group, at)
  }

  // `(?i:…)`: flags for a part. JavaScript has one i for all, so letters are spelt both ways.
  #flagGroup(from: number): string {
    const match = /^([aiLmsux]*)(?:-([imsx]+))?(:|\))/.exec(this.#rest())
    if (!match) throw regexError(`unknown extension ?${this.#peek()}`, from + 1)
    const [whole, on = '', off = '', close] = match
    if (close === ')') {
      throw regexError('global flags not at the start of the expression', from)
    }
    const changesCase =
      on.includes('i') !== this.#has(regexFlags.IGNORECASE) && (on + off).includes('i')
    if (changesCase && off.includes('i'))
      throw regexError('flag i cannot be switched off here', from)
    this.#at += whole.length
    const flags = this.#flags
    for (const letter of on) this.#flags |= letters.get(letter) ?? 0
    for (const letter of off) this.#flags &= ~(letters.get(letter) ?? 0)
    const body = this.#alternatives()
    this.#flags = flags
    this.#close(from)
    return `(?:${changesCase ? bothCases(body) : body})`
  }
}

// Spells every letter of a translated pattern in both cases, within and without brackets.
const bothCases = (source: string): string => {
  let inClass = 0
  return source.replace(
    /\\k<\w+>|\(\?<\w+>|\\[pP]\{\w+\}|\\u\{[\da-f]+\}|\\x[\da-f]{2}|\\u[\da-f]{4}|\\.|([A-Za-z])-([A-Za-z])|[[\]]|[A-Za-z]/g,
    (token, low: string | undefined, high: string | undefined) => {
      if (token === '[') inClass++
      if (token === ']') inClass--
      if (low !== undefined && high !== undefined && inClass > 0) {
        return `${token}${low.toLowerCase()}-${high.toLowerCase()}${low.toUpperCase()}-${high.toUpperCase()}`
      }
      if (!/^[A-Za-z]$/.test(token)) return token
      const both = token.toLowerCase() + token.toUpperCase()
      return inClass > 0 ? both : `[${both}]`
    },
  )
}

/** Translates a pattern of Python's `re`. Throws `re.error`. */
export const translateRegex = (pattern: string, flags: number): Translation =>
  new Translator(pattern, flags).translate()
