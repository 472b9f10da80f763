import { CompilationError } from '../../core/errors.ts'
import type { Json, JsonObject } from '../../core/json.ts'

/** A `when_matched` or `when_not_matched` entry of `merge_clauses`. */
export interface MergeClause {
  readonly action: string
  readonly mode: string | null
  readonly by: string | null
  /** Joined by AND. */
  readonly conditions: readonly string[]
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly setExpressions: Readonly<Record<string, string>>
  readonly insertColumns: readonly string[]
  readonly insertValues: readonly string[]
  readonly errorMessage: string
}

export interface MergeConfig {
  readonly using: readonly string[]
  readonly returning: readonly string[]
  readonly matched: readonly MergeClause[]
  readonly notMatched: readonly MergeClause[]
}

type Kind = 'string' | 'sequence' | 'mapping'

const FIELDS: readonly (readonly [string, Kind])[] = [
  ['merge_update_condition', 'string'],
  ['merge_insert_condition', 'string'],
  ['merge_on_using_columns', 'sequence'],
  ['merge_update_columns', 'sequence'],
  ['merge_update_set_expressions', 'mapping'],
  ['merge_exclude_columns', 'sequence'],
  ['merge_returning_columns', 'sequence'],
]

/**
 * dbt-duckdb's merge options.
 * @throws CompilationError that lists every mistake, in dbt-duckdb's words
 */
export const mergeConfig = (config: JsonObject): MergeConfig => {
  const errors = [
    ...FIELDS.flatMap(([name, kind]) => fieldErrors(name, kind, config[name])),
    ...clauseErrors(config),
  ]
  if (errors.length > 0)
    throw new CompilationError(`MERGE configuration errors:\n${errors.join('\n')}`)
  const clauses = isMapping(config.merge_clauses) ? config.merge_clauses : {}
  return {
    using: strings(config.merge_on_using_columns),
    returning: strings(config.merge_returning_columns),
    matched: clauseList(clauses.when_matched) ?? [defaultUpdate(config)],
    notMatched: clauseList(clauses.when_not_matched) ?? [
      parseClause({
        action: 'insert',
        mode: 'by_name',
        condition: config.merge_insert_condition ?? null,
      }),
    ],
  }
}

const defaultUpdate = (config: JsonObject): MergeClause => {
  const include = strings(config.merge_update_columns)
  const exclude = strings(config.merge_exclude_columns)
  const set = isMapping(config.merge_update_set_expressions)
    ? config.merge_update_set_expressions
    : {}
  const explicit = include.length + exclude.length + Object.keys(set).length > 0
  return parseClause({
    action: 'update',
    condition: config.merge_update_condition ?? null,
    mode: explicit ? 'explicit' : 'by_name',
    update: { include, exclude, set_expressions: set },
  })
}

const clauseList = (value: Json | undefined): readonly MergeClause[] | undefined =>
  Array.isArray(value)
    ? value.map(clause => parseClause(isMapping(clause) ? clause : {}))
    : undefined

const parseClause = (clause: JsonObject): MergeClause => {
  const update = isMapping(clause.update) ? clause.update : {}
  const insert = isMapping(clause.insert) ? clause.insert : {}
  const set = update.set_expressions ?? clause.set_expressions
  return {
    action: text(clause.action),
    mode: typeof clause.mode === 'string' ? clause.mode : null,
    by: typeof clause.by === 'string' ? clause.by : null,
    conditions:
      typeof clause.condition === 'string' ? [clause.condition] : strings(clause.condition),
    include: strings(update.include),
    exclude: strings(update.exclude),
    setExpressions: isMapping(set)
      ? Object.fromEntries(Object.entries(set).map(([key, value]) => [key, text(value)]))
      : {},
    insertColumns: strings(insert.columns),
    insertValues: strings(insert.values),
    errorMessage: text(clause.error_message),
  }
}

const fieldErrors = (name: string, kind: Kind, value: Json | undefined): readonly string[] => {
  if (value === null || value === undefined) return []
  switch (kind) {
    case 'string':
      return typeof value === 'string' ? [] : [`${name} must be a string, found: ${shown(value)}`]
    case 'mapping':
      return isMapping(value) ? [] : [`${name} must be a dictionary, found: ${shown(value)}`]
    case 'sequence':
      if (!Array.isArray(value)) return [`${name} must be a list`]
      return value.flatMap(item =>
        typeof item === 'string'
          ? []
          : [`${name} must contain only string values, found: ${shown(item)}`],
      )
  }
}

const clauseErrors = (config: JsonObject): readonly string[] => {
  const clauses = config.merge_clauses
  if (clauses === null || clauses === undefined) return []
  if (!isMapping(clauses)) return [`merge_clauses must be a dictionary, found: ${shown(clauses)}`]
  const types = ['when_matched', 'when_not_matched'].filter(type => type in clauses)
  const none =
    "merge_clauses must contain at least one of 'when_matched' or 'when_not_matched' keys"
  const ignored = FIELDS.map(([name]) => name).filter(
    name =>
      !['merge_on_using_columns', 'merge_returning_columns'].includes(name) && isSet(config[name]),
  )
  return [
    ...(types.length === 0 ? [none] : []),
    ...types.flatMap(type => listErrors(type, clauses[type])),
    ...(ignored.length === 0
      ? []
      : [
          'When merge_clauses is specified, the following basic merge configurations will be ' +
            `ignored and should be removed: ${ignored.join(', ')}. Define your merge behavior ` +
            'within merge_clauses instead.',
        ]),
  ]
}

const listErrors = (type: string, value: Json | undefined): readonly string[] => {
  if (!Array.isArray(value)) return [`merge_clauses.${type} must be a list`]
  if (value.length === 0) return [`merge_clauses.${type} must contain at least one element`]
  return value.flatMap(clause =>
    isMapping(clause)
      ? []
      : [`merge_clauses.${type} elements must be dictionaries, found: ${shown(clause)}`],
  )
}

/**
 * A string or a list of strings as a list.
 * @throws CompilationError for anything else
 */
export const stringList = (value: Json | undefined, field: string): readonly string[] => {
  if (value === null || value === undefined) return []
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value))
    throw new CompilationError(`${field} must be a list of strings or a string`)
  return value.map(item => {
    if (typeof item === 'string') return item
    throw new CompilationError(`${field} list values must be non-empty strings`)
  })
}

const isMapping = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isSet = (value: Json | undefined): boolean => {
  if (value === null || value === undefined) return false
  if (Array.isArray(value)) return value.length > 0
  return !isMapping(value) || Object.keys(value).length > 0
}

const strings = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.map(text) : typeof value === 'string' ? [value] : []

const text = (value: Json | undefined): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : shown(value)

const shown = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))
