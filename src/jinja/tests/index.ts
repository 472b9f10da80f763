import type { Tests } from '../filters/filter.ts'

/** Jinja2's built-in tests. */
export const tests: Tests = new Map()
