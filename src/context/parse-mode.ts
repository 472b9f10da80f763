import type { Relation } from '../core/relation.ts'
import type { Value } from '../jinja/python/values.ts'
import { type AdapterMethod, pureMethods } from './adapter-object.ts'
import { type ConfigCall, ParseConfig } from './config-object.ts'
import type { ContextMode, NodeScope, RefArguments } from './node-scope.ts'
import { relationValue } from './relation-value.ts'
import { TableValue } from './table-value.ts'

const none = (): Value => null

/** An adapter method that asks the database: while parsing it gives `parsed`. */
const stub = (signature: string, parsed: () => Value): AdapterMethod => ({
  signature,
  parse: parsed,
  run: () => {
    throw new Error('an adapter method of the parser was run')
  },
})

const emptyTable = (): Value => new TableValue([], [])

/** What each adapter method gives while parsing, when there is no database. */
const parseMethods: Readonly<Record<string, AdapterMethod>> = {
  ...pureMethods,
  execute: stub('*args, **kwargs', () => ['', emptyTable()]),
  add_query: stub('*args, **kwargs', none),
  get_column_schema_from_query: stub('*args, **kwargs', () => []),
  get_partitions_metadata: stub('*args, **kwargs', emptyTable),
  cache_added: stub('*args, **kwargs', () => ''),
  cache_dropped: stub('*args, **kwargs', () => ''),
  cache_renamed: stub('*args, **kwargs', () => ''),
  check_schema_exists: stub('*args, **kwargs', () => false),
  drop_relation: stub('*args, **kwargs', none),
  truncate_relation: stub('*args, **kwargs', none),
  rename_relation: stub('*args, **kwargs', none),
  get_columns_in_relation: stub('*args, **kwargs', () => []),
  get_missing_columns: stub('*args, **kwargs', () => []),
  list_relations: stub('*args, **kwargs', () => []),
  list_relations_without_caching: stub('*args, **kwargs', () => []),
  valid_snapshot_target: stub('*args, **kwargs', none),
  assert_valid_snapshot_target_given_strategy: stub('*args, **kwargs', none),
  expand_target_column_types: stub('*args, **kwargs', none),
  get_relation: stub('*args, **kwargs', none),
  already_exists: stub('*args, **kwargs', () => false),
  create_schema: stub('*args, **kwargs', none),
  drop_schema: stub('*args, **kwargs', none),
  get_incremental_strategy_macro: stub('*args, **kwargs', none),
  render_raw_columns_constraints: stub('*args, **kwargs', () => []),
  render_raw_model_constraints: stub('*args, **kwargs', () => []),
  location_exists: stub('*args, **kwargs', () => false),
  store_relation: stub('*args, **kwargs', none),
}

/** What a rendering at parse time wants to know. */
export interface ParseRecorder {
  readonly ref: (args: RefArguments) => void
  readonly source: (source: string, table: string) => void
  readonly config: (call: ConfigCall) => void
}

/**
 * How templates behave while the project is parsed: ref and source record the dependency and give
 * the current node's own relation, no database is asked, a missing variable is None.
 * @param own the relation of the node that is parsed, as far as it is known
 */
export const parseMode = (recorder: ParseRecorder, own: Relation): ContextMode => {
  const ownRelation = (scope: NodeScope): Value =>
    relationValue(own, scope.facts.dialect, { quote: scope.facts.quoting })
  return {
    execute: false,
    undefined: 'lenient',
    ref: (scope, args) => {
      recorder.ref(args)
      return ownRelation(scope)
    },
    source: (scope, source, table) => {
      recorder.source(source, table)
      return ownRelation(scope)
    },
    config: new ParseConfig(recorder.config),
    adapter: parseMethods,
    missingVar: none,
  }
}
