import type { Manifest } from '../../core/manifest.ts'

/*
 * The text of manifest.json behind its metadata, one entry a line: `,"nodes":{`, then
 * `"model.shop.users":{…}`, `,"model.shop.orders":{…}`, then `}`.
 */

/** Where the entries of one section stand. */
interface Index {
  /** Number of an entry by its key. */
  readonly numbers: ReadonlyMap<string, number>
  /** By number: the first character of a value, and the one behind its last. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

const COMMA = 44
const BRACE = 125

const indexOf = (text: string, section: string): Index => {
  const numbers = new Map<string, number>()
  const starts: number[] = []
  const ends: number[] = []
  let at = behindHead(text, section)
  while (text.charCodeAt(at) !== BRACE) {
    const end = text.indexOf('\n', at)
    if (end < 0) throw new SyntaxError(`section ${section} has no end`)
    const start = text.charCodeAt(at) === COMMA ? at + 1 : at
    const key = keyAt(text, start, end)
    numbers.set(key.text, starts.length)
    starts.push(key.end + 1)
    ends.push(end)
    at = end + 1
  }
  return { numbers, starts, ends }
}

const behindHead = (text: string, section: string): number => {
  const head = `,"${section}":{\n`
  if (text.startsWith(head)) return head.length
  const found = text.indexOf(`\n${head}`)
  if (found < 0) throw new SyntaxError(`there is no section ${section}`)
  return found + 1 + head.length
}

/** The key that begins at `start`, and where its colon stands. */
const keyAt = (
  text: string,
  start: number,
  end: number,
): { readonly text: string; readonly end: number } => {
  const quote = text.indexOf('"', start + 1)
  const key = text.slice(start + 1, quote)
  if (!key.includes('\\')) return { text: key, end: quote + 1 }
  // With escapes a quote may be part of the key: the line is read as a whole.
  const [escaped = ''] = Object.keys(JSON.parse(`{${text.slice(start, end)}}`) as object)
  return { text: escaped, end: start + JSON.stringify(escaped).length }
}

/** A section whose entries are parsed when they are asked for, each once. */
class StoredSection<T> implements ReadonlyMap<string, T> {
  readonly #text: () => string
  readonly #section: string
  readonly #parsed: T[] = []
  #known: Index | undefined

  constructor(text: () => string, section: string) {
    this.#text = text
    this.#section = section
  }

  get #index(): Index {
    this.#known ??= indexOf(this.#text(), this.#section)
    return this.#known
  }

  get size(): number {
    return this.#index.starts.length
  }

  has(key: string): boolean {
    return this.#index.numbers.has(key)
  }

  get(key: string): T | undefined {
    const number = this.#index.numbers.get(key)
    return number === undefined ? undefined : this.#value(number)
  }

  #value(number: number): T {
    const known = this.#parsed[number]
    if (known !== undefined) return known
    const { starts, ends } = this.#index
    const value = JSON.parse(this.#text().slice(starts[number], ends[number])) as T
    this.#parsed[number] = value
    return value
  }

  keys(): MapIterator<string> {
    return this.#index.numbers.keys()
  }

  *values(): MapIterator<T> {
    for (const number of this.#index.numbers.values()) yield this.#value(number)
  }

  entries(): MapIterator<[string, T]> {
    return this[Symbol.iterator]()
  }

  *[Symbol.iterator](): MapIterator<[string, T]> {
    for (const [key, number] of this.#index.numbers) yield [key, this.#value(number)]
  }

  forEach(call: (value: T, key: string, map: ReadonlyMap<string, T>) => void): void {
    for (const [key, value] of this) call(value, key, this)
  }
}

/** One section of a manifest's text, read on demand. */
export const storedSection = <T>(text: () => string, section: string): ReadonlyMap<string, T> =>
  new StoredSection<T>(text, section)

/** A manifest that is read from its text as far as it is looked into. */
export const storedManifest = (
  text: () => string,
  facts: Pick<Manifest, 'project_name' | 'adapter_type' | 'selectors'>,
): Manifest => ({
  ...facts,
  nodes: storedSection(text, 'nodes'),
  sources: storedSection(text, 'sources'),
  macros: storedSection(text, 'macros'),
  docs: storedSection(text, 'docs'),
  exposures: storedSection(text, 'exposures'),
  groups: storedSection(text, 'groups'),
  unit_tests: storedSection(text, 'unit_tests'),
  disabled: storedSection(text, 'disabled'),
})

/** New values of existing entries, by section and key. */
export type Replacements = ReadonlyMap<string, ReadonlyMap<string, unknown>>

/** The text with some entries replaced. Throws SyntaxError for an entry that does not exist. */
export const replaceEntries = (text: string, replacements: Replacements): string => {
  const edits: { readonly start: number; readonly end: number; readonly value: unknown }[] = []
  for (const [section, entries] of replacements) {
    if (entries.size === 0) continue
    const { numbers, starts, ends } = indexOf(text, section)
    for (const [key, value] of entries) {
      const number = numbers.get(key)
      const start = number === undefined ? undefined : starts[number]
      const end = number === undefined ? undefined : ends[number]
      if (start === undefined || end === undefined)
        throw new SyntaxError(`there is no entry ${key} in section ${section}`)
      edits.push({ start, end, value })
    }
  }
  edits.sort((a, b) => a.start - b.start)
  const pieces: string[] = []
  let at = 0
  for (const { start, end, value } of edits) {
    pieces.push(text.slice(at, start), JSON.stringify(value))
    at = end
  }
  return [...pieces, text.slice(at)].join('')
}
