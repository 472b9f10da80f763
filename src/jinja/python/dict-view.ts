import { eq } from './compare.ts'
import { iterate } from './iterate.ts'
import { PyError } from './py-error.ts'
import { toRepr } from './text.ts'
import {
  type ArithmeticOperator,
  HostObject,
  type PyDict,
  PySet,
  PyTuple,
  tuple,
  type Value,
} from './values.ts'

type ViewKind = 'keys' | 'values' | 'items'

/** What `dict.keys()`, `.values()` and `.items()` give: a view that follows its dict. */
export class DictView extends HostObject {
  readonly typeName: string
  constructor(
    readonly dict: PyDict,
    readonly kind: ViewKind,
  ) {
    super()
    this.typeName = `dict_${kind}`
  }

  override *iterate(): Iterable<Value> {
    const { dict, kind } = this
    const size = dict.size
    const changed = () => new PyError('RuntimeError', 'dictionary changed size during iteration')
    for (const [key, value] of dict) {
      if (dict.size !== size) throw changed()
      yield kind === 'keys' ? key : kind === 'values' ? value : tuple([key, value])
    }
    if (dict.size !== size) throw changed()
  }

  override length(): number {
    return this.dict.size
  }

  override contains(item: Value): boolean {
    if (this.kind === 'keys') return this.dict.has(item)
    if (this.kind === 'items') {
      if (!(item instanceof PyTuple) || item.length !== 2) return false
      const value = this.dict.get(item[0]!)
      return value !== undefined && eq(value, item[1]!)
    }
    for (const value of this.dict.values()) if (eq(value, item)) return true
    return false
  }

  override arithmetic(op: ArithmeticOperator, other: Value, reflected: boolean): Value | undefined {
    if (op !== '-' || this.kind === 'values' || reflected) return undefined
    const rest = new PySet(this.iterate())
    for (const item of iterate(other)) rest.delete(item)
    return rest
  }

  override equals(other: Value): boolean {
    if (this === other) return true
    if (this.kind === 'values') return false
    if (other instanceof DictView ? other.kind === 'values' : !(other instanceof PySet))
      return false
    const theirs = new PySet(iterate(other))
    if (theirs.size !== this.length()) return false
    for (const item of this.iterate()) if (!theirs.has(item)) return false
    return true
  }

  override hashKey(): null {
    return null
  }

  override repr(): string {
    return `${this.typeName}(${toRepr([...this.iterate()])})`
  }
}
