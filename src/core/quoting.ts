import type { Json, JsonObject } from './json.ts'
import type { QuotePolicy } from './relation.ts'

const part = (quoting: JsonObject, name: string, fallback: boolean): boolean => {
  const value: Json | undefined = quoting[name]
  return typeof value === 'boolean' ? value : fallback
}

/** How a node's name is quoted: its own `quoting` config over the project's. */
export const quotingOf = (project: QuotePolicy, config: JsonObject): QuotePolicy => {
  const quoting = (config.quoting ?? {}) as JsonObject
  return {
    database: part(quoting, 'database', project.database),
    schema: part(quoting, 'schema', project.schema),
    identifier: part(quoting, 'identifier', project.identifier),
  }
}
