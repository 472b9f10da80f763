import { expect, test } from 'vitest'
import { configResolver } from '../project/config-tree.ts'
import type { ConfigSection } from '../project/project-config.ts'
import type { YamlMap } from '../project/yaml-value.ts'
import type { ConfiguredResource } from './config-defaults.ts'
import { resolveConfig } from './node-config.ts'

const noTrees = Object.fromEntries(
  ['models', 'seeds', 'snapshots', 'data_tests', 'sources', 'exposures', 'unit_tests'].map(
    section => [section, {}],
  ),
) as Record<ConfigSection, YamlMap>
const configs = configResolver({ name: 'shop', configs: noTrees, unrenderedConfigs: noTrees })

const resolved = (resource: ConfiguredResource, inline: YamlMap) =>
  resolveConfig(configs, resource, { packageName: 'shop', fqn: ['shop', 'x'], inline })

test('settings over defaults', () => {
  expect(resolved('model', { materialized: 'table', tags: 'a' }).config).toMatchObject({
    enabled: true,
    materialized: 'table',
    tags: ['a'],
  })
  expect(resolved('test', { store_failures: true }).config).toMatchObject({
    severity: 'ERROR',
    store_failures_as: 'table',
  })
})

test.each([
  ['model', { enabled: 'x' }, "at path ['enabled']: 'x' is not of type 'boolean'"],
  ['model', { meta: 3 }, "at path ['meta']: 3 is not of type 'object'"],
  ['source', { enabled: 4 }, "at path ['enabled']: 4 is not of type 'boolean'"],
  ['test', { severity: 'bad' }, "at path []: Severity must be either 'warn' or 'error'. Got 'bad'"],
  ['seed', { materialized: 'view' }, "at path []: A seed must have a materialized value of 'seed'"],
  [
    'model',
    { materialized: 'incremental', contract: { enforced: true } },
    "at path []: Invalid value for on_schema_change: ignore. Models materialized as incremental with contracts enabled must set on_schema_change to 'append_new_columns' or 'fail'",
  ],
] as const)('%s %j: dbt’s Parsing Error', (resource, inline, message) => {
  expect(() => resolved(resource, inline)).toThrow(
    expect.objectContaining({ kind: 'Parsing Error', message }),
  )
})
