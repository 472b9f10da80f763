import type { QuotePolicy, Relation } from '../../core/relation.ts'

/** dbt-duckdb's defaults of the project's `quoting`. */
export const quotePolicy: QuotePolicy = { database: true, schema: true, identifier: true }

/** `name` in double quotes, as dbt writes it. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** `"database"."schema"."identifier"`; parts that are null are left out. */
export const render = (relation: Relation, policy: QuotePolicy = quotePolicy): string => {
  const parts: readonly (readonly [string | null, boolean])[] = [
    [relation.database, policy.database],
    [relation.schema, policy.schema],
    [relation.identifier, policy.identifier],
  ]
  return parts
    .flatMap(([name, quoted]) => (name === null ? [] : [quoted ? quote(name) : name]))
    .join('.')
}

/** A SQL literal of a JavaScript value. */
export const literal = (value: string | number | bigint | boolean | null): string =>
  value === null
    ? 'null'
    : typeof value === 'string'
      ? `'${value.replaceAll("'", "''")}'`
      : String(value)
