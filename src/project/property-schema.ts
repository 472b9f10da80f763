import * as z from 'zod'
import { anyOf, anything, flag, integer, map, numeric, optional, text, texts } from './check.ts'

/*
 * The entries of property files by section, in dbt's shapes. Unknown keys pass: they are warned of
 * by comparing with these shapes. Key order decides which complaint comes first.
 */

const testDefinitions = z.array(anyOf(map, text))
const docs = z.looseObject({ show: flag.optional(), node_color: optional(text).optional() })
const versionId = anyOf(text, numeric)

const columnShape = {
  name: text,
  description: text.optional(),
  meta: map.optional(),
  data_type: optional(text).optional(),
  constraints: z.array(map).optional(),
  docs: docs.optional(),
  config: map.optional(),
  data_tests: testDefinitions.optional(),
  tests: testDefinitions.optional(),
  quote: optional(flag).optional(),
  tags: texts.optional(),
  granularity: optional(text).optional(),
  dimension: anything.optional(),
  entity: anything.optional(),
}
export const columnSchema = z.looseObject(columnShape)

const nodeShape = {
  name: text,
  description: text.optional(),
  meta: map.optional(),
  data_type: optional(text).optional(),
  constraints: z.array(map).optional(),
  docs: docs.optional(),
  config: map.optional(),
  group: optional(text).optional(),
  contract: map.optional(),
  data_tests: testDefinitions.optional(),
  tests: testDefinitions.optional(),
  columns: z.array(columnSchema).optional(),
  quote_columns: optional(flag).optional(),
  access: optional(text).optional(),
}
export const nodeSchema = z.looseObject(nodeShape)
export const snapshotSchema = z.looseObject({ ...nodeShape, relation: text.optional() })

const includeExclude = z.strictObject({
  include: anyOf(text, texts),
  exclude: texts.optional(),
})

export const versionSchema = z.looseObject({
  v: versionId,
  defined_in: optional(text).optional(),
  description: text.optional(),
  access: optional(text).optional(),
  config: map.optional(),
  constraints: z.array(map).optional(),
  docs: docs.optional(),
  data_tests: optional(testDefinitions).optional(),
  tests: optional(testDefinitions).optional(),
  columns: z.array(anyOf(includeExclude, columnSchema)).optional(),
  deprecation_date: anything.optional(),
})

export const modelSchema = z.looseObject({
  ...nodeShape,
  latest_version: optional(versionId).optional(),
  versions: z.array(versionSchema).optional(),
  deprecation_date: anything.optional(),
  time_spine: anything.optional(),
  semantic_model: anything.optional(),
  primary_entity: anything.optional(),
  agg_time_dimension: anything.optional(),
  metrics: anything.optional(),
  derived_semantics: anything.optional(),
})

const quoting = z.looseObject({
  schema: optional(flag).optional(),
  database: optional(flag).optional(),
  project: optional(flag).optional(),
  identifier: optional(flag).optional(),
})

const span = z.looseObject({
  count: optional(integer).optional(),
  period: optional(z.enum(['minute', 'hour', 'day'])).optional(),
})
const freshness = z.strictObject({
  warn_after: optional(span).optional(),
  error_after: optional(span).optional(),
  filter: optional(text).optional(),
})

const external = z.looseObject({
  location: optional(text).optional(),
  file_format: optional(text).optional(),
  row_format: optional(text).optional(),
  tbl_properties: optional(text).optional(),
  partitions: optional(z.array(anyOf(map, text))).optional(),
})

const tableShape = {
  name: text,
  description: text.optional(),
  meta: map.optional(),
  data_type: optional(text).optional(),
  constraints: z.array(map).optional(),
  docs: docs.optional(),
  config: map.optional(),
  data_tests: testDefinitions.optional(),
  tests: testDefinitions.optional(),
  columns: z.array(columnSchema).optional(),
  loaded_at_field: optional(text).optional(),
  loaded_at_query: optional(text).optional(),
  identifier: optional(text).optional(),
  quoting: quoting.optional(),
  freshness: optional(freshness).optional(),
  external: optional(external).optional(),
  tags: texts.optional(),
}
export const tableSchema = z.looseObject(tableShape)

export const sourceSchema = z.looseObject({
  name: text,
  description: text.optional(),
  meta: map.optional(),
  database: optional(text).optional(),
  schema: optional(text).optional(),
  loader: text.optional(),
  quoting: quoting.optional(),
  freshness: optional(freshness).optional(),
  loaded_at_field: optional(text).optional(),
  loaded_at_query: optional(text).optional(),
  tables: z.array(tableSchema).optional(),
  tags: texts.optional(),
  config: map.optional(),
  overrides: text.optional(),
})

export const macroSchema = z.looseObject({
  name: text,
  description: text.optional(),
  meta: map.optional(),
  docs: docs.optional(),
  config: map.optional(),
  arguments: z
    .array(
      z.looseObject({ name: text, type: optional(text).optional(), description: text.optional() }),
    )
    .optional(),
})

const owner = z.looseObject({ name: optional(text).optional() })

export const exposureSchema = z.looseObject({
  name: text,
  type: z.enum(['dashboard', 'notebook', 'analysis', 'ml', 'application']),
  owner,
  description: text.optional(),
  label: optional(text).optional(),
  maturity: optional(z.enum(['low', 'medium', 'high'])).optional(),
  meta: map.optional(),
  tags: texts.optional(),
  url: optional(text).optional(),
  depends_on: texts.optional(),
  config: map.optional(),
})

export const groupSchema = z.looseObject({
  name: text,
  owner,
  description: optional(text).optional(),
  config: map.optional(),
})

const rows = anyOf(text, z.array(map), z.null())
const format = z.enum(['csv', 'dict', 'sql'])
const versionIds = optional(z.array(versionId)).optional()

export const unitTestSchema = z.looseObject({
  name: text,
  model: text,
  given: z.array(
    z.looseObject({
      input: text,
      rows: rows.optional(),
      format: format.optional(),
      fixture: optional(text).optional(),
    }),
  ),
  expect: z.looseObject({
    rows: rows.optional(),
    format: format.optional(),
    fixture: optional(text).optional(),
  }),
  description: text.optional(),
  overrides: optional(
    z.strictObject({
      macros: map.optional(),
      vars: map.optional(),
      env_vars: map.optional(),
    }),
  ).optional(),
  config: map.optional(),
  versions: optional(z.looseObject({ include: versionIds, exclude: versionIds })).optional(),
})

export const singularTestSchema = z.looseObject({
  name: text,
  description: text.optional(),
  meta: map.optional(),
  docs: docs.optional(),
  config: map.optional(),
})
