import type { Filter, FilterEnvironment, Filters, Tests } from './filters/filter.ts'
import { Namespace } from './globals.ts'
import { MacroReturn } from './macro-return.ts'
import { hasSafeRepr } from './native.ts'
import { PyError, typeError } from './python/py-error.ts'
import { toStr } from './python/text.ts'
import { type Kwargs, Undefined, type UndefinedKind, type Value } from './python/values.ts'
import { type Place, spanOf } from './syntax-error.ts'
import type { Lookup, TemplateSource } from './template.ts'
import { withFrame } from './template-errors.ts'
import { type MacroBody, type MacroShape, TemplateMacro } from './template-macro.ts'

export interface RenderContextOptions {
  readonly origin: TemplateSource
  /** What generated code calls the places of its operations by. */
  readonly places: readonly Place[]
  readonly lookup: Lookup
  readonly globals: ReadonlyMap<string, Value>
  readonly kind: UndefinedKind
  readonly filters: Filters
  readonly tests: Tests
}

/** What compiled code of one template asks for while it renders in one context. */
export class RenderContext {
  readonly kind: UndefinedKind
  readonly #options: RenderContextOptions
  readonly #environment: FilterEnvironment

  constructor(options: RenderContextOptions) {
    this.#options = options
    this.kind = options.kind
    this.#environment = {
      undefinedKind: options.kind,
      filters: options.filters,
      tests: options.tests,
    }
  }

  /** A name of the context, or undefined. */
  raw(name: string): Value | undefined {
    const value = this.#options.lookup(name)
    return value === undefined ? this.#options.globals.get(name) : value
  }

  /** A name of the context, or an Undefined. */
  get(name: string): Value {
    const value = this.raw(name)
    return value === undefined ? this.undef(name) : value
  }

  undef(name: string): Undefined {
    return new Undefined({ kind: this.kind, name })
  }

  parameter(name: string): Undefined {
    return new Undefined({ kind: this.kind, name, hint: `parameter '${name}' was not provided` })
  }

  /** The value of `x if false`. */
  elseless(line: number): Undefined {
    const hint = `the inline if-expression on line ${line} evaluated to false and no else section was defined.`
    return new Undefined({ kind: 'default', hint })
  }

  #filter(name: string): Filter {
    const found = this.#options.filters.get(name)
    if (!found) throw new PyError('TemplateRuntimeError', `No filter named '${name}' found.`)
    return found
  }

  filter(name: string, args: Value[], kwargs: Kwargs): Value {
    return this.#filter(name)(this.#environment, args, kwargs)
  }

  test(name: string, args: Value[], kwargs: Kwargs): boolean {
    const found = this.#options.tests.get(name)
    if (!found) throw new PyError('TemplateRuntimeError', `No test named '${name}' found.`)
    return found(this.#environment, args, kwargs)
  }

  /** What native rendering makes of an expression that Jinja2 evaluates while compiling. */
  constant(value: Value): Value {
    return hasSafeRepr(value) ? toStr(value) : value
  }

  macro(shape: MacroShape, body: MacroBody): TemplateMacro {
    return new TemplateMacro(shape, body, this.kind)
  }

  /** The target of `set value.attribute`. */
  namespace(value: Value): Namespace {
    if (value instanceof Namespace) return value
    throw new PyError('TemplateRuntimeError', 'cannot assign attribute on non-namespace object')
  }

  noLoader(): never {
    throw typeError('no loader for this environment specified')
  }

  /** Ends a macro whose body threw: with the value of `return`, or with the error. */
  leave(error: unknown, place: number, name: string): Value {
    if (error instanceof MacroReturn) return error.value
    return this.fail(error, place, name)
  }

  /** Throws on what a template or call block threw. */
  fail(error: unknown, place: number, name: string): never {
    if (error instanceof MacroReturn) throw error
    const { origin, places } = this.#options
    throw withFrame(error, name, spanOf(origin, places[place] ?? { lineno: 0, colno: 0 }))
  }
}
