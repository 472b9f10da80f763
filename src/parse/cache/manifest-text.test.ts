import { describe, expect, test } from 'vitest'
import { replaceEntries, storedManifest, storedSection } from './manifest-text.ts'

const text = `,"nodes":{
"model.shop.a":{"name":"a","text":"line\\n}\\n,\\"nodes\\":{"}
,"odd\\"key\\\\":{"name":"odd"}
,"model.shop.b":{"name":"b"}
}
,"sources":{
}
,"selectors":{}
,"parent_map":{
"model.shop.a":[]
,"model.shop.b":["model.shop.a"]
}
`

describe('a section of the text', () => {
  const nodes = storedSection<{ readonly name: string }>(() => text, 'nodes')
  test('is a map whose values are made once', () => {
    expect(nodes.size).toBe(3)
    expect([...nodes.keys()]).toEqual(['model.shop.a', 'odd"key\\', 'model.shop.b'])
    expect(nodes.get('odd"key\\')).toEqual({ name: 'odd' })
    expect(nodes.get('model.shop.b')).toBe(nodes.get('model.shop.b'))
    expect([...nodes.values()].map(node => node.name)).toEqual(['a', 'odd', 'b'])
    expect(new Map(nodes).get('model.shop.a')).toBe(nodes.get('model.shop.a'))
    expect(nodes.get('model.shop.c')).toBeUndefined()
    expect(nodes.has('model.shop.b')).toBe(true)
  })
  test('may be empty, or missing', () => {
    expect([...storedSection(() => text, 'sources')]).toEqual([])
    expect(() => storedSection(() => text, 'docs').size).toThrow(SyntaxError)
  })
})

test('nothing of a manifest is read before it is asked for', () => {
  const manifest = storedManifest(
    () => {
      throw new Error('was read')
    },
    { project_name: 'shop', adapter_type: 'duckdb', selectors: {} },
  )
  expect(manifest.project_name).toBe('shop')
  expect(() => manifest.nodes.size).toThrow('was read')
})

test('entries are replaced where they stand', () => {
  const renewed = replaceEntries(
    text,
    new Map<string, ReadonlyMap<string, unknown>>([
      ['parent_map', new Map([['model.shop.b', []]])],
      ['nodes', new Map([['model.shop.a', { name: 'new' }]])],
    ]),
  )
  expect(storedSection(() => renewed, 'nodes').get('model.shop.a')).toEqual({ name: 'new' })
  expect(storedSection(() => renewed, 'nodes').get('model.shop.b')).toEqual({ name: 'b' })
  expect(storedSection(() => renewed, 'parent_map').get('model.shop.b')).toEqual([])
  expect(() => replaceEntries(text, new Map([['nodes', new Map([['none', 1]])]]))).toThrow(
    SyntaxError,
  )
})
