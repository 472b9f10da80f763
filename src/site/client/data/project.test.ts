import { describe, expect, it } from 'vitest'
import { readProject, testsOf } from './project.ts'

const manifest = {
  metadata: { project_name: 'shop', adapter_type: 'duckdb' },
  nodes: {
    'model.shop.a': {
      resource_type: 'model',
      name: 'a',
      package_name: 'shop',
      docs: { show: false, node_color: '#cd7f32' },
      depends_on: { nodes: ['model.shop.gone', 'source.shop.raw.x', 'source.shop.raw.x'] },
      columns: {
        id: { name: 'id', description: 'the key', data_type: 'int' },
        old: { name: 'old', data_type: 'text' },
      },
    },
    'test.shop.t': {
      resource_type: 'test',
      name: 't',
      attached_node: 'model.shop.a',
      depends_on: { nodes: ['model.shop.a', 'model.shop.b'] },
    },
    'model.shop.b': { resource_type: 'model', name: 'b', version: 2, docs: { node_color: 'a;b' } },
    'operation.shop.hook': { resource_type: 'operation', name: 'hook' },
    'model.shop.broken': null,
  },
  sources: {
    'source.shop.raw.x': { resource_type: 'source', name: 'x', source_name: 'raw' },
  },
  macros: {
    'macro.dbt_duckdb.m': { resource_type: 'macro', name: 'm', package_name: 'dbt_duckdb' },
  },
  docs: {
    one: { name: '__overview__', package_name: 'dbt', block_contents: 'built in' },
    two: { name: '__overview__', package_name: 'utils', block_contents: 'of a package' },
    three: { name: '__overview__', package_name: 'shop', block_contents: 'ours' },
    four: { name: '__utils__', package_name: 'utils', block_contents: 'about utils' },
  },
}

const catalog = {
  nodes: {
    'model.shop.a': {
      columns: {
        EXTRA: { name: 'EXTRA', type: 'VARCHAR', index: 1 },
        ID: { name: 'ID', type: 'BIGINT', index: 2 },
      },
    },
  },
}

describe('readProject', () => {
  const project = readProject(manifest, catalog)
  const a = project.resources.get('model.shop.a')!

  it('joins the warehouse columns, in their order, with what the project says', () => {
    expect(
      a.columns.map(({ name, type, description, documented, inWarehouse }) => [
        name,
        type,
        description,
        documented,
        inWarehouse,
      ]),
    ).toEqual([
      ['EXTRA', 'VARCHAR', '', false, true],
      ['id', 'BIGINT', 'the key', true, true],
      ['old', 'text', '', true, false],
    ])
  })

  it('keeps only parents that exist, once, and knows their readers', () => {
    expect(a.parents).toEqual(['source.shop.raw.x'])
    expect(project.children.get('source.shop.raw.x')).toEqual(['model.shop.a'])
  })

  it('counts a generic test to the model it is attached to only', () => {
    expect(testsOf(project, 'model.shop.a').map(test => test.id)).toEqual(['test.shop.t'])
    expect(testsOf(project, 'model.shop.b')).toEqual([])
  })

  it('reads docs.show and docs.node_color, and no colour that is more than one', () => {
    expect([a.hidden, a.color]).toEqual([true, '#cd7f32'])
    expect(project.resources.get('model.shop.b')?.color).toBeUndefined()
  })

  it('names sources and versions as people do, and marks what is built in', () => {
    expect(project.resources.get('source.shop.raw.x')?.name).toBe('raw.x')
    expect(project.resources.get('model.shop.b')?.label).toBe('b v2')
    expect(project.resources.get('macro.dbt_duckdb.m')?.builtin).toBe(true)
    expect(project.resources.has('operation.shop.hook')).toBe(false)
  })

  it("takes the root project's overview", () => {
    expect(project.overview).toBe('ours')
    expect([...project.packageOverviews]).toEqual([['utils', 'about utils']])
  })

  it.each([undefined, null, 'text', 7, [], { nodes: [] }, { nodes: { a: 1 } }])(
    'reads %j as an empty project',
    json => {
      expect(readProject(json, json).resources.size).toBe(0)
    },
  )

  it('shows what there is without a catalog', () => {
    const bare = readProject(manifest, undefined)
    expect(bare.hasCatalog).toBe(false)
    expect(bare.resources.get('model.shop.a')?.columns[0]).toMatchObject({
      name: 'id',
      type: 'int',
      inWarehouse: undefined,
    })
  })
})
