import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Manifest, ManifestNode, SourceNode } from '../core/manifest.ts'
import type { NodeResult } from '../core/result.ts'
import { type CatalogEntry, catalogJson } from './catalog.ts'
import { manifestJson } from './manifest.ts'
import type { ArtifactContext } from './metadata.ts'
import { runResultsJson } from './run-results.ts'
import { sourcesJson } from './sources.ts'
import { writeArtifact } from './write.ts'

const context: ArtifactContext = {
  invocationId: 'abc',
  startedAt: new Date('2026-01-02T03:04:05.000Z'),
  generatedAt: new Date('2026-01-02T03:04:06.789Z'),
  env: { DBT_ENV_CUSTOM_ENV_BRANCH: 'main', HOME: '/root' },
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into artifacts without their types
const parsed = (pieces: Iterable<string>): any => JSON.parse([...pieces].join(''))

const node = (id: string, parents: readonly string[], more: object = {}): ManifestNode =>
  ({
    unique_id: id,
    resource_type: id.split('.')[0],
    name: id.split('.')[2],
    database: 'shop',
    schema: 'main',
    alias: id.split('.')[2],
    config: { enabled: true, tags: [], meta: {}, materialized: 'table' },
    group: null,
    depends_on: { macros: [], nodes: parents },
    ...more,
  }) as unknown as ManifestNode

const source = {
  unique_id: 'source.shop.raw.s',
  resource_type: 'source',
  name: 's',
  source_name: 'raw',
  database: 'shop',
  schema: 'RAW',
  identifier: 'S',
  freshness: {
    warn_after: { count: 1, period: 'day' },
    error_after: { count: null, period: null },
    filter: null,
  },
} as unknown as SourceNode

const manifest: Manifest = {
  project_name: 'shop',
  adapter_type: 'duckdb',
  nodes: new Map(
    [
      node('seed.shop.s', [], { depends_on: { macros: [] } }),
      node('model.shop.b', ['source.shop.raw.s', 'model.shop.a'], { group: 'g' }),
      node('model.shop.a', ['seed.shop.s', 'seed.shop.s']),
    ].map(n => [n.unique_id, n]),
  ),
  sources: new Map([[source.unique_id, source]]),
  macros: new Map(),
  docs: new Map(),
  exposures: new Map(),
  groups: new Map([['group.shop.g', { name: 'g' } as never]]),
  unit_tests: new Map(),
  selectors: {},
  disabled: new Map(),
}

describe('manifest.json', () => {
  const json = parsed(manifestJson(manifest, { projectId: 'f00' }, context))
  test('has the sections of version 12, in order', () => {
    expect(Object.keys(json)).toEqual([
      'metadata',
      'nodes',
      'sources',
      'macros',
      'docs',
      'exposures',
      'metrics',
      'groups',
      'selectors',
      'disabled',
      'parent_map',
      'child_map',
      'group_map',
      'saved_queries',
      'semantic_models',
      'unit_tests',
      'functions',
    ])
  })
  test('says where it comes from', () => {
    expect(json.metadata).toMatchObject({
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
      generated_at: '2026-01-02T03:04:06.789000Z',
      invocation_id: 'abc',
      env: { BRANCH: 'main' },
      project_name: 'shop',
      adapter_type: 'duckdb',
      run_started_at: '2026-01-02T03:04:05.000000+00:00',
    })
  })
  test('maps parents, children and groups', () => {
    expect(json.parent_map).toEqual({
      'seed.shop.s': [],
      'model.shop.b': ['model.shop.a', 'source.shop.raw.s'],
      'model.shop.a': ['seed.shop.s'],
      'source.shop.raw.s': [],
    })
    expect(json.child_map).toEqual({
      'seed.shop.s': ['model.shop.a'],
      'model.shop.b': [],
      'model.shop.a': ['model.shop.b'],
      'source.shop.raw.s': ['model.shop.b'],
    })
    expect(json.group_map).toEqual({ g: ['model.shop.b'] })
  })
})

const result: NodeResult = {
  unique_id: 'model.shop.a',
  status: 'success',
  timing: [
    {
      name: 'compile',
      started_at: new Date('2026-01-02T03:04:05.100Z'),
      completed_at: new Date('2026-01-02T03:04:05.200Z'),
    },
  ],
  thread_id: 'Thread-1 (worker)',
  execution_time: 0.1,
  message: 'OK',
  failures: null,
  adapter_response: { _message: 'OK' },
  compiled: true,
  compiled_code: 'select 1',
  relation_name: '"shop"."main"."a"',
}

test('run_results.json', () => {
  const json = parsed(
    runResultsJson({ results: [result], elapsed: 1.5, args: { which: 'run' } }, context),
  )
  expect(Object.keys(json)).toEqual(['metadata', 'results', 'elapsed_time', 'args'])
  expect(json.metadata.dbt_schema_version).toBe(
    'https://schemas.getdbt.com/dbt/run-results/v6.json',
  )
  expect(json.results).toEqual([
    {
      status: 'success',
      timing: [
        {
          name: 'compile',
          started_at: '2026-01-02T03:04:05.100000Z',
          completed_at: '2026-01-02T03:04:05.200000Z',
        },
      ],
      thread_id: 'Thread-1 (worker)',
      execution_time: 0.1,
      adapter_response: { _message: 'OK' },
      message: 'OK',
      failures: null,
      unique_id: 'model.shop.a',
      compiled: true,
      compiled_code: 'select 1',
      relation_name: '"shop"."main"."a"',
      batch_results: null,
      overload_results: null,
    },
  ])
  expect(json.args).toEqual({ which: 'run' })
})

test('sources.json has figures, or the error', () => {
  const freshness = {
    max_loaded_at: '2026-01-01T00:00:00+00:00',
    snapshotted_at: '2026-01-02T00:00:00+00:00',
    max_loaded_at_time_ago_in_s: 86400,
  }
  const of = (more: Partial<NodeResult>) => ({ ...result, unique_id: 'source.shop.raw.s', ...more })
  const write = (...results: NodeResult[]) =>
    parsed(sourcesJson({ results, sources: manifest.sources, elapsed: 1 }, context)).results
  expect(write(of({ status: 'warn', freshness }))).toMatchObject([
    {
      unique_id: 'source.shop.raw.s',
      ...freshness,
      status: 'warn',
      criteria: {
        warn_after: { count: 1, period: 'day' },
        error_after: { count: null, period: null },
        filter: null,
      },
    },
  ])
  expect(write(of({ status: 'runtime error', message: 'no table' }))).toEqual([
    { unique_id: 'source.shop.raw.s', error: 'no table', status: 'runtime error' },
  ])
})

test('catalog.json knows nodes and sources by relation, whatever the case', () => {
  const table = (schema: string, identifier: string): CatalogEntry => ({
    relation: { database: 'shop', schema, identifier },
    type: 'BASE TABLE',
    comment: null,
    owner: null,
    columns: [{ name: 'id', type: 'INTEGER', comment: 'the id' }],
    stats: [],
  })
  const json = parsed(
    catalogJson(
      [table('main', 'a'), table('raw', 's'), table('main', 'other')],
      manifest,
      undefined,
      context,
    ),
  )
  expect(Object.keys(json)).toEqual(['metadata', 'nodes', 'sources', 'errors'])
  expect(Object.keys(json.nodes)).toEqual(['model.shop.a'])
  expect(Object.keys(json.sources)).toEqual(['source.shop.raw.s'])
  expect(json.nodes['model.shop.a']).toEqual({
    metadata: {
      type: 'BASE TABLE',
      schema: 'main',
      name: 'a',
      database: 'shop',
      comment: null,
      owner: null,
    },
    columns: { id: { type: 'INTEGER', index: 1, name: 'id', comment: 'the id' } },
    stats: {
      has_stats: {
        id: 'has_stats',
        label: 'Has Stats?',
        value: false,
        include: false,
        description: 'Indicates whether there are statistics for this table',
      },
    },
    unique_id: 'model.shop.a',
  })
  expect(json.errors).toBeNull()
  expect(parsed(catalogJson([table('main', 'a')], manifest, new Set(), context)).nodes).toEqual({})
})

describe('writing', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'navo-artifact-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('makes folders and leaves nothing else behind', () => {
    const path = join(folder, 'deep', 'target', 'x.json')
    writeArtifact(path, ['{"a":', '1}'])
    expect(readFileSync(path, 'utf8')).toBe('{"a":1}')
    expect(readdirSync(join(folder, 'deep', 'target'))).toEqual(['x.json'])
  })
  test('leaves the old file when it cannot finish', () => {
    const path = join(folder, 'x.json')
    writeFileSync(path, 'old')
    const broken = (function* () {
      yield 'new'
      throw new Error('no space left on device')
    })()
    expect(() => writeArtifact(path, broken)).toThrow(`Could not write ${path}: no space left`)
    expect(readFileSync(path, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['x.json'])
  })
  test('names the file when the folder is none', () => {
    mkdirSync(join(folder, 'x.json'))
    expect(() => writeArtifact(join(folder, 'x.json'), ['a'])).toThrow('Could not write')
    writeFileSync(join(folder, 'file'), '')
    expect(() => writeArtifact(join(folder, 'file', 'x.json'), ['a'])).toThrow('Could not write')
  })
})
