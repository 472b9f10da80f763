import { describe, expect, test } from 'vitest'
import { mergeConfig } from './config-merge.ts'
import { configResolver, type ProjectConfigTrees } from './config-tree.ts'
import type { ConfigSection } from './project-config.ts'
import type { YamlMap } from './yaml-value.ts'

const trees = (name: string, configs: Partial<Record<ConfigSection, YamlMap>>) =>
  ({ name, configs, unrenderedConfigs: configs }) as ProjectConfigTrees

describe('merging', () => {
  test('tags and hooks are appended, maps updated, the rest replaced', () => {
    expect(
      mergeConfig(
        'models',
        {
          tags: 'a',
          meta: { x: 1, y: 1 },
          'pre-hook': ['one'],
          materialized: 'view',
          quoting: { schema: true },
        },
        {
          tags: ['b'],
          meta: { y: 2 },
          pre_hook: 'two',
          materialized: 'table',
          docs: { show: false },
        },
      ),
    ).toEqual({
      tags: ['a', 'b'],
      meta: { x: 1, y: 2 },
      'pre-hook': ['one', 'two'],
      materialized: 'table',
      quoting: { schema: true },
      docs: { show: false },
    })
  })
  test('grants are replaced by grant, or appended with a plus', () => {
    expect(
      mergeConfig(
        'models',
        { grants: { select: ['a'], insert: 'b' } },
        { grants: { '+select': 'c', insert: ['d'] } },
      ),
    ).toEqual({ grants: { select: ['a', 'c'], insert: ['d'] } })
  })
  test('sources replace tags; tests append them', () => {
    expect(mergeConfig('sources', { tags: ['a'] }, { tags: ['b'] })).toEqual({ tags: ['b'] })
    expect(mergeConfig('data_tests', { tags: ['a'] }, { tags: ['b'] })).toEqual({
      tags: ['a', 'b'],
    })
  })
})

describe('resolving', () => {
  const root = trees('shop', {
    models: {
      '+materialized': 'view',
      '+tags': 'all',
      shop: {
        '+schema': 'core',
        enabled: true,
        staging: { '+tags': ['stg'], '+meta': { layer: 1 }, stg_a: { '+alias': 'x' } },
        meta: { '+alias': 'a folder named meta' },
      },
      util: { '+materialized': 'table', '+tags': 'from_root' },
    },
  })
  const util = trees('util', {
    models: { util: { '+materialized': 'ephemeral', '+tags': 'own', sub: { '+schema': 'u' } } },
  })
  const resolver = configResolver(root, [root, util])
  const query = (packageName: string, fqn: string[], more = {}) =>
    ({ section: 'models', packageName, fqn, ...more }) as const

  test('by folder, down to the model itself', () => {
    expect(resolver.resolve(query('shop', ['shop', 'staging', 'stg_a']))).toEqual({
      materialized: 'view',
      tags: ['all', 'stg'],
      schema: 'core',
      enabled: true,
      meta: { layer: 1 },
      alias: 'x',
    })
    expect(resolver.resolve(query('shop', ['shop', 'meta', 'm']))).toMatchObject({
      alias: 'a folder named meta',
    })
  })
  test('property file over project file, config() over both', () => {
    expect(
      resolver.resolve(
        query('shop', ['shop', 'staging', 'b'], {
          patch: { materialized: 'table', tags: ['p'], schema: 's1' },
          inline: { materialized: 'incremental', tags: 'i' },
        }),
      ),
    ).toMatchObject({ materialized: 'incremental', schema: 's1', tags: ['all', 'stg', 'p', 'i'] })
  })
  test('a package’s own file counts first, the root project’s over all', () => {
    expect(
      resolver.resolve(query('util', ['util', 'sub', 'm'], { inline: { materialized: 'x' } })),
    ).toEqual({ materialized: 'table', tags: ['own', 'all', 'from_root'], schema: 'u' })
  })
  test('unrendered: what was written last, by key', () => {
    expect(
      resolver.resolveUnrendered(
        query('shop', ['shop', 'staging', 'b'], { patch: { tags: 'p' }, inline: { alias: 'i' } }),
      ),
    ).toEqual({
      materialized: 'view',
      tags: 'p',
      schema: 'core',
      enabled: true,
      meta: { layer: 1 },
      alias: 'i',
    })
  })
  test('a model named like an object’s own members has no configuration by that', () => {
    expect(resolver.resolve(query('shop', ['shop', 'constructor']))).toMatchObject({
      schema: 'core',
    })
  })
  test('ten thousand models in a blink', () => {
    const start = performance.now()
    for (let i = 0; i < 10_000; i++)
      resolver.resolve(query('shop', ['shop', 'staging', `m${i}`], { inline: { alias: 'a' } }))
    expect(performance.now() - start).toBeLessThan(2000)
  })
})
