import type { Filters } from './filter.ts'

/** Jinja2's built-in filters and dbt's own, as templates that give text have them. */
export const textFilters: Filters = new Map()
/** The same for native rendering: `as_bool` and its kin mark their value. */
export const nativeFilters: Filters = new Map()
