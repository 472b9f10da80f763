import { basename } from 'node:path'
import * as z from 'zod'
import { RuntimeError, ValidationError } from '../../core/errors.ts'
import type { JsonObject } from '../../core/json.ts'
import type { AdapterTarget } from '../adapter.ts'

const scalar = z.union([z.string(), z.number(), z.boolean()])

const attachment = z.object({
  path: z.string(),
  type: z.string().nullish(),
  alias: z.string().nullish(),
  secret: z.string().nullish(),
  read_only: z.boolean().nullish(),
  options: z.record(z.string(), z.unknown()).nullish(),
  is_ducklake: z.boolean().nullish(),
})

const extension = z.union([z.string(), z.object({ name: z.string(), repo: z.string() })])

const profile = z.object({
  path: z.string().nullish(),
  database: z.string().nullish(),
  schema: z.string().nullish(),
  threads: z.number().int().positive().nullish(),
  config_options: z.record(z.string(), scalar).nullish(),
  extensions: z.array(extension).nullish(),
  settings: z.record(z.string(), scalar).nullish(),
  secrets: z.array(z.object({ type: z.string() }).loose()).nullish(),
  external_root: z.string().nullish(),
  use_credential_provider: z.string().nullish(),
  attach: z.array(attachment).nullish(),
  disable_transactions: z.boolean().nullish(),
  retries: z
    .object({
      connect_attempts: z.number().int().positive().nullish(),
      query_attempts: z.number().int().positive().nullish(),
      retryable_exceptions: z.array(z.string()).nullish(),
    })
    .nullish(),
})

export type Attachment = z.infer<typeof attachment>

export interface DuckDbTarget {
  /** As written; relative to the working directory. */
  readonly path: string
  readonly configOptions: Readonly<Record<string, string>>
  readonly extensions: readonly z.infer<typeof extension>[]
  readonly settings: Readonly<Record<string, string>>
  readonly secrets: readonly JsonObject[]
  readonly attach: readonly Attachment[]
  readonly disableTransactions: boolean
  readonly connectAttempts: number
}

/** Keys of dbt-duckdb's profile that only Python can serve, with what they are. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['plugins', 'plugins are Python modules'],
  ['filesystems', 'fsspec filesystems are Python objects'],
  ['module_paths', 'module paths name Python modules'],
  ['remote', 'Buena Vista servers are not supported'],
]

/**
 * dbt-duckdb's profile keys.
 * @throws ValidationError naming each key that is wrong; RuntimeError for what cannot be served
 */
export const parseTarget = (raw: JsonObject): AdapterTarget<DuckDbTarget> => {
  const parsed = profile.safeParse(raw)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(i => `${i.path.join('.') || 'target'}: ${i.message}`)
    throw new ValidationError(`The DuckDB target is not valid: ${problems.join('; ')}`)
  }
  for (const [key, what] of REFUSED)
    if (isSet(raw[key]))
      throw new RuntimeError(
        `The profile's '${key}' cannot be used: ${what}, and navo has no Python`,
      )
  const { data } = parsed
  const path = data.path ?? ':memory:'
  assertLocal(path)
  for (const { path: attached } of data.attach ?? []) assertLocal(attached)
  const database = databaseName(path, data.database ?? undefined, data.attach ?? [])
  return {
    settings: {
      path,
      configOptions: texts(data.config_options),
      extensions: data.extensions ?? [],
      settings: texts(data.settings),
      secrets: secretsOf(data.secrets, data.use_credential_provider),
      attach: data.attach ?? [],
      disableTransactions: data.disable_transactions ?? false,
      connectAttempts: data.retries?.connect_attempts ?? 1,
    },
    database,
    schema: data.schema ?? 'main',
    threads: data.threads ?? 1,
    shown: shownKeys(raw, path),
  }
}

/** The name DuckDB gives to a database file: up to the first dot of what follows leading dots. */
export const nameFromPath = (path: string): string => {
  if (path === ':memory:') return 'memory'
  const file = basename(path).split('?')[0] ?? ''
  return file.replace(/^\.+/, '').split('.')[0] ?? ''
}

const databaseName = (
  path: string,
  database: string | undefined,
  attached: readonly Attachment[],
): string => {
  const name = nameFromPath(path)
  if (name === '')
    throw new RuntimeError("Unable to determine target database name from 'path' field in profile")
  if (database === undefined || database === name) return name
  if (attached.some(({ alias }) => alias === database)) return database
  throw new RuntimeError(
    "Inconsistency detected between 'path' and 'database' fields in profile; " +
      `the 'database' property must be set to '${name}' to match the 'path'`,
  )
}

const assertLocal = (path: string): void => {
  if (/^(md|motherduck):/i.test(path))
    throw new RuntimeError(`MotherDuck is not supported: '${path}'`, {
      hint: 'navo runs on a local DuckDB file (path: name.duckdb) or in memory (path: ":memory:")',
    })
  if (/^ducklake:/i.test(path))
    throw new RuntimeError(`DuckLake is not supported: '${path}'`, {
      hint: 'navo runs on a local DuckDB file (path: name.duckdb)',
    })
}

const secretsOf = (
  secrets: readonly Readonly<Record<string, unknown>>[] | null | undefined,
  provider: string | null | undefined,
): readonly JsonObject[] => {
  const given = (secrets ?? []) as readonly JsonObject[]
  if (!provider) return given
  if (provider !== 'aws')
    throw new RuntimeError(`Unsupported value for use_credential_provider: ${provider}`)
  return [...given, { type: 's3', provider: 'credential_chain' }]
}

const SHOWN = [
  'config_options',
  'extensions',
  'settings',
  'external_root',
  'use_credential_provider',
  'attach',
  'filesystems',
  'remote',
  'plugins',
  'disable_transactions',
]

const DEFAULTS: JsonObject = { external_root: '.', settings: {}, disable_transactions: false }

/** What `target` shows in templates: dbt-duckdb's keys; secret settings are masked. */
const shownKeys = (raw: JsonObject, path: string): JsonObject => {
  const shown = SHOWN.map(key => [key, raw[key] ?? DEFAULTS[key] ?? null] as const)
  return { ...(masked(Object.fromEntries(shown)) as JsonObject), path }
}

const masked = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(masked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /secret|token|password/i.test(key) && typeof inner === 'string' ? '***' : masked(inner),
    ]),
  )
}

const isSet = (value: unknown): boolean =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)

const texts = (
  values: Readonly<Record<string, string | number | boolean>> | null | undefined,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values ?? {}).map(([key, value]) => [key, String(value)]))
