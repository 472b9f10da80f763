import type { Extraction } from './extract.ts'
import type { HostFunction, Value } from './python/values.ts'
import type {
  BlockDefinition,
  BlockKind,
  Lookup,
  MacroOptions,
  RenderOptions,
  Template,
  TemplateSource,
} from './template.ts'

export type * from './extract.ts'
export { MacroReturn, returnFunction } from './macro-return.ts'
export type * from './template.ts'

const pending = (): never => {
  throw new Error('not written yet')
}

/** Parses a template. Throws CompilationError at the place of a syntax error. */
export const parseTemplate = (_source: TemplateSource): Template => pending()

/**
 * The top-level blocks of a file, found as dbt finds them: text outside of them is ignored, each
 * block is parsed alone. Throws CompilationError.
 */
export const parseBlocks = (
  _source: TemplateSource,
  _kinds: readonly BlockKind[],
): readonly BlockDefinition[] => pending()

/** Renders with plain functions. Throws NavoError with the place and the macro calls that led to it. */
export const renderSync = (_template: Template, _lookup: Lookup, _options: RenderOptions): string =>
  pending()

/** The same, awaiting each call that gives a promise. */
export const renderAsync = (
  _template: Template,
  _lookup: Lookup,
  _options: RenderOptions,
): Promise<string> => pending()

/**
 * Renders a YAML value as dbt does: a template that is one expression gives that value itself,
 * anything else text; `as_text`, `as_bool`, `as_number`, `as_native` decide the type.
 */
export const renderNative = (
  _template: Template,
  _lookup: Lookup,
  _options: RenderOptions,
): Value => pending()

/**
 * Binds a macro (or test, materialization) to a context. Compiles at the first call; binding the
 * same definition again costs next to nothing. In async mode the function may give a promise.
 */
export const macroFunction = (_definition: BlockDefinition, _options: MacroOptions): HostFunction =>
  pending()

/** What can be known of a template or block without rendering it. */
export const extract = (_of: Template | BlockDefinition): Extraction => pending()
