import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deliver, forget, lakehouse, landingFiles, query, sampleFolder } from './lakehouse.ts'
import type { TestProject } from './navo.ts'

let folder: TestProject
beforeAll(() => {
  folder = lakehouse({ landing: false })
})
afterAll(() => folder.remove())

const files = landingFiles(sampleFolder).filter(({ source }) => source === 'subscription_changes')

const build = async (): Promise<void> => {
  const { exitCode, stdout } = await folder.navo([
    'build',
    '--select',
    '+int_subscriptions',
    '+int_subscription_history',
    '--exclude',
    'resource_type:test',
    'resource_type:unit_test',
  ])
  expect(exitCode, stdout).toBe(0)
}

const tables = async (): Promise<unknown> =>
  Promise.all(
    ['int_subscriptions', 'int_subscription_history'].map(table =>
      query(
        join(folder.directory, 'navo.duckdb'),
        `select columns(name -> name <> 'processing_timestamp') from main_intermediate.${table} order by all`,
      ),
    ),
  )

test('the change feed ends in the same state in any order of its files, with repeats', async () => {
  // the last days first, in four parts, and the files of each part again with the next
  const backwards = [...files].reverse()
  const size = Math.ceil(files.length / 4)
  for (const start of [0, size, 2 * size, 3 * size]) {
    for (const file of backwards.slice(start, start + size)) deliver(folder, file)
    for (const file of backwards.slice(Math.max(start - size, 0), start))
      deliver(folder, file, file.name.replace('.jsonl', '_again.jsonl'))
    await build()
  }
  const shuffled = await tables()

  forget(folder)
  rmSync(join(folder.directory, 'data'), { recursive: true })
  for (const file of files) deliver(folder, file)
  await build()
  expect(shuffled).toEqual(await tables())

  const tombstones = `select count(*) from main_intermediate.int_subscriptions
    where is_deleted and subscription_id in ('SUB_00015', 'SUB_00016')`
  expect(await query(join(folder.directory, 'navo.duckdb'), tombstones)).toEqual([['2']])
})
