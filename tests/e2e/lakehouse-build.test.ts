import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  differences,
  forget,
  keepAside,
  lakehouse,
  landingFiles,
  query,
  sampleFolder,
} from './lakehouse.ts'
import type { TestProject } from './navo.ts'

let folder: TestProject
let database: string
let firstBuild: string
beforeAll(() => {
  folder = lakehouse()
  database = join(folder.directory, 'navo.duckdb')
})
afterAll(() => folder.remove())

const summary = /Done\. PASS=\d+ WARN=0 ERROR=0 SKIP=0 NO-OP=\d+ REUSED=0 TOTAL=\d+\n$/

/** The incremental models, by the manifest of the last run, that are loaded and staged row by row. */
const incrementalModels = (prefix: RegExp): readonly string[] =>
  Object.values<{ name: string; schema: string; alias: string; config: { materialized: string } }>(
    folder.json('target/manifest.json').nodes,
  )
    .filter(node => node.config.materialized === 'incremental' && prefix.test(node.name))
    .map(node => `${node.schema}.${node.alias}`)
    .sort()

/** What the sample's planted cases of fraud must come to, by the last numbers of their transactions. */
const plantedDecisions = [
  ['block', 'at least the fourth transaction within a minute', 6],
  ['block', 'three or more countries within a day', 2],
  ['review', 'a large amount on the first day of the account', 2],
  ['review', 'half of the earlier transactions were disputed', 8],
  ['review', "ten times the user's average amount or more", 2],
  ['review', 'eight or more sessions within a day', 2],
] as const

describe('the lakehouse, from a fresh copy', () => {
  test('builds green, without a profile', async () => {
    const { exitCode, stdout, stderr } = await folder.navo(['build'])
    expect({ exitCode, stderr }, stdout).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(summary)
    firstBuild = keepAside(folder, 'first.duckdb')
  })

  test('decides the planted fraud as it was planted', async () => {
    for (const [decision, reason, atLeast] of plantedDecisions) {
      const [[count] = []] = await query(
        database,
        `select count(*) from main_gold.fraud_features
        where transaction_id > 'TXN_0000258'
          and decision = '${decision}' and starts_with(reasons, '${reason.replace("'", "''")}')`,
      )
      expect(Number(count), reason).toBeGreaterThanOrEqual(atLeast)
    }
    const [[approved] = []] = await query(
      database,
      "select avg((decision = 'approve')::int) from main_gold.fraud_features where transaction_id <= 'TXN_0000258'",
    )
    expect(Number(approved)).toBeGreaterThan(0.95)
  })

  test('builds again: nothing is loaded anew and every table has the same rows', async () => {
    const { exitCode, stdout } = await folder.navo(['build'])
    expect(exitCode, stdout).toBe(0)
    expect(stdout).toMatch(summary)
    expect(await differences(firstBuild, database)).toEqual([])

    // every row of these was written by the first build
    const loaded = incrementalModels(/^(bronze_|stg_)/)
    expect(loaded.length).toBeGreaterThanOrEqual(9)
    for (const table of loaded) {
      const written = `select count(*), max(processing_timestamp) from ${table}`
      expect(await query(database, written), table).toEqual(await query(firstBuild, written))
    }
  })

  test('builds with --full-refresh: the same rows, all written anew', async () => {
    const { exitCode, stdout } = await folder.navo(['build', '--full-refresh'])
    expect(exitCode, stdout).toBe(0)
    expect(await differences(firstBuild, database)).toEqual([])
    for (const table of incrementalModels(/./)) {
      const [[before], [after]] = (await Promise.all(
        [firstBuild, database].map(async file =>
          (await query(file, `select min(processing_timestamp) from ${table}`)).flat(),
        ),
      )) as [[string], [string]]
      expect(after > before, `${table} was not written anew`).toBe(true)
    }
  })

  test('builds gold from what is staged', async () => {
    forget(folder)
    const staged = await folder.navo(['build', '--exclude', 'gold+'])
    expect(staged.exitCode, staged.stdout).toBe(0)
    const gold = "select count(*) from duckdb_tables() where schema_name = 'main_gold'"
    expect(await query(database, gold)).toEqual([['0']])

    const { exitCode, stdout } = await folder.navo(['build', '--select', 'gold+'])
    expect(exitCode, stdout).toBe(0)
    expect(stdout).not.toMatch(/ (bronze_|stg_)\w+ \.+ \[OK/)
    expect(await differences(firstBuild, database)).toEqual([])
  })
})

test('generate_landing gives the committed sample, byte for byte', async () => {
  const { exitCode, stdout } = await folder.navo([
    'run-operation',
    'generate_landing',
    '--args',
    '{path: generated}',
  ])
  expect(exitCode, stdout).toBe(0)
  const generated = join(folder.directory, 'generated')
  const files = landingFiles(sampleFolder)
  expect(files.length).toBeGreaterThan(400)
  expect(landingFiles(generated)).toEqual(files)
  for (const { source, name } of files) {
    const same = readFileSync(join(generated, source, name)).equals(
      readFileSync(join(sampleFolder, source, name)),
    )
    expect(same, `${name} differs from the sample`).toBe(true)
  }
})
