import { afterAll, beforeAll, expect, test } from 'vitest'
import { lakehouse } from './lakehouse.ts'
import type { TestProject } from './navo.ts'

// One file of events, of one day, of which some lines are broken.
let folder: TestProject
beforeAll(() => {
  folder = lakehouse({ landing: false })
})
afterAll(() => folder.remove())

const deliver = ({ lines, broken }: { readonly lines: number; readonly broken: number }): void => {
  const event = (n: number): string =>
    JSON.stringify({
      event_id: n < broken ? null : `EVT_${n}`,
      session_id: `SES_${n >> 2}`,
      user_id: 'USR_00001',
      event_type: 'click',
      event_timestamp: '2024-10-01T10:00:00',
      event_details: { device_type: 'Web' },
    })
  const text = Array.from({ length: lines }, (_, n) => `${event(n)}\n`).join('')
  folder.write({ 'data/landing/events/events_2024-10-01.jsonl': text })
}

const build = async (file: { readonly lines: number; readonly broken: number }) => {
  deliver(file)
  const { exitCode } = await folder.navo([
    'build',
    '--full-refresh',
    '--indirect-selection',
    'cautious',
    '--select',
    '+fct_events',
  ])
  const results: readonly { readonly unique_id: string; readonly status: string }[] =
    folder.json('target/run_results.json').results
  const status = (id: string) => results.find(({ unique_id }) => unique_id.startsWith(id))?.status
  return {
    exitCode,
    gate: status('test.lakehouse.quarantine_rate_stg_events__lines'),
    gold: status('model.lakehouse.fct_events'),
  }
}

test('up to 1 % of broken lines pass', async () => {
  expect(await build({ lines: 2000, broken: 20 })).toEqual({
    exitCode: 0,
    gate: 'pass',
    gold: 'success',
  })
})

test('more than 1 % warn, and the build goes on', async () => {
  expect(await build({ lines: 2000, broken: 21 })).toEqual({
    exitCode: 0,
    gate: 'warn',
    gold: 'success',
  })
  expect(await build({ lines: 2000, broken: 100 })).toEqual({
    exitCode: 0,
    gate: 'warn',
    gold: 'success',
  })
})

test('more than 5 % fail: bad data does not reach what is below', async () => {
  expect(await build({ lines: 2000, broken: 101 })).toEqual({
    exitCode: 1,
    gate: 'fail',
    gold: 'skipped',
  })
})

test('below 1,000 lines the gate only warns', async () => {
  expect(await build({ lines: 999, broken: 300 })).toEqual({
    exitCode: 0,
    gate: 'warn',
    gold: 'success',
  })
  expect(await build({ lines: 1000, broken: 300 })).toEqual({
    exitCode: 1,
    gate: 'fail',
    gold: 'skipped',
  })
})
