import type { CodeWriter } from './code-writer.ts'
import { Compiler } from './compiler.ts'
import { helpers } from './helpers.ts'
import type { Value } from './python/values.ts'
import type { RenderContext } from './render-context.ts'
import type { Macro, Root } from './statements.ts'
import type { Place } from './syntax-error.ts'
import type { TemplateSource } from './template.ts'
import type { TemplateMacro } from './template-macro.ts'

/** Renders to text, or to the values that a native template's tags gave. */
export type Render = () => string | Promise<string> | Value[]

/** Compiled code with the places that its numbers mean. `bind` is cheap. */
export interface Compiled<T> {
  readonly bind: (context: RenderContext) => T
  readonly places: readonly Place[]
}

export type Form = 'sync' | 'async' | 'native' | 'native-async'

const finish = <T>(writer: CodeWriter): Compiled<T> => {
  const names = [...writer.helpersUsed].join(',')
  const code = `"use strict";const {${names}}=S;return (function(c){const k=c.kind;return ${writer.getCode()}})`
  // The code is made of the syntax tree alone, see CodeWriter: no text of a template is code.
  const make = new Function('S', code) as (s: typeof helpers) => (context: RenderContext) => T
  return { bind: make(helpers), places: writer.places }
}

const compilerOf = (origin: TemplateSource, form: Form): Compiler =>
  new Compiler({
    origin,
    isAsync: form === 'async' || form === 'native-async',
    isNative: form === 'native' || form === 'native-async',
  })

/** The code of a template. Throws CompilationError for what Jinja2 refuses to compile. */
export const compileTemplate = (
  root: Root,
  origin: TemplateSource,
  form: Form,
): Compiled<Render> => {
  const compiler = compilerOf(origin, form)
  compiler.compile(root, undefined)
  return finish(compiler)
}

/** The code of a macro that is compiled alone. */
export const compileMacro = (
  macro: Macro,
  origin: TemplateSource,
  form: Form,
): Compiled<TemplateMacro> => {
  const compiler = compilerOf(origin, form)
  compiler.compileDefinition(macro)
  return finish(compiler)
}
