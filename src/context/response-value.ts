import type { AdapterResponse } from '../core/query-result.ts'
import { fromJson } from '../jinja/python/convert.ts'
import { HostObject, PyDict, type Value } from '../jinja/python/values.ts'

/** The engine's word on a statement, as templates get it: prints as its message. */
export class ResponseValue extends HostObject {
  readonly typeName = 'AdapterResponse'
  constructor(readonly response: AdapterResponse) {
    super()
  }
  override str(): string {
    return this.response._message
  }
  override getAttr(name: string): Value | undefined {
    const value = (this.response as unknown as Record<string, unknown>)[name]
    return value === undefined
      ? name === 'code' || name === 'rows_affected'
        ? null
        : undefined
      : fromJson(value)
  }
}

/** dbt's AttrDict: a dictionary whose keys are attributes too, which a PyDict is already. */
export const attributes = (entries: Readonly<Record<string, Value>>): PyDict =>
  new PyDict(Object.entries(entries))
