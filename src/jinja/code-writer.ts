import nunjucks from 'nunjucks/src/compiler.js'
import type { Helper } from './helpers.ts'
import { type Load, Scope } from './scope.ts'
import { type Place, syntaxError } from './syntax-error.ts'
import type { TemplateSource } from './template.ts'

/** Where in a template code is being made for. */
export interface Frame {
  readonly scope: Scope
  /** Inside of an if: what is unknown may stay unknown until it is reached. */
  readonly soft: boolean
  /** Inside of a loop of the same function, which break and continue can leave. */
  readonly inLoop: boolean
}

/** A JavaScript function under construction. */
interface FunctionState {
  /** Where its head goes in `codebuf`, once it is known. */
  readonly head: number
  readonly params: string
  readonly temporaries: string[]
  /** `return` leaves a macro. */
  readonly isMacro: boolean
  /** Has its own place variable, and so its own catch. */
  readonly keepsPlace: boolean
  awaits: boolean
}

/** Which of a template's forms to make. */
export interface CompilerOptions {
  readonly origin: TemplateSource
  /** Calls that give a promise are awaited. */
  readonly isAsync: boolean
  /** Output at the top level is collected as values. */
  readonly isNative: boolean
}

/** A JavaScript literal of that text. */
export const quote = (text: string): string => JSON.stringify(text)

/**
 * nunjucks' compiler as a writer of JavaScript: functions, variables, places. In the code, `c` is
 * the RenderContext, `k` its kind of undefined, `p` the place that is being executed, `o` output.
 * Template text reaches the code as JSON strings, names as encoded identifiers, and nothing else.
 */
export class CodeWriter extends nunjucks.Compiler<Frame> {
  /** Places by the numbers that the code knows them by. */
  readonly places: Place[] = [{ lineno: 0, colno: 0 }]
  readonly helpersUsed = new Set<Helper>()
  /** The template's own variables. */
  readonly rootScope = new Scope(null)
  readonly #functions: FunctionState[] = []

  constructor(readonly options: CompilerOptions) {
    super(options.origin.file, false)
  }

  /** Fails at a place. */
  reject(message: string, place: Place): never {
    throw syntaxError(message, this.options.origin, place)
  }

  override fail(message: string, lineno?: number, colno?: number): never {
    this.reject(message, { lineno: lineno ?? 0, colno: colno ?? 0 })
  }

  /** `name(`, for a helper. */
  emitCallOf(helper: Helper): void {
    this.helpersUsed.add(helper)
    this._emit(`${helper}(`)
  }

  /** The last argument of whatever may throw: sets the place once the others are evaluated. */
  placeOf(place: Place): string {
    this.places.push(place)
    return `p=${this.places.length - 1}`
  }

  get function(): FunctionState {
    return this.#functions.at(-1)!
  }

  temporary(): string {
    const id = this._tmpid()
    this.function.temporaries.push(id)
    return id
  }

  /** Begins a function expression; `o` is its output. */
  beginFunction(params: string, kind: 'template' | 'macro' | 'caller' | 'loop'): void {
    this.#functions.push({
      head: this.codebuf.length,
      params,
      temporaries: [],
      isMacro: kind === 'macro',
      keepsPlace: kind !== 'loop',
      awaits: false,
    })
    this._emit('')
  }

  /** Ends it. `onError` is called with the error, the place and `name` when the body throws. */
  endFunction(onError: 'c.leave' | 'c.fail', name: string): void {
    const state = this.#functions.pop()!
    const isArray = this.options.isNative && this.#functions.length === 0
    const variables = [`o=${isArray ? '[]' : "''"}`, ...state.temporaries]
    if (state.keepsPlace) variables.push('p=0')
    const start = state.keepsPlace ? 'try{' : ''
    // In parentheses, V8 compiles a function at once instead of parsing it twice.
    const head = `(${state.awaits ? 'async ' : ''}function(${state.params}){`
    this.codebuf[state.head] = `${head}let ${variables.join(',')};${start}\n`
    this._emitLine('return o')
    this._emit(state.keepsPlace ? `}catch(e){return ${onError}(e,p,${quote(name)})}})` : '})')
  }

  /** Wraps a call such that a promise is awaited, where promises are allowed. */
  emitAwaited(emitCall: () => void): void {
    if (!this.options.isAsync) {
      emitCall()
      return
    }
    this.function.awaits = true
    const result = this.temporary()
    this._emit(`((${result}=`)
    emitCall()
    this._emit(`)instanceof Promise?await ${result}:${result})`)
  }

  /** A name that no scope around knows. For a block, the template's variables are of the context. */
  contextRead(method: 'raw' | 'get', name: string): string {
    const read = `c.${method}(${quote(name)})`
    const exported = this.rootScope.read(name)
    return exported ? `(${exported.id}===undefined?${read}:${exported.id})` : read
  }

  /** Declares the variables of a scope that is entered. */
  emitDeclarations(scope: Scope): void {
    const initial = (load: Load): string => {
      if (load.from === 'outer') return `=${load.id}`
      if (load.from !== 'context') return ''
      const name = load.name
      return `=${scope === this.rootScope ? `c.raw(${quote(name)})` : this.contextRead('raw', name)}`
    }
    const variables = Array.from(scope.declarations(), ([id, load]) => id + initial(load))
    if (variables.length > 0) this._emitLine(`let ${variables.join(',')};`)
  }

  /** Whether output at this point is collected as values. */
  get isNativeOutput(): boolean {
    return this.options.isNative && this.#functions.length === 1 && this.buffer === 'o'
  }
}
