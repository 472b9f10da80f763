import { updateDict } from './python/dict-methods.ts'
import { hostFunction } from './python/host-function.ts'
import { PyError } from './python/py-error.ts'
import { toRepr } from './python/text.ts'
import { undefinedError } from './python/undefined.ts'
import { HostObject, PyDict, Undefined, type Value } from './python/values.ts'
import { safeRange } from './range.ts'

const makeDict = (args: readonly Value[], keywords: PyDict): PyDict => {
  if (args.length > 1) {
    throw new PyError('TypeError', `dict expected at most 1 argument, got ${args.length}`)
  }
  const [from] = args
  if (from instanceof Undefined && from.kind === 'default') throw undefinedError(from)
  const result = new PyDict()
  if (from !== undefined) updateDict(result, from)
  for (const [key, value] of keywords) result.set(key, value)
  return result
}

/** `namespace(…)`: the one value whose attributes a template can set. */
export class Namespace extends HostObject {
  readonly typeName = 'Namespace'
  override readonly qualifiedName = 'jinja2.utils.Namespace'
  constructor(readonly attributes: PyDict) {
    super()
  }

  override getAttr(name: string): Value | undefined {
    return this.attributes.get(name)
  }

  assign(name: string, value: Value): void {
    this.attributes.set(name, value)
  }

  override repr(): string {
    return `<Namespace ${toRepr(this.attributes)}>`
  }
}

class Cycler extends HostObject {
  readonly typeName = 'Cycler'
  override readonly qualifiedName = 'jinja2.utils.Cycler'
  #position = 0
  constructor(readonly items: readonly Value[]) {
    super()
    if (items.length === 0) {
      throw new PyError('RuntimeError', 'at least one item has to be provided')
    }
  }

  #next(): Value {
    const item = this.items[this.#position]!
    this.#position = (this.#position + 1) % this.items.length
    return item
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'current':
        return this.items[this.#position]
      case 'pos':
        return this.#position
      case 'items':
        return this.items as Value[]
      case 'next':
        return hostFunction('next', 'self', () => this.#next())
      case 'reset':
        return hostFunction('reset', 'self', () => {
          this.#position = 0
          return null
        })
      default:
        return undefined
    }
  }
}

class Joiner extends HostObject {
  readonly typeName = 'Joiner'
  override readonly qualifiedName = 'jinja2.utils.Joiner'
  #used = false
  constructor(readonly separator: Value) {
    super()
  }

  override call(): Value {
    if (this.#used) return this.separator
    this.#used = true
    return ''
  }

  override getAttr(name: string): Value | undefined {
    return name === 'sep' ? this.separator : name === 'used' ? this.#used : undefined
  }
}

/** What every template has without being given it. */
export const globals: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['range', safeRange],
  ['dict', hostFunction('dict', '*args, **kwargs', makeDict)],
  [
    'namespace',
    hostFunction(
      'namespace',
      '*args, **kwargs',
      (args: readonly Value[], keywords: PyDict) => new Namespace(makeDict(args, keywords)),
    ),
  ],
  ['cycler', hostFunction('cycler', '*items', (items: readonly Value[]) => new Cycler(items))],
  ['joiner', hostFunction('joiner', "sep=', '", (separator: Value) => new Joiner(separator))],
])
