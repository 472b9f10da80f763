import { intArgument } from './arguments.ts'
import { call } from './call.ts'
import { codePointIndex, unitIndex } from './code-points.ts'
import { PyGenerator } from './generator.ts'
import { hostFunction } from './host-function.ts'
import { isCallable } from './operators.ts'
import { PyError, typeError } from './py-error.ts'
import { regexFlags } from './regex-syntax.ts'
import { expandTemplate } from './regex-template.ts'
import { type Translation, translateRegex } from './regex-translate.ts'
import { stringRepr, toRepr } from './text.ts'
import { HostObject, PyDict, tuple, typeName, type Value } from './values.ts'

const subject = (value: Value): string => {
  if (typeof value === 'string') return value
  throw typeError(`expected string or bytes-like object, got '${typeName(value)}'`)
}

interface Range {
  readonly text: string
  /** Units; `end` cuts the text. */
  readonly start: number
}

type Groups = Readonly<Record<string, string | undefined>>
type Spans = Readonly<Record<string, readonly [number, number] | undefined>>

/** What a search found. */
export class PyMatch extends HostObject {
  readonly typeName = 'Match'
  override readonly qualifiedName = 're.Match'
  constructor(
    readonly pattern: PyPattern,
    readonly match: RegExpExecArray,
    readonly bounds: readonly [pos: number, endpos: number],
  ) {
    super()
  }

  #findGroup(key: Value): number | undefined {
    const { names, groups } = this.pattern.translation
    const number = typeof key === 'string' ? names.get(key) : intArgument(key)
    return number === undefined || number < 0 || number > groups ? undefined : number
  }

  #groupNumber(key: Value): number {
    const number = this.#findGroup(key)
    if (number === undefined) throw new PyError('IndexError', 'no such group')
    return number
  }

  /** A group's text; undefined when it took no part. */
  groupText(key: Value): string | undefined {
    const number = this.#groupNumber(key)
    return number === 0 ? this.match[0] : (this.match.groups as Groups | undefined)?.[`g${number}`]
  }

  #span(key: Value): readonly [number, number] {
    const number = this.#groupNumber(key)
    const units =
      number === 0 ? this.match.indices?.[0] : (this.match.indices?.groups as Spans)?.[`g${number}`]
    if (!units) return [-1, -1]
    const text = this.match.input
    return [codePointIndex(text, units[0]), codePointIndex(text, units[1])]
  }

  #group(keys: readonly Value[]): Value {
    const [first = 0, ...others] = keys
    if (others.length === 0) return this.groupText(first) ?? null
    return tuple(keys.map(key => this.groupText(key) ?? null))
  }

  #numbers(): number[] {
    return Array.from({ length: this.pattern.translation.groups }, (_, i) => i + 1)
  }

  // The group that was closed last: the one that ends last, the outermost of those.
  #lastIndex(): number | null {
    let last: number | null = null
    let lastEnd = -1
    for (const number of this.#numbers()) {
      const [, end] = this.#span(number)
      if (end > lastEnd) [last, lastEnd] = [number, end]
    }
    return last
  }

  #lastGroup(): string | null {
    const index = this.#lastIndex()
    for (const [name, number] of this.pattern.translation.names) if (number === index) return name
    return null
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'group':
        return hostFunction(name, '*args', (keys: Value[]) => this.#group(keys))
      case 'groups':
        return hostFunction(name, 'default=None', (fallback: Value) =>
          tuple(this.#numbers().map(number => this.groupText(number) ?? fallback)),
        )
      case 'groupdict':
        return hostFunction(name, 'default=None', (fallback: Value) => {
          const names = [...this.pattern.translation.names]
          return new PyDict(names.map(([key, number]) => [key, this.groupText(number) ?? fallback]))
        })
      case 'start':
        return hostFunction(name, 'group=0, /', (key: Value) => this.#span(key)[0])
      case 'end':
        return hostFunction(name, 'group=0, /', (key: Value) => this.#span(key)[1])
      case 'span':
        return hostFunction(name, 'group=0, /', (key: Value) => tuple(this.#span(key)))
      case 'expand':
        return hostFunction(name, 'template', (template: Value) =>
          expandTemplate(subject(template), this),
        )
      case 'string':
        return this.match.input
      case 're':
        return this.pattern
      case 'pos':
        return this.bounds[0]
      case 'endpos':
        return this.bounds[1]
      case 'lastindex':
        return this.#lastIndex()
      case 'lastgroup':
        return this.#lastGroup()
      default:
        return undefined
    }
  }

  override getItem(key: Value): Value | undefined {
    if (typeof key !== 'string' && typeof key !== 'number') return undefined
    return this.#findGroup(key) === undefined ? undefined : (this.groupText(key) ?? null)
  }

  override truthy(): boolean {
    return true
  }

  override repr(): string {
    const span = toRepr(tuple(this.#span(0)))
    return `<re.Match object; span=${span}, match=${stringRepr(this.match[0])}>`
  }
}

const flagNames = ['ASCII', 'IGNORECASE', 'LOCALE', 'MULTILINE', 'DOTALL', 'VERBOSE'] as const

/** A compiled pattern. */
export class PyPattern extends HostObject {
  readonly typeName = 'Pattern'
  override readonly qualifiedName = 're.Pattern'
  readonly translation: Translation
  readonly #flags: string
  #advancing: RegExp | undefined

  /** Throws `re.error`. */
  constructor(
    readonly pattern: string,
    flags: number,
  ) {
    super()
    this.translation = translateRegex(pattern, flags)
    this.#flags = this.translation.flags & regexFlags.IGNORECASE ? 'vdi' : 'vd'
    // Whatever JavaScript would complain of is found now, not at the first use.
    this.#regex('')
  }

  #regex(mode: '' | 'y' | 'g', suffix = ''): RegExp {
    const { source } = this.translation
    try {
      return new RegExp(suffix === '' ? source : `(?:${source})${suffix}`, this.#flags + mode)
    } catch (error) {
      throw new PyError('re.error', (error as Error).message)
    }
  }

  #range(text: Value, pos: Value, endpos: Value): Range {
    const whole = subject(text)
    const end = endpos === null ? undefined : unitIndex(whole, Math.max(0, intArgument(endpos)))
    return { text: whole.slice(0, end), start: unitIndex(whole, Math.max(0, intArgument(pos))) }
  }

  #wrap(match: RegExpExecArray | null, { text, start }: Range): Value {
    if (!match) return null
    const bounds = [codePointIndex(text, start), codePointIndex(text, text.length)] as const
    return new PyMatch(this, match, bounds)
  }

  find(
    mode: 'match' | 'search' | 'fullmatch',
    text: Value,
    pos: Value = 0,
    endpos: Value = null,
  ): Value {
    const range = this.#range(text, pos, endpos)
    if (range.start > range.text.length) return null
    const regex =
      mode === 'search'
        ? this.#regex('g')
        : this.#regex('y', mode === 'match' ? '' : '(?![\\s\\S])')
    regex.lastIndex = range.start
    return this.#wrap(regex.exec(range.text), range)
  }

  *matches(text: Value, pos: Value = 0, endpos: Value = null): Generator<PyMatch> {
    const range = this.#range(text, pos, endpos)
    const anywhere = this.#regex('g')
    let at = range.start
    let wasEmpty = false
    while (at <= range.text.length) {
      // Behind an empty match Python looks for another at the same place that is not.
      const again: RegExpExecArray | null = wasEmpty ? this.#matchSome(range.text, at) : null
      if (wasEmpty && !again) at += (range.text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
      anywhere.lastIndex = at
      const match: RegExpExecArray | null =
        again ?? (at <= range.text.length ? anywhere.exec(range.text) : null)
      if (!match) return
      yield this.#wrap(match, range) as PyMatch
      at = match.index + match[0].length
      wasEmpty = match[0] === ''
    }
  }

  // A match at that very place that takes at least one character: what is left behind it must
  // differ from what was left before it.
  #matchSome(text: string, at: number): RegExpExecArray | null {
    this.#advancing ??= new RegExp(
      `(?=(?<rest>[\\s\\S]*))(?:${this.translation.source})(?!\\k<rest>(?![\\s\\S]))`,
      `${this.#flags}y`,
    )
    this.#advancing.lastIndex = at
    return this.#advancing.exec(text)
  }

  findAll(text: Value, pos: Value = 0, endpos: Value = null): Value {
    const { groups } = this.translation
    return Array.from(this.matches(text, pos, endpos), match => {
      const texts = Array.from({ length: groups }, (_, i) => match.groupText(i + 1) ?? '')
      if (groups === 0) return match.match[0]
      return groups === 1 ? texts[0]! : tuple(texts)
    })
  }

  split(text: Value, limit: Value): Value {
    const most = intArgument(limit)
    const whole = subject(text)
    const parts: Value[] = []
    let at = 0
    let count = 0
    for (const match of this.matches(text)) {
      if (most > 0 && count === most) break
      count++
      parts.push(whole.slice(at, match.match.index))
      for (let i = 1; i <= this.translation.groups; i++) parts.push(match.groupText(i) ?? null)
      at = match.match.index + match.match[0].length
    }
    return [...parts, whole.slice(at)]
  }

  /** The replaced text and how often; a promise if the replacement is a function that gives one. */
  substitute(replacement: Value, text: Value, limit: Value): SubstituteResult {
    const most = intArgument(limit)
    const whole = subject(text)
    const replace = replacer(replacement)
    const between: string[] = []
    const replaced: (Value | Promise<Value>)[] = []
    let at = 0
    for (const match of this.matches(text)) {
      if (most > 0 && replaced.length === most) break
      between.push(whole.slice(at, match.match.index))
      replaced.push(replace(match))
      at = match.match.index + match.match[0].length
    }
    const join = (values: readonly Value[]): readonly [string, number] => {
      const parts = values.map((value, i) => between[i]! + replacementText(value))
      return [parts.join('') + whole.slice(at), values.length]
    }
    if (replaced.some(value => value instanceof Promise)) return Promise.all(replaced).then(join)
    return join(replaced as Value[])
  }

  override getAttr(name: string): Value | undefined {
    const bounds = 'string, pos=0, endpos=None'
    switch (name) {
      case 'match':
      case 'search':
      case 'fullmatch':
        return hostFunction(name, bounds, (text: Value, pos: Value, endpos: Value) =>
          this.find(name, text, pos, endpos),
        )
      case 'findall':
        return hostFunction(name, bounds, (text: Value, pos: Value, endpos: Value) =>
          this.findAll(text, pos, endpos),
        )
      case 'finditer':
        return hostFunction(name, bounds, (text: Value, pos: Value, endpos: Value) =>
          matchIterator(this, text, pos, endpos),
        )
      case 'split':
        return hostFunction(name, 'string, maxsplit=0', (text: Value, most: Value) =>
          this.split(text, most),
        )
      case 'sub':
        return hostFunction(
          name,
          'repl, string, count=0',
          (repl: Value, text: Value, most: Value) => firstOf(this.substitute(repl, text, most)),
        )
      case 'subn':
        return hostFunction(
          name,
          'repl, string, count=0',
          (repl: Value, text: Value, most: Value) => pairOf(this.substitute(repl, text, most)),
        )
      case 'pattern':
        return this.pattern
      case 'flags':
        return this.translation.flags | (this.translation.flags & regexFlags.ASCII ? 0 : 32)
      case 'groups':
        return this.translation.groups
      case 'groupindex':
        return new PyDict(this.translation.names)
      default:
        return undefined
    }
  }

  override equals(other: Value): boolean {
    return (
      other instanceof PyPattern &&
      other.pattern === this.pattern &&
      other.translation.flags === this.translation.flags
    )
  }

  override hashKey(): string {
    return `\0pattern:${this.translation.flags}:${this.pattern}`
  }

  override repr(): string {
    const names = flagNames.filter(name => this.translation.flags & regexFlags[name])
    const flags = names.length === 0 ? '' : `, ${names.map(name => `re.${name}`).join('|')}`
    return `re.compile(${stringRepr(this.pattern)}${flags})`
  }
}

type SubstituteResult = readonly [string, number] | Promise<readonly [string, number]>

/** What `sub` gives: the text. */
export const firstOf = (result: SubstituteResult): Value | Promise<Value> =>
  result instanceof Promise ? result.then(([text]) => text) : result[0]

/** What `subn` gives: the text and the number of replacements. */
export const pairOf = (result: SubstituteResult): Value | Promise<Value> =>
  result instanceof Promise ? result.then(tuple) : tuple(result)

const replacer = (replacement: Value): ((match: PyMatch) => Value | Promise<Value>) => {
  if (typeof replacement === 'string') {
    if (!replacement.includes('\\')) return () => replacement
    return match => expandTemplate(replacement, match)
  }
  if (isCallable(replacement)) return match => call(replacement, [match], new Map())
  throw typeError(`decoding to str: need a bytes-like object, ${typeName(replacement)} found`)
}

const replacementText = (value: Value): string => {
  if (typeof value === 'string') return value
  throw typeError(`expected str instance, ${typeName(value)} found`)
}

const matchIterator = (pattern: PyPattern, text: Value, pos: Value, endpos: Value): Value =>
  new PyGenerator(pattern.matches(text, pos, endpos), 'finditer', 'callable_iterator')
