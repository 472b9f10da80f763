import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../core/json.ts'
import { extensionStatements, settingStatements, setupStatements } from './setup-sql.ts'
import { parseTarget } from './target.ts'

const settings = (raw: JsonObject) => parseTarget({ path: 'a.duckdb', ...raw }).settings

describe('setup statements', () => {
  it('makes secrets', () => {
    const secrets = [
      { type: 's3', key_id: 'k', secret: "it's", region: null, scope: ['s3://a', 's3://b'] },
      { type: 'http', name: 'own', persistent: true, extra_http_headers: { A: 'b' }, list: ['x'] },
    ]
    expect(setupStatements(settings({ secrets }))).toEqual([
      `CREATE OR REPLACE SECRET _dbt_secret_1 (
  type s3,
  key_id 'k',
  secret 'it''s',
  scope 's3://a',
  scope 's3://b'
)`,
      `CREATE OR REPLACE PERSISTENT SECRET own (
  type http,
  extra_http_headers map {'A': 'b'},
  list array ['x']
)`,
    ])
  })

  it('attaches databases', () => {
    const attach = [
      { path: "x'y.db", alias: 'x', read_only: true },
      {
        path: 'a.sqlite',
        type: 'sqlite',
        options: { schema: 's', data: "'d'", on: true, off: false },
      },
    ]
    expect(setupStatements(settings({ attach }))).toEqual([
      "ATTACH IF NOT EXISTS 'x''y.db' AS x (READ_ONLY)",
      "ATTACH IF NOT EXISTS 'a.sqlite' (TYPE sqlite, SCHEMA 's', DATA 'd', ON)",
    ])
  })

  it('sets and loads', () => {
    expect(settingStatements(settings({ settings: { memory_limit: '1GB', threads: 2 } }))).toEqual([
      "SET memory_limit = '1GB'",
      "SET threads = '2'",
    ])
    expect(extensionStatements('httpfs')).toEqual({
      load: 'LOAD httpfs',
      install: 'INSTALL httpfs',
    })
    expect(extensionStatements({ name: 'h3', repo: 'community' })).toEqual({
      load: 'LOAD h3',
      install: 'INSTALL h3 FROM community',
    })
  })
})
