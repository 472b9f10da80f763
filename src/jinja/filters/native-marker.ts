import { getAttribute } from '../python/operators.ts'
import { HostObject, type Value } from '../python/values.ts'

/** What a native rendering is to make of a marked text. */
export type MarkerKind = 'text' | 'bool' | 'number' | 'native'

/** Text that `as_bool` and its kin have marked; in every other respect the text itself. */
export class NativeMarker extends HostObject {
  readonly typeName = 'str'
  constructor(
    readonly kind: MarkerKind,
    readonly text: string,
  ) {
    super()
  }

  override getAttr(name: string): Value | undefined {
    return getAttribute(this.text, name, 'default')
  }

  override str(): string {
    return this.text
  }

  override repr(): string {
    return this.text
  }

  override iterate(): Iterable<Value> {
    return this.text
  }

  override length(): number {
    return Array.from(this.text).length
  }

  override equals(other: Value): boolean {
    return other instanceof NativeMarker ? other.text === this.text : other === this.text
  }

  override hashKey(): string {
    return this.text
  }
}
