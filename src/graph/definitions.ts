import { RuntimeError } from '../core/errors.ts'
import type { Json, JsonObject } from '../core/json.ts'
import {
  type CriterionParts,
  criterion,
  type IndirectSelection,
  parseSelector,
  type SelectorExpression,
  type SelectorGroup,
} from './selector.ts'

/** One entry of selectors.yml. */
export interface SelectorDefinition {
  readonly name: string
  readonly description: string
  readonly default: boolean
  readonly expression: SelectorExpression
  /** As the manifest shows it: texts taken apart. */
  readonly raw: Json
}

/** A selector as it stands in selectors.yml, its outer shape already checked. */
export interface WrittenSelector {
  readonly name: string
  readonly description: string
  readonly default: boolean
  readonly definition: Json
}

/**
 * Reads the selectors of selectors.yml. Throws RuntimeError in dbt's words for a definition that
 * cannot be understood, and for a second default.
 */
export const parseDefinitions = (
  written: readonly WrittenSelector[],
): ReadonlyMap<string, SelectorDefinition> => {
  const defaults = written.filter(selector => selector.default)
  if (defaults.length > 1) {
    throw invalid(
      `Error when parsing the selector file. Found multiple selectors with \`default: true\`:${defaults[0]?.name} and ${defaults[1]?.name}`,
    )
  }
  return new Map(
    written.map(({ name, description, default: isDefault, definition }) => {
      const expression = parseRoot(definition)
      return [
        name,
        { name, description, default: isDefault, expression, raw: shown(definition) },
      ] as const
    }),
  )
}

const invalid = (message: string): RuntimeError =>
  new RuntimeError(message, { code: 'selectors-invalid' })

const wrongData = (message: string): RuntimeError =>
  invalid(`Could not read selector file data: Runtime Error\n  ${message}`)

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parseRoot = (definition: Json): SelectorExpression => {
  if (isObject(definition) && ('union' in definition || 'intersection' in definition)) {
    const keys = Object.keys(definition)
    if (keys.length > 1)
      throw wrongData(
        `Only a single 'union' or 'intersection' key is allowed in a root level selector definition; found ${keys.join(',')}.`,
      )
  }
  try {
    return parseDefinition(definition)
  } catch (error) {
    if (error instanceof RuntimeError && error.code !== 'selectors-invalid')
      throw wrongData(error.message)
    throw error
  }
}

const parseDefinition = (definition: Json): SelectorExpression => {
  if (typeof definition === 'string') return parseSelector(definition)
  if (!isObject(definition)) {
    throw wrongData(
      `Expected to find union, intersection, str or dict, instead found ${JSON.stringify(definition)}`,
    )
  }
  if ('union' in definition) return parseGroup('union', definition)
  if ('intersection' in definition) return parseGroup('intersection', definition)
  return parseCriterion(definition)
}

const listUnder = (definition: JsonObject, key: string): readonly (string | JsonObject)[] => {
  const values = definition[key]
  if (!Array.isArray(values)) throw wrongData(`Invalid value for key "${key}". Expected a list.`)
  return (values as readonly Json[]).map(value => {
    if (typeof value === 'string' || isObject(value)) return value
    throw wrongData(
      `Invalid value type in key "${key}", expected dict or str (value: ${JSON.stringify(value)}).`,
    )
  })
}

const group = (
  kind: SelectorGroup['kind'],
  parts: readonly SelectorExpression[],
): SelectorGroup => ({ kind, parts, followsFlag: false })

const parseGroup = (kind: 'union' | 'intersection', definition: JsonObject): SelectorExpression => {
  const included: SelectorExpression[] = []
  let excluded: SelectorExpression | undefined
  let excludes = 0
  for (const part of listUnder(definition, kind)) {
    if (isObject(part) && 'exclude' in part) {
      excludes += 1
      if (excludes > 1)
        throw wrongData(
          'You cannot provide multiple exclude arguments to the same selector set operator',
        )
      excluded = parseExclude(part)
    } else included.push(parseDefinition(part))
  }
  const joined = group(kind, included)
  return excluded ? group('difference', [joined, excluded]) : joined
}

const parseExclude = (definition: JsonObject): SelectorExpression | undefined => {
  const parts = listUnder(definition, 'exclude').map(parseDefinition)
  return parts.length > 1 ? group('union', parts) : parts[0]
}

const parseCriterion = (definition: JsonObject): SelectorExpression => {
  const keys = Object.keys(definition)
  const [only] = keys
  if (keys.length === 1 && only !== undefined)
    return fromParts(definition, { method: only, value: definition[only] })
  if (!('method' in definition && 'value' in definition)) {
    throw wrongData(
      `Expected either 1 key or else "method" and "value" keys, but got [${keys.map(key => `'${key}'`).join(', ')}]`,
    )
  }
  const base = fromParts(definition, definition)
  const excluded = 'exclude' in definition ? parseExclude(definition) : undefined
  return excluded ? group('difference', [base, excluded]) : base
}

const indirectSelections: readonly IndirectSelection[] = ['eager', 'cautious', 'buildable', 'empty']

const fromParts = (raw: JsonObject, written: JsonObject): SelectorExpression => {
  const indirect = written.indirect_selection
  const known = indirectSelections.find(name => name === indirect)
  if (indirect !== undefined && !known)
    throw wrongData(`'${String(indirect)}' is not a valid IndirectSelection`)
  const { value } = written
  const parts: CriterionParts = {
    raw: JSON.stringify(raw),
    method: typeof written.method === 'string' ? written.method : undefined,
    value:
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : JSON.stringify(value),
    childrensParents: Boolean(written.childrens_parents),
    parents: written.parents ? depth(written.parents_depth) : undefined,
    children: written.children ? depth(written.children_depth) : undefined,
    ...(known && { indirect: known }),
  }
  return criterion(parts)
}

/** 0 and absent both mean: without end. */
const depth = (written: Json | undefined): number => {
  if (!written) return Number.POSITIVE_INFINITY
  const number = Number(written)
  if (Number.isInteger(number)) return number
  throw wrongData(`Invalid node spec - could not handle parent depth ${String(written)}`)
}

/** A definition as dbt's manifest has it: strings as dicts, `tag: x` as method and value. */
const shown = (definition: Json): Json => {
  if (typeof definition === 'string') return shownText(definition)
  if (!isObject(definition)) return definition
  for (const key of ['union', 'intersection'] as const) {
    const parts = definition[key]
    if (Array.isArray(parts)) return { [key]: (parts as readonly Json[]).map(shown) }
  }
  const [key, ...others] = Object.keys(definition)
  if (key === undefined) return definition
  const written = definition[key] ?? null
  const value = Array.isArray(written) ? (written as readonly Json[]).map(shown) : written
  if (key === 'exclude') return { exclude: value }
  return others.length === 0 ? { method: key, value } : definition
}

const shownText = (text: string): Json => {
  const { method, args, value, childrensParents, parents, children } = parseSelector(text)
  const depthOf = (name: string, steps: number | undefined) =>
    steps === undefined || steps === Number.POSITIVE_INFINITY ? {} : { [name]: String(steps) }
  return {
    ...(childrensParents && { childrens_parents: true }),
    ...(parents !== undefined && { parents: true }),
    ...depthOf('parents_depth', parents),
    method: [method, ...args].join('.'),
    ...(value !== '' && { value }),
    ...(children !== undefined && { children: true }),
    ...depthOf('children_depth', children),
  }
}
