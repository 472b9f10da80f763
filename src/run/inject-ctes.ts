/** The text of an ephemeral model as a common table expression. */
export interface EphemeralCte {
  readonly id: string
  /** ` __dbt__cte__name as (…)` */
  readonly sql: string
}

// White space and comments: `-- …`, `/* … */`.
const blank = /(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/y
const leadingWith = /with(?:\s+recursive)?(?![\w$])/iy

const after = (pattern: RegExp, sql: string, at: number): number | undefined => {
  pattern.lastIndex = at
  return pattern.test(sql) ? pattern.lastIndex : undefined
}

/**
 * Puts ephemeral models in front of a query, into its own WITH (RECURSIVE) where it has one, as dbt
 * does it.
 */
export const injectCtes = (sql: string, ctes: readonly EphemeralCte[]): string => {
  if (ctes.length === 0) return sql
  const injected = ctes.map(cte => cte.sql).join(', ')
  const start = after(blank, sql, 0) ?? 0
  const behind = after(leadingWith, sql, start)
  if (behind !== undefined) return `${sql.slice(0, behind)}${injected}, ${sql.slice(behind)}`
  // The word goes before the first thing that is not white space, comments included.
  const lead = sql.length - sql.trimStart().length
  return `${sql.slice(0, lead)}with${injected} ${sql.slice(lead)}`
}
