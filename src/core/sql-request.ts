import type { Column } from './column.ts'
import type { Json, JsonObject } from './json.ts'
import type { Constraint, ContractConfig } from './manifest.ts'
import type { Relation, RelationState, RelationType } from './relation.ts'

/** What of a model's configuration shapes its DDL. */
export interface TableConfig {
  readonly config: JsonObject
  readonly contract: ContractConfig
  readonly columns: readonly TableColumn[]
  readonly constraints: readonly Constraint[]
  /** `sql_header` or what `set_sql_header` gave; null when there is none. */
  readonly header: string | null
}

export interface TableColumn {
  readonly name: string
  readonly data_type: string | null
  readonly quote: boolean | null
  readonly description: string
  readonly constraints: readonly Constraint[]
}

/** What a snapshot strategy decides: SQL expressions over `source_data` and `snapshotted_data`. */
export interface SnapshotStrategy {
  readonly uniqueKey: string | readonly string[]
  readonly updatedAt: string
  readonly rowChanged: string
  readonly scdId: string
  readonly hardDeletes: 'ignore' | 'invalidate' | 'new_record'
}

/** The snapshot's own columns, renamed by `snapshot_meta_column_names`. */
export interface SnapshotColumns {
  readonly dbt_valid_to: string
  readonly dbt_valid_from: string
  readonly dbt_scd_id: string
  readonly dbt_updated_at: string
  readonly dbt_is_deleted: string
}

/**
 * A piece of SQL by the name of the dbt macro that gives it, so that a project's own macro of that
 * name can take the dialect's place. Fields behind the macro's arguments (`model`, `columns` …) are
 * what dbt's macro would find in its context.
 */
export type SqlRequest =
  | {
      readonly macro: 'create_table_as'
      readonly temporary: boolean
      readonly relation: Relation
      readonly sql: string
      readonly model: TableConfig
    }
  | {
      readonly macro: 'create_view_as'
      readonly relation: Relation
      readonly sql: string
      readonly model: TableConfig
    }
  | IncrementalRequest
  | { readonly macro: 'snapshot_get_time' }
  | { readonly macro: 'snapshot_hash_arguments'; readonly args: readonly string[] }
  | {
      readonly macro: 'build_snapshot_table'
      readonly strategy: SnapshotStrategy
      readonly sql: string
      readonly columns: SnapshotColumns
      readonly validToCurrent: string | null
    }
  | {
      readonly macro: 'snapshot_staging_table'
      readonly strategy: SnapshotStrategy
      readonly sql: string
      readonly target: Relation
      readonly columns: SnapshotColumns
      readonly validToCurrent: string | null
      /** What `snapshot_get_time` gives. */
      readonly now: string
      /** scd id of the record that marks a deletion; null unless hard_deletes is new_record. */
      readonly deletedScdId: string | null
      /** Names the query gives and the target has; read only for hard_deletes = new_record. */
      readonly sourceColumns: readonly string[]
      readonly targetColumns: readonly string[]
    }
  | {
      readonly macro: 'snapshot_merge_sql'
      readonly target: Relation
      readonly source: Relation
      /** Quoted. */
      readonly insertColumns: readonly string[]
      readonly columns: SnapshotColumns
      readonly validToCurrent: string | null
    }
  | {
      readonly macro: 'get_test_sql'
      readonly sql: string
      readonly failCalc: string
      readonly warnIf: string
      readonly errorIf: string
    }
  | {
      readonly macro: 'get_unit_test_sql'
      readonly sql: string
      readonly expectedSql: string
      /** Quoted. */
      readonly columns: readonly string[]
    }
  | {
      readonly macro: 'alter_relation_comment'
      readonly relation: RelationState
      readonly comment: string
    }
  | {
      readonly macro: 'alter_column_comment'
      readonly relation: RelationState
      readonly columns: readonly TableColumn[]
    }
  | {
      readonly macro: 'get_create_index_sql'
      readonly relation: Relation
      readonly index: Json
      /** Index names must not repeat between runs, so the clock goes into them. */
      readonly now: Date
    }

export interface IncrementalRequest {
  readonly macro: `get_incremental_${string}_sql`
  readonly target: Relation
  readonly temp: Relation
  readonly uniqueKey: string | readonly string[] | null
  readonly columns: readonly Column[]
  readonly predicates: Json
  readonly model: TableConfig
  /** For the message about a strategy that nobody implements. */
  readonly projectName: string
}

/**
 * Where materializations get their SQL: a macro of the project or of a package, when one has the
 * request's name, else the dialect. Filled in by `run`.
 */
export interface SqlSource {
  sql(request: SqlRequest): Promise<string>
  /**
   * The strategy that a project's `snapshot_NAME_strategy` gives; undefined when no macro has that
   * name (navo then has `timestamp` and `check` itself).
   */
  snapshotStrategy(name: string, targetExists: boolean): Promise<SnapshotStrategy | undefined>
}

/** An argument of a dbt macro, before it becomes a Python-like value. */
export type MacroArgument =
  | { readonly relation: Relation; readonly type: RelationType | null }
  | { readonly columns: readonly Column[] }
  | { readonly value: Json }
  | { readonly dict: Readonly<Record<string, MacroArgument>> }

/** The positional arguments with which dbt calls the macro that a request is named after. */
export const macroArguments = (request: SqlRequest): readonly MacroArgument[] => {
  switch (request.macro) {
    case 'create_table_as':
      return [{ value: request.temporary }, table(request.relation), { value: request.sql }]
    case 'create_view_as':
      return [{ relation: request.relation, type: 'view' }, { value: request.sql }]
    case 'snapshot_get_time':
      return []
    case 'snapshot_hash_arguments':
      return [{ value: request.args }]
    case 'build_snapshot_table':
      return [strategyArgument(request.strategy), { value: request.sql }]
    case 'snapshot_staging_table':
      return [strategyArgument(request.strategy), { value: request.sql }, table(request.target)]
    case 'snapshot_merge_sql':
      return [table(request.target), table(request.source), { value: request.insertColumns }]
    case 'get_test_sql':
      return [
        { value: request.sql },
        { value: request.failCalc },
        { value: request.warnIf },
        { value: request.errorIf },
        { value: null },
      ]
    case 'get_unit_test_sql':
      return [{ value: request.sql }, { value: request.expectedSql }, { value: request.columns }]
    case 'alter_relation_comment':
      return [
        { relation: request.relation, type: request.relation.type },
        { value: request.comment },
      ]
    case 'alter_column_comment':
      return [
        { relation: request.relation, type: request.relation.type },
        { value: Object.fromEntries(request.columns.map(c => [c.name, columnJson(c)])) },
      ]
    case 'get_create_index_sql':
      return [table(request.relation), { value: request.index }]
    default:
      return [incrementalArguments(request)]
  }
}

const table = (relation: Relation): MacroArgument => ({ relation, type: 'table' })

const columnJson = (column: TableColumn): JsonObject => ({
  name: column.name,
  description: column.description,
  data_type: column.data_type,
  quote: column.quote,
})

const strategyArgument = (strategy: SnapshotStrategy): MacroArgument => ({
  value: {
    unique_key: strategy.uniqueKey,
    updated_at: strategy.updatedAt,
    row_changed: strategy.rowChanged,
    scd_id: strategy.scdId,
    invalidate_hard_deletes: strategy.hardDeletes === 'invalidate',
    hard_deletes: strategy.hardDeletes,
  },
})

const incrementalArguments = (request: IncrementalRequest): MacroArgument => ({
  dict: {
    target_relation: table(request.target),
    temp_relation: table(request.temp),
    unique_key: { value: request.uniqueKey },
    dest_columns: { columns: request.columns },
    incremental_predicates: { value: request.predicates },
  },
})
