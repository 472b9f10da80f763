import * as z from 'zod'
import type { JsonObject } from '../core/json.ts'
import {
  anyOf,
  anything,
  check,
  complaint,
  flag,
  integer,
  map,
  optional,
  text,
  texts,
} from './check.ts'
import type { ConfigSection } from './project-config.ts'

const hook = z.looseObject({
  sql: text,
  transaction: flag.optional(),
  index: optional(integer).optional(),
})
const oneOrMore = anyOf(text, texts)
const oneOrMoreOrNone = anyOf(text, texts, z.null())

const common = {
  enabled: flag.optional(),
  alias: optional(text).optional(),
  schema: optional(text).optional(),
  database: optional(text).optional(),
  tags: oneOrMore.optional(),
  meta: map.optional(),
  group: optional(text).optional(),
  materialized: text.optional(),
}

const node = {
  ...common,
  incremental_strategy: optional(text).optional(),
  persist_docs: map.optional(),
  'post-hook': z.array(hook).optional(),
  'pre-hook': z.array(hook).optional(),
  quoting: map.optional(),
  column_types: map.optional(),
  full_refresh: optional(flag).optional(),
  unique_key: oneOrMoreOrNone.optional(),
  on_schema_change: optional(text).optional(),
  on_configuration_change: z.enum(['apply', 'continue', 'fail']).optional(),
  grants: map.optional(),
  packages: texts.optional(),
  docs: z.looseObject({ show: flag.optional(), node_color: optional(text).optional() }).optional(),
  contract: z.looseObject({ enforced: flag.optional(), alias_types: flag.optional() }).optional(),
}

const columnName = optional(text).optional()

const schemas: Readonly<Partial<Record<ConfigSection, z.ZodType>>> = {
  models: z.looseObject({
    ...node,
    access: z.enum(['private', 'protected', 'public']).optional(),
    on_error: optional(z.enum(['skip_children', 'continue'])).optional(),
  }),
  seeds: z.looseObject({
    ...node,
    delimiter: text.optional(),
    quote_columns: optional(flag).optional(),
  }),
  snapshots: z.looseObject({
    ...node,
    strategy: optional(text).optional(),
    target_schema: optional(text).optional(),
    target_database: optional(text).optional(),
    updated_at: optional(text).optional(),
    check_cols: oneOrMoreOrNone.optional(),
    snapshot_meta_column_names: z
      .looseObject({
        dbt_valid_to: columnName,
        dbt_valid_from: columnName,
        dbt_scd_id: columnName,
        dbt_updated_at: columnName,
        dbt_is_deleted: columnName,
      })
      .optional(),
    dbt_valid_to_current: optional(text).optional(),
  }),
  data_tests: z.looseObject({
    ...common,
    severity: anything.optional(),
    store_failures: optional(flag).optional(),
    store_failures_as: optional(text).optional(),
    where: optional(text).optional(),
    limit: optional(integer).optional(),
    fail_calc: text.optional(),
    warn_if: text.optional(),
    error_if: text.optional(),
  }),
  sources: z.looseObject({
    enabled: flag.optional(),
    meta: map.optional(),
    tags: texts.optional(),
  }),
  exposures: z.looseObject({
    enabled: flag.optional(),
    meta: map.optional(),
    tags: texts.optional(),
  }),
  unit_tests: z.looseObject({
    enabled: flag.optional(),
    meta: map.optional(),
    tags: oneOrMore.optional(),
  }),
}

/**
 * What is wrong with a node's resolved configuration, in dbt's words (`at path ['enabled']: …`);
 * empty when nothing is. Keys of the project's own are not looked at.
 * @param config all levels merged, in the form the manifest has it
 */
export const configProblems = (section: ConfigSection, config: JsonObject): readonly string[] => {
  const schema = schemas[section]
  const checked = schema ? check(schema, config) : { ok: true as const, value: config }
  const messages = checked.ok ? [] : checked.complaints.map(({ message }) => message)
  const rule = rules[section]?.(config)
  return rule === undefined ? messages : [...messages, rule]
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const rules: Readonly<Partial<Record<ConfigSection, (config: JsonObject) => string | undefined>>> =
  {
    models: config => {
      const { contract, materialized, on_schema_change: change } = config
      if (!isObject(contract) || contract.enforced !== true || materialized !== 'incremental')
        return undefined
      if (change === 'append_new_columns' || change === 'fail') return undefined
      return complaint(
        [],
        `Invalid value for on_schema_change: ${String(change)}. Models materialized as incremental with contracts enabled must set on_schema_change to 'append_new_columns' or 'fail'`,
      ).message
    },
    seeds: config =>
      config.materialized === 'seed' || !config.materialized
        ? undefined
        : complaint([], "A seed must have a materialized value of 'seed'").message,
    data_tests: config => {
      const { severity, materialized } = config
      if (severity && !/^(?:warn|error)$/i.test(String(severity)))
        return complaint([], `Severity must be either 'warn' or 'error'. Got '${String(severity)}'`)
          .message
      return materialized === 'test' || !materialized
        ? undefined
        : complaint([], "A test must have a materialized value of 'test'").message
    },
  }
