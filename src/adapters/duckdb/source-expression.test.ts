import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import type { SourceNode } from '../../core/manifest.ts'
import { sourceExpression } from './source-expression.ts'

const source = (meta: JsonObject, config: JsonObject = {}): SourceNode =>
  ({
    name: 'orders',
    identifier: 'orders_v1',
    schema: 'raw',
    database: 'db',
    source_name: 'shop',
    meta,
    config: { enabled: true, tags: [], meta: {}, ...config },
  }) as unknown as SourceNode

describe('sourceExpression', () => {
  it('is undefined for a relation', () => {
    expect(sourceExpression(source({}))).toBeUndefined()
  })

  it.each<[JsonObject, string]>([
    [
      { external_location: 's3://b/{name}/{identifier}.parquet' },
      "'s3://b/orders/orders_v1.parquet'",
    ],
    [{ external_location: "read_csv('{name}.csv', x={x})", x: 1 }, "read_csv('orders.csv', x=1)"],
    [{ external_location: "'{schema}.json'" }, "'raw.json'"],
    [{ external_location: '{{{name}}}' }, "'{orders}'"],
    [{ external_location: '%(name)s-100%%', formatter: 'oldstyle' }, "'orders-100%'"],
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Python's placeholders look like JavaScript's
      { external_location: '${name}/$identifier/$$', formatter: 'template' },
      "'orders/orders_v1/$'",
    ],
  ])('fills %j', (meta, expected) => {
    expect(sourceExpression(source(meta))).toBe(expected)
    expect(sourceExpression(source({}, meta))).toBe(expected)
  })

  it('refuses what it cannot fill', () => {
    expect(() => sourceExpression(source({ external_location: '{other}' }))).toThrow(
      "names 'other', which has no value",
    )
    expect(() => sourceExpression(source({ external_location: 'x', formatter: 'new' }))).toThrow(
      'Formatter new not recognized',
    )
    expect(() => sourceExpression(source({ plugin: 'excel' }))).toThrow("wants the plugin 'excel'")
  })
})
