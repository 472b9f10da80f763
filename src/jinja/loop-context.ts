import { hostFunction } from './python/host-function.ts'
import { eq, iterate, length } from './python/operators.ts'
import { PyError, typeError } from './python/py-error.ts'
import {
  HostObject,
  type Kwargs,
  Undefined,
  type UndefinedKind,
  type Value,
} from './python/values.ts'

/** Renders a recursive loop's body over other items, one level deeper. */
export type Recurse = (items: Value, depth: number) => Value | Promise<Value>

interface LoopOptions {
  readonly kind: UndefinedKind
  /** Zero for the outermost loop. */
  readonly depth: number
  readonly recurse: Recurse | undefined
}

const done = Symbol('done')

/** `loop` inside of a for: the iteration itself and what it knows of where it is. */
export class LoopContext extends HostObject {
  readonly typeName = 'LoopContext'
  override readonly qualifiedName = 'jinja2.runtime.LoopContext'
  readonly #iterable: Value
  readonly #options: LoopOptions
  #items: Iterator<Value>
  #length: number | undefined
  #ahead: Value | typeof done | undefined
  #index0 = -1
  #previous: Value
  #current: Value
  #lastChecked: readonly Value[] | undefined

  constructor(iterable: Value, options: LoopOptions) {
    super()
    this.#iterable = iterable
    this.#options = options
    this.#items = iterate(iterable)[Symbol.iterator]()
    this.#previous = this.#undefined('there is no previous item')
    this.#current = this.#previous
  }

  #undefined(hint: string): Value {
    return new Undefined({ kind: this.#options.kind, hint })
  }

  #take(): Value | typeof done {
    const next = this.#items.next()
    return next.done ? done : next.value
  }

  /** Looks one item ahead, only when asked: a list may still grow. */
  #peek(): Value | typeof done {
    if (this.#ahead === undefined) this.#ahead = this.#take()
    return this.#ahead
  }

  *[Symbol.iterator](): Generator<Value> {
    for (;;) {
      // None is null, so that undefined alone means that nothing was taken ahead.
      const next: Value | typeof done = this.#ahead === undefined ? this.#take() : this.#ahead
      this.#ahead = undefined
      if (next === done) return
      if (this.#index0 >= 0) this.#previous = this.#current
      this.#index0++
      this.#current = next as Value
      yield next as Value
    }
  }

  /** Counted once, as in Jinja2, though a list may grow. */
  override length(): number {
    if (this.#length === undefined) this.#length = this.#count()
    return this.#length
  }

  #count(): number {
    try {
      return length(this.#iterable)
    } catch (error) {
      if (!(error instanceof PyError)) throw error
    }
    // A generator tells its length only by being used up: keep what is left of it.
    const rest = this.#ahead === undefined || this.#ahead === done ? [] : [this.#ahead]
    for (let item = this.#take(); item !== done; item = this.#take()) rest.push(item as Value)
    this.#items = rest[Symbol.iterator]()
    this.#ahead = undefined
    return this.#index0 + 1 + rest.length
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'index':
        return this.#index0 + 1
      case 'index0':
        return this.#index0
      case 'first':
        return this.#index0 === 0
      case 'last':
        return this.#peek() === done
      case 'length':
        return this.length()
      case 'revindex':
        return this.length() - this.#index0
      case 'revindex0':
        return this.length() - this.#index0 - 1
      case 'previtem':
        return this.#previous
      case 'nextitem': {
        const next = this.#peek()
        return next === done ? this.#undefined('there is no next item') : (next as Value)
      }
      case 'depth':
        return this.#options.depth + 1
      case 'depth0':
        return this.#options.depth
      case 'cycle':
        return hostFunction('cycle', 'self, *args', (values: readonly Value[]) =>
          this.#cycle(values),
        )
      case 'changed':
        return hostFunction('changed', 'self, *value', (values: readonly Value[]) =>
          this.#changed(values),
        )
      default:
        return undefined
    }
  }

  #cycle(values: readonly Value[]): Value {
    if (values.length === 0) throw typeError('no items for cycling given')
    return values[this.#index0 % values.length]!
  }

  #changed(values: readonly Value[]): boolean {
    const last = this.#lastChecked
    if (last?.length === values.length && last.every((value, i) => eq(value, values[i]!))) {
      return false
    }
    this.#lastChecked = values
    return true
  }

  /** `loop(items)` in a recursive loop. */
  override call(args: Value[], kwargs: Kwargs): Value | Promise<Value> {
    const { recurse, depth } = this.#options
    if (!recurse) {
      throw typeError("The loop must have the 'recursive' marker to be called recursively.")
    }
    const items = args[0] ?? kwargs.get('iterable')
    if (items === undefined) {
      throw typeError("LoopContext.__call__() missing 1 required positional argument: 'iterable'")
    }
    return recurse(items, depth + 1)
  }

  override repr(): string {
    return `<LoopContext ${this.#index0 + 1}/${this.length()}>`
  }
}
