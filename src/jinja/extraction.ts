import type { Span } from '../core/span.ts'

/** Plain data, so that an extraction can be cached as JSON. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/** `ref('name')`, `ref('package', 'name', v=2)`. */
export interface RefCall {
  readonly package: string | null
  readonly name: string
  readonly version: string | number | null
  readonly at: Span
}

export interface SourceCall {
  readonly source: string
  readonly table: string
  readonly at: Span
}

/** One `config(…)` call; positional dicts and keywords together, in order. */
export interface ConfigCall {
  readonly values: { readonly [key: string]: Json }
  readonly at: Span
}

/** `var('name', default)` or `env_var('NAME', default)`. */
export interface VariableCall {
  /** Null when the name is computed. */
  readonly name: string | null
  readonly hasDefault: boolean
  /** Absent as well when it is not a literal. */
  readonly default?: Json
  readonly at: Span
}

/** `adapter.dispatch('macro', 'namespace')` with literal arguments. */
export interface DispatchCall {
  readonly macro: string
  readonly namespace: string | null
  readonly at: Span
}

/**
 * A name of the context that is called or read, dotted as written: `dbt_utils.star`. A value that
 * is only read can still be called later, under another name; of a namespace, everything.
 */
export interface NameUse {
  readonly name: string
  readonly called: boolean
  /** Each use of it stands under a condition, in a loop, or in a macro's or call's body. */
  readonly conditional: boolean
  readonly at: Span
}

/**
 * Why rendering may give other refs, sources or configs than those listed: `conditional` also for
 * loops and bodies of macros and calls; `indirect` when the function is not simply called;
 * `shadowed` when a variable has its name.
 */
export interface Undecidable {
  readonly reason: 'conditional' | 'dynamic-argument' | 'dynamic-dispatch' | 'indirect' | 'shadowed'
  /** The name that it is about: `ref`, `source`, `config` … */
  readonly name: string
  readonly at: Span
}

/**
 * What a walk over the syntax tree finds, in the order of evaluation. When `undecidable` is empty
 * and no name in `uses` can reach ref, source or config, then `refs`, `sources` and `configs` are
 * exactly what rendering would record.
 */
export interface Extraction {
  readonly refs: readonly RefCall[]
  readonly sources: readonly SourceCall[]
  readonly configs: readonly ConfigCall[]
  readonly vars: readonly VariableCall[]
  readonly envVars: readonly VariableCall[]
  readonly dispatches: readonly DispatchCall[]
  /** Each name once, at its first use; local variables are left out. */
  readonly uses: readonly NameUse[]
  readonly undecidable: readonly Undecidable[]
}
