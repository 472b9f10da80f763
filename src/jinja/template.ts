import type { Span } from '../core/span.ts'
import type { Compiled, Form, Render } from './compile.ts'
import type { UndefinedKind, Value } from './python/values.ts'
import type { Macro, Root } from './statements.ts'
import type { TemplateMacro } from './template-macro.ts'

/** Template text and where it stands. */
export interface TemplateSource {
  readonly source: string
  /** Project-relative path, for error places. */
  readonly file: string
  /** Where in the file the text begins; one-based, 1 by default. */
  readonly line?: number
  readonly column?: number
}

/** A parsed template. All but its source is for this folder only. */
export interface Template extends TemplateSource {
  readonly root: Root
  /** Compiled code by form, made at the first use. */
  readonly compiled: Partial<Record<Form, Compiled<Render>>>
}

/** A macro, test or materialization block by itself. */
export interface ParsedMacro {
  readonly origin: TemplateSource
  readonly node: Macro
  /** Compiled code by form, made at the first use. */
  readonly compiled: Partial<Record<Form, Compiled<TemplateMacro>>>
}

/** The block tags that dbt finds at the top level of a file. */
export type BlockKind = 'macro' | 'test' | 'data_test' | 'materialization' | 'snapshot' | 'docs'

export interface MacroArgument {
  readonly name: string
  readonly hasDefault: boolean
  /** The annotation as written, blanks removed: `Dict[str,int]`. */
  readonly type?: string
}

/** A block that other files can call or use. */
export interface BlockDefinition {
  readonly kind: BlockKind
  /**
   * What dbt calls it: the name as written, `test_NAME` for tests,
   * `materialization_NAME_ADAPTER` for materializations.
   */
  readonly name: string
  /** The name as written, without prefix. */
  readonly shortName: string
  readonly args: readonly MacroArgument[]
  readonly at: Span
  /** The block's exact text, tags included: dbt's `macro_sql`. */
  readonly source: string
  /** Of docs and snapshots: the text between the tags, with its place. */
  readonly body?: TemplateSource
  /** Of materializations: `default` unless the tag names one. */
  readonly adapter?: string
  /** Of materializations: `['sql']` unless the tag says otherwise. */
  readonly supportedLanguages?: readonly string[]
  /** The parsed block, for this folder only; absent for docs and snapshots. */
  readonly macro?: ParsedMacro
}

/**
 * Resolves a name of the context; undefined when there is none (then Jinja2's own globals are
 * tried). It may be called more than once for a name.
 */
export type Lookup = (name: string) => Value | undefined

export interface RenderOptions {
  /**
   * `default`: an undefined value prints as nothing and fails on use (dbt while it runs).
   * `lenient`: it can also be called and looked into (dbt while it parses).
   */
  readonly undefined: UndefinedKind
}

export interface MacroOptions extends RenderOptions {
  /** `sync` must be used when no host function returns a promise. */
  readonly mode: 'sync' | 'async'
  readonly lookup: Lookup
}
