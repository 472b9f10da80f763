import { describe, expect, it } from 'vitest'
import { readProject } from './project.ts'
import { openRows, pathTo, projectTree, type TreeNode } from './tree.ts'

const model = (name: string, path: string, more: object = {}) => ({
  resource_type: 'model',
  name,
  package_name: 'shop',
  original_file_path: path,
  database: 'db',
  schema: 'gold',
  relation_name: `db.gold.${name}`,
  ...more,
})

const project = readProject(
  {
    metadata: { project_name: 'shop' },
    nodes: {
      a: model('m10', 'models/marts/m10.sql', { group: 'finance' }),
      b: model('m9', 'models/marts/m9.sql'),
      c: model('top', 'models/top.sql', { config: { materialized: 'ephemeral' } }),
      d: model('hidden', 'models/hidden.sql', { docs: { show: false } }),
      e: {
        ...model('t', 'models/x.yml'),
        resource_type: 'test',
        test_metadata: { name: 'unique' },
      },
      f: { ...model('utils_m', 'models/u.sql'), package_name: 'utils' },
    },
    macros: {
      g: {
        resource_type: 'macro',
        name: 'cents',
        package_name: 'shop',
        original_file_path: 'a/c.sql',
      },
    },
    sources: {
      h: {
        resource_type: 'source',
        name: 'orders',
        source_name: 'raw',
        database: 'db',
        schema: 'land',
        relation_name: 'x',
        identifier: 'raw_orders',
      },
    },
  },
  undefined,
)

const printed = (nodes: readonly TreeNode[]): string =>
  nodes
    .map(node =>
      node.type === 'leaf' ? node.label : `${node.label}${node.count}(${printed(node.children)})`,
    )
    .join(' ')

describe('projectTree', () => {
  it('follows the folders: the project first, models before macros, m9 before m10', () => {
    expect(printed(projectTree(project, 'folders'))).toBe(
      'shop4(models3(marts2(m9 m10) top) a1(cents)) Sources1(raw1(orders)) utils1(models1(utils_m))',
    )
  })

  it('follows the warehouse, by the names used there', () => {
    expect(printed(projectTree(project, 'database'))).toBe(
      'db4(gold3(m9 m10 utils_m) land1(raw_orders))',
    )
  })

  it('follows the groups', () => {
    expect(printed(projectTree(project, 'groups'))).toBe('finance1(m10)')
  })

  it('finds the way to a leaf and the rows that are open', () => {
    const tree = projectTree(project, 'folders')
    const path = pathTo(tree, 'a')
    expect(path.at(-1)).toBe('a')
    const rows = openRows(tree, new Set(path))
    expect(rows.map(row => `${row.depth}${row.node.label}`)).toEqual([
      '0shop',
      '1models',
      '2marts',
      '3m9',
      '3m10',
      '2top',
      '1a',
      '0Sources',
      '0utils',
    ])
    expect(pathTo(tree, 'none')).toEqual([])
  })
})
