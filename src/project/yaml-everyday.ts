import {
  CHOMPING_MODE,
  constructFromEvents,
  defineMappingTag,
  defineScalarTag,
  EVENT_ID,
  type Event,
  NOT_RESOLVED,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  Schema,
  seqTag,
  strTag,
  YAMLException,
} from 'js-yaml'
import { defineKey, keyText } from './yaml-map.ts'
import { plainScalar } from './yaml-scalar.ts'
import type { YamlValue } from './yaml-value.ts'

const QUESTION_MARK = 63
const COLON = 58

/**
 * The value of a YAML text that needs no more than collections and scalars: nearly all property
 * files, and they are megabytes in a large project. Gives undefined for what PyYAML may take
 * otherwise than js-yaml does (tags, aliases, merge keys, repeated keys, directives, mistakes):
 * the reader that knows places decides about those.
 */
export const readEverydayYaml = (text: string): { readonly value: YamlValue } | undefined => {
  try {
    const events = parseEvents(text, {})
    if (!isEveryday(events, text)) return undefined
    keepEndOfText(events, text)
    const [value = null] = constructFromEvents(events, { source: text, schema }) as YamlValue[]
    return { value }
  } catch (error) {
    // A RangeError is a date that does not exist.
    if (error instanceof YAMLException || error instanceof RangeError) return undefined
    throw error
  }
}

const isEveryday = (events: readonly Event[], text: string): boolean => {
  let documents = 0
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.POP:
        break
      case EVENT_ID.ALIAS:
        return false
      case EVENT_ID.DOCUMENT:
        // Directives that js-yaml does not know leave no trace but the `---` behind them.
        if (++documents > 1 || event.explicitEnd) return false
        if (event.explicitStart && !text.startsWith('---')) return false
        break
      case EVENT_ID.SCALAR:
        if (event.style === SCALAR_STYLE.PLAIN && isOddPlain(text, event)) return false
        if (event.tagStart >= 0) return false
        break
      default:
        if (event.tagStart >= 0) return false
    }
  }
  return true
}

// PyYAML takes a leading `?` or `:` in flow collections in ways of its own, and neither `{key:[…]}`
// nor keys of several lines.
const isOddPlain = (text: string, { valueStart, valueEnd, fast }: ScalarEvent): boolean => {
  const first = text.charCodeAt(valueStart)
  if (first === QUESTION_MARK || first === COLON) return true
  if (text.charCodeAt(valueEnd) !== COLON) return false
  return !fast || '[]{},'.includes(text.charAt(valueEnd + 1) || ' ')
}

// A block scalar that the text ends in has no line break to keep; js-yaml adds one.
const keepEndOfText = (events: readonly Event[], text: string): void => {
  const last = events.findLast((event): event is ScalarEvent => event.type === EVENT_ID.SCALAR)
  if (last && last.valueEnd === text.length && !text.endsWith('\n'))
    last.chomping = CHOMPING_MODE.STRIP
}

// Other first letters begin nothing but text.
const firstLetters = ['', ...'~nNyYtTfFoO+-.<=0123456789']

const scalarTag = defineScalarTag<YamlValue>('tag:yaml.org,2002:scalar', {
  implicit: true,
  implicitFirstChars: firstLetters,
  resolve: source => {
    if (source === '<<' || source === '=') throw new YAMLException('not an everyday scalar')
    const value = plainScalar(source)
    return value === source ? NOT_RESOLVED : value
  },
  identify: () => false,
})

const mapTag = defineMappingTag<Record<string, YamlValue>>('tag:yaml.org,2002:map', {
  create: () => ({}),
  addPair: (map, key, value) => {
    // Null may be a key that is missing.
    const name = key === null ? undefined : keyText(key as YamlValue)
    if (name === undefined) return 'not an everyday key'
    defineKey(map, name, value as YamlValue)
    return ''
  },
  has: (map, key) => Object.hasOwn(map, keyText(key as YamlValue) ?? ''),
  keys: Object.keys,
  get: (map, key) => map[String(key)],
  identify: () => false,
})

const schema = new Schema([strTag, seqTag, mapTag, scalarTag])
