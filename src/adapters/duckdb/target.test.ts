import { describe, expect, it } from 'vitest'
import { nameFromPath, parseTarget } from './target.ts'

describe('nameFromPath', () => {
  it.each([
    [':memory:', 'memory'],
    ['jaffle.duckdb', 'jaffle'],
    ['/data/my.db.duckdb', 'my'],
    ['../.hidden.duckdb', 'hidden'],
    ['plain', 'plain'],
  ])('calls %s %s', (path, name) => {
    expect(nameFromPath(path)).toBe(name)
  })
})

describe('parseTarget', () => {
  it('has defaults', () => {
    expect(parseTarget({ type: 'duckdb' })).toEqual({
      settings: {
        path: ':memory:',
        configOptions: {},
        extensions: [],
        settings: {},
        secrets: [],
        attach: [],
        disableTransactions: false,
        connectAttempts: 1,
      },
      database: 'memory',
      schema: 'main',
      threads: 1,
      shown: {
        path: ':memory:',
        config_options: null,
        extensions: null,
        settings: {},
        external_root: '.',
        use_credential_provider: null,
        attach: null,
        filesystems: null,
        remote: null,
        plugins: null,
        disable_transactions: false,
      },
    })
  })

  it('takes an attached database for the target', () => {
    const raw = { path: 'a.duckdb', database: 'b', attach: [{ path: 'x.db', alias: 'b' }] }
    expect(parseTarget(raw).database).toBe('b')
    expect(() => parseTarget({ path: 'a.duckdb', database: 'b' })).toThrow(
      "the 'database' property must be set to 'a' to match the 'path'",
    )
  })

  it('hides secrets from templates', () => {
    const { shown } = parseTarget({
      path: 'a.duckdb',
      settings: { s3_secret_access_key: 'hush', threads: 2 },
    })
    expect(shown.settings).toEqual({ s3_secret_access_key: '***', threads: 2 })
    expect(shown).not.toHaveProperty('secrets')
  })

  it('adds the secret of a credential provider', () => {
    expect(parseTarget({ use_credential_provider: 'aws' }).settings.secrets).toEqual([
      { type: 's3', provider: 'credential_chain' },
    ])
    expect(() => parseTarget({ use_credential_provider: 'other' })).toThrow('Unsupported value')
  })

  it('names every key that is wrong', () => {
    expect(() => parseTarget({ threads: 'four', attach: [{}] })).toThrow(
      /threads: .*; attach\.0\.path: /,
    )
  })

  it.each([
    [{ path: 'md:shared' }, 'MotherDuck is not supported'],
    [{ path: 'ducklake:x' }, 'DuckLake is not supported'],
    [{ attach: [{ path: 'md:shared' }] }, 'MotherDuck is not supported'],
    [{ plugins: [{ module: 'gsheet' }] }, "The profile's 'plugins' cannot be used"],
    [{ filesystems: [{ fs: 's3' }] }, "The profile's 'filesystems' cannot be used"],
    [{ remote: { host: 'x' } }, "The profile's 'remote' cannot be used"],
    [{ path: '.' }, 'Unable to determine target database name'],
  ])('refuses %j', (raw, message) => {
    expect(() => parseTarget(raw)).toThrow(message)
  })
})
