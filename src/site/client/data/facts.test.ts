import { describe, expect, it } from 'vitest'
import { factsOf } from './facts.ts'
import { readProject } from './project.ts'

const project = readProject(
  {
    nodes: {
      m: {
        resource_type: 'model',
        name: 'm',
        package_name: 'shop',
        original_file_path: 'models/m.sql',
        relation_name: 'db.main.m',
        group: 'finance',
        tags: ['daily'],
        version: 2,
        latest_version: 2,
        contract: { enforced: true },
        constraints: [{ type: 'primary_key', columns: ['id'] }],
        config: { materialized: 'incremental', unique_key: ['a', 'b'] },
      },
    },
    sources: {
      s: {
        resource_type: 'source',
        name: 's',
        source_name: 'raw',
        freshness: { warn_after: { count: 1, period: 'day' }, error_after: { count: null } },
        external: { location: 'data/*.json' },
      },
    },
    groups: { g: { name: 'finance', owner: { name: 'Fin', email: ['a@x', 'b@x'] } } },
  },
  {
    nodes: {
      m: {
        metadata: { type: 'BASE TABLE' },
        stats: { rows: { label: 'Rows', value: 7, include: true } },
      },
    },
    sources: { s: { metadata: { type: 'VIEW', owner: 'loader' } } },
  },
)

const facts = (id: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    factsOf(project.resources.get(id)!, project).map(fact => [
      fact.label,
      fact.value.map(value => value.text).join(' '),
    ]),
  )

describe('factsOf', () => {
  it('tells what is known of a model and nothing that is not', () => {
    expect(facts('m')).toEqual({
      Materialized: 'incremental',
      Relation: 'db.main.m',
      Owner: 'Fin <a@x, b@x>',
      Group: 'finance',
      Version: '2 (latest)',
      'Unique key': 'a, b',
      Contract: 'enforced',
      Constraints: 'primary key (id)',
      Rows: '7',
      Tags: 'daily',
      Package: 'shop',
      File: 'models/m.sql',
    })
  })

  it('tells how fresh a source must be and where it lies', () => {
    expect(facts('s')).toEqual({
      'Stored as': 'view',
      Owner: 'loader',
      'Warn when older than': '1 day',
      'External location': 'data/*.json',
    })
  })
})
