import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import type { Span } from '../core/span.ts'
import { defineKey, keyText } from './yaml-map.ts'
import { parseFloatText, parseInteger, plainScalar, yamlFloat } from './yaml-scalar.ts'
import type { YamlPath, YamlValue } from './yaml-value.ts'

/** A mistake in a YAML text, in PyYAML's words where it has some. Offsets count characters. */
export class YamlProblem extends Error {
  constructor(
    message: string,
    readonly offset: number,
    /** `while parsing a flow sequence` and the like, with its own place. */
    readonly context?: { readonly message: string; readonly offset: number },
  ) {
    super(message)
  }
}

/** A key that stands twice in one map; the later one counts. */
export interface DuplicateKey {
  readonly key: string
  readonly offset: number
}

export interface YamlDocument {
  readonly document: Document.Parsed
  readonly lines: LineCounter
  readonly text: string
}

/** Parses with places. Throws YamlProblem. */
export const parseYamlDocument = (text: string): YamlDocument => {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    version: '1.1',
    schema: 'failsafe',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
    lineCounter: lines,
  })
  const [error] = document.errors
  if (error) throw problemOf(error.code, error.message, error.pos[0], text)
  return { document, lines, text }
}

const wordsByCode: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'mapping values are not allowed in this context',
  BAD_SCALAR_START: 'found character that cannot start any token',
  TAB_AS_INDENT: 'found character that cannot start any token',
  BAD_DQ_ESCAPE: 'found unknown escape character',
  MULTIPLE_DOCS: 'expected a single document in the stream',
}

const wordsByMessage: readonly (readonly [RegExp, string])[] = [
  [/Sequence item without - indicator/, "did not find expected '-' indicator"],
  [/must start at the same column/, 'did not find expected key'],
  [/^Flow sequence/, "did not find expected ',' or ']'"],
  [/^Flow map/, "did not find expected ',' or '}'"],
]

const problemOf = (code: string, message: string, offset: number, text: string): YamlProblem => {
  if (code === 'MISSING_CHAR' && /closing .?quote/.test(message)) {
    return new YamlProblem('found unexpected end of stream', text.length, {
      message: 'while scanning a quoted scalar',
      offset,
    })
  }
  if (code === 'BLOCK_AS_IMPLICIT_KEY') {
    const colon = text.indexOf(':', offset)
    return new YamlProblem(wordsByCode[code] ?? message, colon < 0 ? offset : colon)
  }
  const indent = /^ +/.exec(text.slice(offset))?.[0].length ?? 0
  for (const [found, words] of wordsByMessage)
    if (found.test(message)) return new YamlProblem(words, offset + indent)
  return new YamlProblem(wordsByCode[code] ?? message.replace(/ at line \d+.*$/s, ''), offset)
}

/**
 * The value of a parsed document by PyYAML's rules: YAML 1.1 scalars, merge keys, aliases, last of
 * equal keys wins. Throws YamlProblem.
 */
export const documentValue = (
  { document, text }: YamlDocument,
  onDuplicate: (duplicate: DuplicateKey) => void,
): YamlValue => new Constructor(document, text, onDuplicate).value(document.contents)

class Constructor {
  private readonly known = new Map<Node, YamlValue>()
  private readonly open = new Set<Node>()

  constructor(
    private readonly document: Document.Parsed,
    private readonly text: string,
    private readonly onDuplicate: (duplicate: DuplicateKey) => void,
  ) {}

  private endsText(node: Node): boolean {
    return (node.range?.[1] ?? 0) >= this.text.length && !this.text.endsWith('\n')
  }

  value(node: Node | null): YamlValue {
    if (node === null) return null
    if (isAlias(node)) return this.value(this.target(node))
    const known = this.known.get(node)
    if (known !== undefined) return known
    if (this.open.has(node)) throw new YamlProblem('found recursive alias', offsetOf(node))
    this.open.add(node)
    const value = this.construct(node)
    this.open.delete(node)
    this.known.set(node, value)
    return value
  }

  /** A block scalar that the text ends in has no line break to keep; the yaml package adds one. */
  private construct(node: Node): YamlValue {
    if (isScalar(node) && node.type?.startsWith('BLOCK') && this.endsText(node)) {
      return String(node.value ?? '').replace(/\n$/, '')
    }
    if (isMap(node)) return this.map(node as YAMLMap<ParsedNode, ParsedNode | null>)
    if (isSeq(node)) {
      expectTag(node, ['!!seq'])
      return node.items.map(item => this.value(item as Node))
    }
    return scalarValue(node as Scalar)
  }

  private target(alias: Node): Node {
    const node = isAlias(alias) ? alias.resolve(this.document) : alias
    if (!node) throw new YamlProblem('found undefined alias', offsetOf(alias))
    return node as Node
  }

  private map(node: YAMLMap<ParsedNode, ParsedNode | null>): YamlValue {
    expectTag(node, ['!!map'])
    const merged = new Map<string, YamlValue>()
    const own = new Map<string, YamlValue>()
    const isOverride = node.items[0] !== undefined && isMergeKey(node.items[0].key)
    for (const { key, value } of node.items) {
      if (isMergeKey(key)) {
        this.merge(merged, value, node)
        continue
      }
      const name = this.key(key, node)
      if (own.has(name) && !isOverride) this.onDuplicate({ key: name, offset: offsetOf(key) })
      own.set(name, this.value(value))
    }
    const map: Record<string, YamlValue> = {}
    for (const [name, value] of merged) defineKey(map, name, value)
    for (const [name, value] of own) defineKey(map, name, value)
    return map
  }

  /** `<<: *base` or `<<: [*a, *b]`; what is merged first wins, the map's own keys over both. */
  private merge(into: Map<string, YamlValue>, node: Node | null, parent: Node): void {
    const resolved = node === null ? null : this.target(node)
    const sources = isSeq(resolved)
      ? resolved.items.map(item => this.target(item as Node))
      : [resolved]
    for (const source of sources) {
      if (!isMap(source)) {
        const found = source === null || isScalar(source) ? 'scalar' : 'sequence'
        throw new YamlProblem(
          `expected a mapping or list of mappings for merging, but found ${found}`,
          offsetOf(node ?? parent),
          { message: 'while constructing a mapping', offset: offsetOf(parent) },
        )
      }
      for (const [name, value] of Object.entries(this.value(source) as object)) {
        if (!into.has(name)) into.set(name, value as YamlValue)
      }
    }
  }

  private key(node: Node | null, parent: Node): string {
    const key = keyText(this.value(node))
    if (key !== undefined) return key
    throw new YamlProblem('found unhashable key', offsetOf(node ?? parent), {
      message: 'while constructing a mapping',
      offset: offsetOf(parent),
    })
  }
}

const isMergeKey = (node: Node | null): boolean =>
  isScalar(node) && node.type === 'PLAIN' && node.source === '<<' && node.tag === undefined

const offsetOf = (node: Node): number => node.range?.[0] ?? 0

const expectTag = (node: Node, allowed: readonly string[]): void => {
  const tag = shortTag(node)
  if (tag !== undefined && !allowed.includes(tag)) throw unknownTag(node)
}

const shortTag = (node: Node): string | undefined =>
  node.tag?.replace(/^tag:yaml\.org,2002:/, '!!').replace(/^!!$/, '!!str')

const unknownTag = (node: Node): YamlProblem =>
  new YamlProblem(`could not determine a constructor for the tag '${node.tag}'`, offsetOf(node))

const scalarValue = (node: Scalar): YamlValue => {
  const text = node.source ?? String(node.value ?? '')
  const tag = shortTag(node)
  try {
    return tag === undefined || tag === '!' ? untagged(node, tag === '!') : tagged(tag, text, node)
  } catch (error) {
    if (error instanceof RangeError) throw new YamlProblem(error.message, offsetOf(node))
    throw error
  }
}

const untagged = (node: Scalar, forceText: boolean): YamlValue => {
  if (node.type !== 'PLAIN' || forceText) return String(node.value ?? '')
  const text = String(node.value ?? '')
  if (text === '=')
    throw new YamlProblem(
      "could not determine a constructor for the tag 'tag:yaml.org,2002:value'",
      offsetOf(node),
    )
  return plainScalar(text)
}

const tagged = (tag: string, text: string, node: Scalar): YamlValue => {
  switch (tag) {
    case '!!str':
      return String(node.value ?? '')
    case '!!int':
      return parseInteger(text)
    case '!!float':
      return yamlFloat(parseFloatText(text))
    case '!!bool':
    case '!!null':
    case '!!timestamp':
      return plainScalar(text)
    default:
      throw unknownTag(node)
  }
}

/** The place of the value at a path, or of the nearest value above it that exists. */
export const nodeSpan = ({ document, lines }: YamlDocument, path: YamlPath, file: string): Span => {
  let place: Node | null = document.contents
  let best: Node | null = place
  for (const step of path) {
    if (isAlias(place)) place = (place.resolve(document) as Node | undefined) ?? null
    const found: { readonly mark: Node | null; readonly node: Node | null } | undefined = isMap(
      place,
    )
      ? pairAt(place as YAMLMap<Node, Node | null>, String(step))
      : isSeq(place)
        ? itemAt(place.items as Node[], Number(step))
        : undefined
    if (!found) break
    best = found.mark ?? best
    place = found.node
  }
  return spanOfNode(best, lines, file)
}

/** A key is what people look for: the place of a map's value is that of its key. */
const pairAt = (map: YAMLMap<Node, Node | null>, key: string) => {
  const pair = map.items.findLast(item => isScalar(item.key) && String(item.key.value) === key)
  return pair && { mark: pair.key, node: pair.value }
}

const itemAt = (items: readonly Node[], index: number) => {
  const node = items[index]
  return node && { mark: node, node }
}

const spanOfNode = (node: Node | null, lines: LineCounter, file: string): Span => {
  const range = node?.range
  if (!range) return { file, line: 1, column: 1 }
  const start = lines.linePos(range[0])
  const end = lines.linePos(range[1])
  const place = { file, line: Math.max(start.line, 1), column: Math.max(start.col, 1) }
  return isScalar(node) && end.line === start.line && end.col > start.col
    ? { ...place, endColumn: end.col }
    : place
}
