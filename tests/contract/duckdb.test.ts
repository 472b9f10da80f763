import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { duckdb } from '../../src/adapters/duckdb/index.ts'
import { adapterContract } from './suite.ts'

adapterContract('duckdb', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'navo-contract-')), 'contract.duckdb')
  const { settings } = duckdb.parseTarget({ path }, tmpdir())
  return {
    dialect: duckdb.dialect,
    database: 'contract',
    open: signal => duckdb.connect(settings, { signal }),
  }
})
