import * as z from 'zod'
import { anyOf, anything, flag, integer, map, numeric, optional, text, texts } from './check.ts'

const paths = optional(texts)

/** A version of two or three numbers, with a pre-release and a build behind. */
const version =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)(\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?)?$/

const quoting = z.strictObject({
  schema: optional(flag).optional(),
  database: optional(flag).optional(),
  project: optional(flag).optional(),
  identifier: optional(flag).optional(),
  snowflake_ignore_case: optional(flag).optional(),
})

const queryComment = z.strictObject({
  comment: text.optional(),
  append: optional(flag).optional(),
  'job-label': flag.optional(),
})

/** The project file after rendering, `tests` already renamed to `data_tests`. */
export const projectSchema = z.looseObject({
  name: text.regex(/^[^\d\W]\w*$/),
  'config-version': optional(integer).optional(),
  version: anyOf(text.regex(version), numeric, z.null()).optional(),
  'source-paths': paths.optional(),
  'model-paths': paths.optional(),
  'macro-paths': paths.optional(),
  'data-paths': paths.optional(),
  'seed-paths': paths.optional(),
  'test-paths': paths.optional(),
  'analysis-paths': paths.optional(),
  'docs-paths': paths.optional(),
  'asset-paths': paths.optional(),
  'function-paths': paths.optional(),
  'osi-paths': paths.optional(),
  'target-path': optional(text).optional(),
  'snapshot-paths': paths.optional(),
  'clean-targets': paths.optional(),
  profile: optional(text).optional(),
  'log-path': optional(text).optional(),
  'packages-install-path': optional(text).optional(),
  quoting: optional(quoting).optional(),
  'on-run-start': paths.optional(),
  'on-run-end': paths.optional(),
  'require-dbt-version': anyOf(texts, text, z.null()).optional(),
  dispatch: z.array(map).optional(),
  models: map.optional(),
  seeds: map.optional(),
  snapshots: map.optional(),
  analyses: map.optional(),
  sources: map.optional(),
  data_tests: map.optional(),
  unit_tests: map.optional(),
  metrics: map.optional(),
  'semantic-models': map.optional(),
  'saved-queries': map.optional(),
  exposures: map.optional(),
  functions: map.optional(),
  vars: optional(map).optional(),
  packages: anything.optional(),
  'query-comment': anyOf(queryComment, text, z.null()).optional(),
  'restrict-access': flag.optional(),
  'dbt-cloud': anything.optional(),
  flags: map.optional(),
})

export type ProjectSchema = z.infer<typeof projectSchema>

/** Names that projects must not have, because templates use them. */
export const reservedNames: ReadonlySet<string> = new Set(
  (
    '_sql_results adapter api column config context database env env_var exceptions execute flags ' +
    'fromjson fromyaml graph invocation_id load_agate_table load_result log model modules post_hooks ' +
    'pre_hooks ref render return run_started_at schema source sql sql_now store_result ' +
    'store_raw_result target this tojson toyaml try_or_compiler_error var write'
  ).split(' '),
)
