import { HostObject } from './values.ts'

/** Python's Decimal, as query results have it. */
export class PyDecimal extends HostObject {
  readonly typeName = 'Decimal'
  constructor(readonly text: string) {
    super()
  }
  override str(): string {
    return this.text
  }
  override repr(): string {
    return `Decimal('${this.text}')`
  }
  override truthy(): boolean {
    return Number(this.text) !== 0
  }
  override toFloat(): number {
    return Number(this.text)
  }
}

/** The decimal of that text. */
export const decimalValue = (text: string): PyDecimal => new PyDecimal(text)
