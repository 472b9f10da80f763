import { type HostFunction, HostObject, type Kwargs, type Value } from './values.ts'

interface ClassOptions {
  /** With its module: `datetime.date`. */
  readonly name: string
  readonly construct: HostFunction
  /** Class methods and constants. */
  readonly members: Readonly<Record<string, Value>>
}

/** A Python class as templates use one: it can be called and has class methods. */
export class ClassObject extends HostObject {
  readonly typeName = 'type'
  readonly #name: string
  readonly #construct: HostFunction
  readonly #members: ReadonlyMap<string, Value>

  constructor({ name, construct, members }: ClassOptions) {
    super()
    this.#name = name
    this.#construct = construct
    this.#members = new Map(Object.entries(members))
  }

  override call(args: Value[], kwargs: Kwargs): Value | Promise<Value> {
    return this.#construct(args, kwargs)
  }

  override getAttr(name: string): Value | undefined {
    return this.#members.get(name)
  }

  override repr(): string {
    return `<class '${this.#name}'>`
  }
}
