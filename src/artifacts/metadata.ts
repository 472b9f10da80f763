import { dbtVersion } from '../core/dbt-version.ts'
import type { JsonObject } from '../core/json.ts'

/** What every artifact says of the invocation that wrote it. */
export interface ArtifactContext {
  readonly invocationId: string
  readonly startedAt: Date
  readonly generatedAt: Date
  readonly env: Readonly<Record<string, string | undefined>>
}

const prefixes = ['DBT_ENV_CUSTOM_ENV_', 'DBT_ENGINE_ENV_CUSTOM_ENV_'] as const

/** A time as dbt writes it: UTC with six digits and a Z. */
export const artifactTime = (date: Date): string => date.toISOString().replace('Z', '000Z')

/** `metadata` of an artifact; `schema` is its name and version: `manifest/v12`. */
export const artifactMetadata = (schema: string, context: ArtifactContext): JsonObject => ({
  dbt_schema_version: `https://schemas.getdbt.com/dbt/${schema}.json`,
  dbt_version: dbtVersion,
  generated_at: artifactTime(context.generatedAt),
  invocation_id: context.invocationId,
  invocation_started_at: artifactTime(context.startedAt),
  env: customVariables(context.env),
})

/** Variables meant for the artifacts, by the rest of their names. */
export const customVariables = (
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => {
      const prefix = prefixes.find(candidate => name.startsWith(candidate))
      return prefix !== undefined && value !== undefined ? [[name.slice(prefix.length), value]] : []
    }),
  )
