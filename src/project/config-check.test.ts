import { expect, test } from 'vitest'
import type { JsonObject } from '../core/json.ts'
import { configProblems } from './config-check.ts'
import type { ConfigSection } from './project-config.ts'

test.each<readonly [ConfigSection, JsonObject, readonly string[]]>([
  ['models', { enabled: true, tags: ['a'], meta: {}, materialized: 'view', custom: 5 }, []],
  ['models', { enabled: 'x' }, ["at path ['enabled']: 'x' is not of type 'boolean'"]],
  ['models', { tags: 5 }, ["at path ['tags']: 5 is not valid under any of the given schemas"]],
  [
    'models',
    { access: 'x' },
    ["at path ['access']: 'x' is not one of ['private', 'protected', 'public']"],
  ],
  [
    'models',
    { contract: { enforced: 'x' } },
    ["at path ['contract']['enforced']: 'x' is not of type 'boolean'"],
  ],
  [
    'models',
    { contract: { enforced: true }, materialized: 'incremental', on_schema_change: 'ignore' },
    [
      "at path []: Invalid value for on_schema_change: ignore. Models materialized as incremental with contracts enabled must set on_schema_change to 'append_new_columns' or 'fail'",
    ],
  ],
  [
    'seeds',
    { materialized: 'view' },
    ["at path []: A seed must have a materialized value of 'seed'"],
  ],
  [
    'snapshots',
    { updated_at: 5 },
    ["at path ['updated_at']: 5 is not valid under any of the given schemas"],
  ],
  ['data_tests', { severity: 'Warn', materialized: 'test' }, []],
  [
    'data_tests',
    { severity: 'x' },
    ["at path []: Severity must be either 'warn' or 'error'. Got 'x'"],
  ],
  [
    'data_tests',
    { limit: 'x' },
    ["at path ['limit']: 'x' is not valid under any of the given schemas"],
  ],
  ['sources', { tags: 'x' }, ["at path ['tags']: 'x' is not of type 'array'"]],
  ['metrics', { enabled: 'x' }, []],
])('%s %j', (section, config, problems) => {
  expect(configProblems(section, config)).toEqual(problems)
})
