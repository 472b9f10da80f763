import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepAside, lakehouse, landingFiles, query, sampleFolder } from './lakehouse.ts'
import type { TestProject } from './navo.ts'

// A feature knows only the past: data cut at the end of a day, by when things happened and not by when
// they arrived, gives the same features of that day.
let folder: TestProject
beforeAll(() => {
  folder = lakehouse()
})
afterAll(() => folder.remove())

const day = '2024-11-05'
const isLater = (moment: string): boolean => moment.replace('T', ' ') > `${day} 23:59:59`

/** A line of a CSV file without what came later: nothing when the row did, blanks where single fields did. */
const cutCsv = (line: string, source: string): string | undefined => {
  const fields = line.split(',')
  const moments = { users: [1, 4], transactions: [5], chargebacks: [1], content_items: [3] }[source]
  if (moments) return moments.some(n => isLater(fields[n] ?? '')) ? undefined : line
  // campaign_touches: sent_at, opened_at, clicked_at, converted_at, updated_at
  if (isLater(fields[3] ?? '')) return undefined
  const known = fields
    .slice(0, 7)
    .map(field => (/^\d{4}-/.test(field) && isLater(field) ? '' : field))
  const updatedAt = fields[7] ?? ''
  return [...known, isLater(updatedAt) ? `${day} 23:59:59` : updatedAt].join(',')
}

/** A line of JSON without what came later; broken lines stay as they are. */
const cutJson = (line: string): string | undefined => {
  let row: Record<string, unknown>
  try {
    row = JSON.parse(line)
  } catch {
    return line
  }
  if (isLater(String(row.event_timestamp ?? row.committed_at ?? ''))) return undefined
  const after = row.after as Record<string, unknown> | null | undefined
  if (after && isLater(String(after.ends_at ?? ''))) {
    return JSON.stringify({ ...row, after: { ...after, ends_at: null } })
  }
  return line
}

const cutSample = (): Record<string, string> => {
  const files: Record<string, string> = {}
  for (const { source, name } of landingFiles(sampleFolder)) {
    const lines = readFileSync(join(sampleFolder, source, name), 'utf8').split('\n')
    const isCsv = name.endsWith('.csv')
    const header = isCsv ? lines.splice(0, 1) : []
    const kept = lines
      .filter(line => line !== '')
      .map(line => (isCsv ? cutCsv(line, source) : cutJson(line)))
      .filter(line => line !== undefined)
    files[`data/landing/${source}/${name}`] = [...header, ...kept, ''].join('\n')
  }
  return files
}

const build = async (): Promise<void> => {
  const args = ['build', '--full-refresh', '--select', '+churn_features_daily', '+fraud_features']
  const { exitCode, stdout } = await folder.navo([
    ...args,
    '--exclude',
    'resource_type:test',
    'resource_type:unit_test',
    '--vars',
    '{processing_date: 2024-11-29}',
  ])
  expect(exitCode, stdout).toBe(0)
}

const features = (database: string) =>
  query(
    database,
    `select * exclude (churned_within_30d, processing_timestamp) from main_gold.churn_features_daily
    where feature_date = date '${day}' order by user_id`,
  )

const transactions = (database: string) =>
  query(
    database,
    `select * exclude (processing_timestamp) from main_gold.fraud_features
    where transaction_timestamp < timestamp '${day}' + interval 1 day order by transaction_id`,
  )

test('features of a day are the same without everything that happened after it', async () => {
  await build()
  const whole = keepAside(folder, 'whole.duckdb')
  const cut = cutSample()
  folder.write(cut)
  await build()
  const database = join(folder.directory, 'navo.duckdb')
  const events = 'select count(*) from main_staging.stg_events'
  expect(await query(database, events)).not.toEqual(await query(whole, events))

  expect((await features(whole)).length).toBeGreaterThan(80)
  expect(await features(database)).toEqual(await features(whole))
  expect((await transactions(whole)).length).toBeGreaterThan(150)
  expect(await transactions(database)).toEqual(await transactions(whole))
})
