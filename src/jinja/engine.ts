import { CompilationError } from '../core/errors.ts'
import { type Compiled, compileMacro, compileTemplate, type Form, type Render } from './compile.ts'
import { nativeFilters, textFilters } from './filters/index.ts'
import { globals } from './globals.ts'
import { MacroReturn } from './macro-return.ts'
import { nativeResult } from './native.ts'
import { Parser } from './parser.ts'
import { PyError } from './python/py-error.ts'
import type { HostFunction, Value } from './python/values.ts'
import { RenderContext } from './render-context.ts'
import type {
  BlockDefinition,
  Lookup,
  MacroOptions,
  ParsedMacro,
  RenderOptions,
  Template,
  TemplateSource,
} from './template.ts'
import { withFrame } from './template-errors.ts'
import type { TemplateMacro } from './template-macro.ts'
import { tests } from './tests/index.ts'

export { parseBlocks } from './blocks.ts'
export { extract } from './extract.ts'
export type * from './extraction.ts'
export { type MacroCall, macroCalls } from './macro-calls.ts'
export { returnFunction } from './macro-return.ts'
export type * from './template.ts'

/** Parses a template. Throws CompilationError at the place of a syntax error. */
export const parseTemplate = (source: TemplateSource): Template => {
  try {
    return { ...source, root: new Parser(source).parseAsRoot(), compiled: {} }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new CompilationError('The template is nested too deeply', {
      at: { file: source.file, line: source.line ?? 1, column: source.column ?? 1 },
      code: 'jinja-syntax',
    })
  }
}

const compiledTemplate = (template: Template, form: Form): Compiled<Render> => {
  template.compiled[form] ??= compileTemplate(template.root, template, form)
  return template.compiled[form]
}

const compiledMacro = (macro: ParsedMacro, form: Form): Compiled<TemplateMacro> => {
  macro.compiled[form] ??= compileMacro(macro.node, macro.origin, form)
  return macro.compiled[form]
}

const bind = <T>(
  compiled: Compiled<T>,
  origin: TemplateSource,
  lookup: Lookup,
  options: RenderOptions,
  filters = textFilters,
): T => {
  const { places } = compiled
  const kind = options.undefined
  return compiled.bind(new RenderContext({ origin, places, lookup, globals, kind, filters, tests }))
}

const outsideMacro = (error: unknown, { file, line = 1 }: TemplateSource): unknown =>
  error instanceof MacroReturn
    ? new CompilationError('return() was called outside of a macro', {
        at: { file, line, column: 1 },
      })
    : error

/** Renders with plain functions. Throws NavoError with the place and the macro calls that led to it. */
export const renderSync = (template: Template, lookup: Lookup, options: RenderOptions): string => {
  try {
    return bind(compiledTemplate(template, 'sync'), template, lookup, options)() as string
  } catch (error) {
    throw outsideMacro(error, template)
  }
}

/** The same, awaiting each call that gives a promise. */
export const renderAsync = async (
  template: Template,
  lookup: Lookup,
  options: RenderOptions,
): Promise<string> => {
  try {
    const render = bind(compiledTemplate(template, 'async'), template, lookup, options)
    return (await render()) as string
  } catch (error) {
    throw outsideMacro(error, template)
  }
}

/**
 * Renders a YAML value as dbt does: a template that is one expression gives that value itself,
 * anything else text; `as_text`, `as_bool`, `as_number`, `as_native` decide the type. A constant
 * expression gives text too.
 */
export const renderNative = (template: Template, lookup: Lookup, options: RenderOptions): Value => {
  const compiled = compiledTemplate(template, 'native')
  try {
    return nativeResult(
      bind(compiled, template, lookup, options, nativeFilters)() as readonly Value[],
    )
  } catch (error) {
    throw outsideMacro(error, template)
  }
}

/** The same, awaiting each call that gives a promise: a test's arguments may ask the database. */
export const renderNativeAsync = async (
  template: Template,
  lookup: Lookup,
  options: RenderOptions,
): Promise<Value> => {
  const compiled = compiledTemplate(template, 'native-async')
  try {
    const render = bind(compiled, template, lookup, options, nativeFilters)
    return nativeResult((await render()) as readonly Value[])
  } catch (error) {
    throw outsideMacro(error, template)
  }
}

/**
 * Binds a macro (or test, materialization) to a context. Compiles at the first call; binding the
 * same definition again costs next to nothing. In async mode the function may give a promise.
 */
export const macroFunction = (definition: BlockDefinition, options: MacroOptions): HostFunction => {
  const { macro, name } = definition
  if (!macro) throw new Error(`a ${definition.kind} block cannot be called`)
  let bound: TemplateMacro | undefined
  const callMacro: HostFunction = (args, kwargs) => {
    bound ??= bind(compiledMacro(macro, options.mode), macro.origin, options.lookup, options)
    try {
      return bound.call(args, kwargs)
    } catch (error) {
      // The body's errors know their place already: this is about the arguments.
      throw error instanceof PyError ? withFrame(error, name, definition.at) : error
    }
  }
  Object.defineProperty(callMacro, 'name', { value: name })
  return callMacro
}
