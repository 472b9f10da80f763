import { typeError } from './python/py-error.ts'
import {
  HostObject,
  type Kwargs,
  PyDict,
  tuple,
  Undefined,
  type UndefinedKind,
  type Value,
} from './python/values.ts'

/** What the compiler knows of a macro or call block. */
export interface MacroShape {
  /** None for the body of a call block. */
  readonly name: string | null
  readonly params: readonly string[]
  /** Its body reads `caller`, and that is no parameter. */
  readonly usesCaller: boolean
  /** `caller` is a parameter. */
  readonly hasCaller: boolean
  readonly usesKwargs: boolean
  readonly usesVarargs: boolean
}

/** Compiled code: the parameters in order, then caller, kwargs, varargs as far as used. */
export type MacroBody = (...args: readonly (Value | undefined)[]) => Value | Promise<Value>

/** A macro of the template itself, or the `caller` of a call block. */
export class TemplateMacro extends HostObject {
  readonly typeName = 'Macro'
  override readonly qualifiedName = 'jinja2.runtime.Macro'
  readonly #shape: MacroShape
  readonly #body: MacroBody
  readonly #kind: UndefinedKind

  constructor(shape: MacroShape, body: MacroBody, kind: UndefinedKind) {
    super()
    this.#shape = shape
    this.#body = body
    this.#kind = kind
  }

  #wrongCall(problem: string): Error {
    const { name } = this.#shape
    return typeError(`macro ${name === null ? 'None' : `'${name}'`} ${problem}`)
  }

  // The rules of Jinja2's Macro.__call__; unlike functions, macros may miss any argument.
  #bind(args: readonly Value[], given: Kwargs): (Value | undefined)[] {
    const { params, usesCaller, usesKwargs, usesVarargs } = this.#shape
    const bound: (Value | undefined)[] = args.slice(0, params.length)
    const rest = given.size > 0 ? new Map(given) : given
    const take = (name: string): Value | undefined => {
      const value = rest.get(name)
      if (value !== undefined) (rest as Map<string, Value>).delete(name)
      return value
    }
    let foundCaller = bound.length === params.length && this.#shape.hasCaller
    for (let i = bound.length; i < params.length; i++) {
      if (params[i] === 'caller') foundCaller = true
      bound.push(take(params[i]!))
    }
    if (usesCaller && !foundCaller) bound.push(take('caller') ?? this.#noCaller())
    if (usesKwargs) bound.push(new PyDict(rest))
    else if (rest.size > 0) {
      if (rest.has('caller')) {
        throw this.#wrongCall(
          'was invoked with two values for the special caller argument. This is most likely a bug.',
        )
      }
      throw this.#wrongCall(`takes no keyword argument '${rest.keys().next().value}'`)
    }
    if (usesVarargs) bound.push(tuple(args.slice(params.length)))
    else if (args.length > params.length) {
      throw this.#wrongCall(`takes not more than ${params.length} argument(s)`)
    }
    return bound
  }

  #noCaller(): Undefined {
    return new Undefined({ kind: this.#kind, name: 'caller', hint: 'No caller defined' })
  }

  override call(args: Value[], kwargs: Kwargs): Value | Promise<Value> {
    return this.#body(...this.#bind(args, kwargs))
  }

  override getAttr(name: string): Value | undefined {
    const shape = this.#shape
    switch (name) {
      case 'name':
        return shape.name
      case 'arguments':
        return tuple(shape.params)
      case 'caller':
        return shape.usesCaller
      case 'catch_kwargs':
        return shape.usesKwargs
      case 'catch_varargs':
        return shape.usesVarargs
      case 'explicit_caller':
        return shape.hasCaller
      default:
        return undefined
    }
  }

  override repr(): string {
    const { name } = this.#shape
    return `<Macro ${name === null ? 'anonymous' : `'${name}'`}>`
  }
}
