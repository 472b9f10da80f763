import { HostObject, type Value } from './values.ts'

/**
 * What lazy filters give: an iterator that runs once, is always true and has no length. Templates
 * see the difference to a list: `if items|select('x')` holds even when nothing is selected.
 */
export class PyGenerator extends HostObject {
  readonly typeName: string
  readonly #iterator: Iterator<Value>
  #name: string

  constructor(items: Iterable<Value>, name: string, typeName = 'generator') {
    super()
    this.typeName = typeName
    this.#name = name
    this.#iterator = items[Symbol.iterator]()
  }

  /** The rest of the items; leaving a loop early does not end the generator. */
  override iterate(): Iterable<Value> {
    const iterator = this.#iterator
    return { [Symbol.iterator]: () => ({ next: () => iterator.next() }) }
  }

  override truthy(): boolean {
    return true
  }

  override repr(): string {
    return this.typeName === 'generator'
      ? `<generator object ${this.#name}>`
      : `<${this.typeName} object>`
  }
}
