import type { Span } from '../core/span.ts'

/**
 * Renders one string of a YAML file that holds Jinja, giving a value of its own type (Jinja2's
 * native types as dbt has them). Which functions the template sees is the caller's choice: var and
 * env_var for profiles, target as well for project and property files. `at` is computed on demand.
 */
export type RenderNative = (text: string, at: () => Span) => unknown
