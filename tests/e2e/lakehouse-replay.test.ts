import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  dayAfter,
  deliver,
  differences,
  keepAside,
  type LandingFile,
  lakehouse,
  landingFiles,
  sampleFolder,
} from './lakehouse.ts'
import type { TestProject } from './navo.ts'

let folder: TestProject
beforeAll(() => {
  folder = lakehouse({ landing: false })
})
afterAll(() => folder.remove())

const sample = landingFiles(sampleFolder)
const firstDay = sample[0]?.day ?? ''
const day = (number: number): string => dayAfter(firstDay, number)
const lastDay = sample.at(-1)?.day ?? ''

/** Days, from 0: one by one where the planted cases lie, in larger steps elsewhere. */
const steps = [6, 14, ...range(15, 26), ...range(30, 39), 48, 59].map(day)

/** Second files of a day (`_2`) come three days late, after the files of later days. */
const deliveredOn = ({ name, day }: LandingFile): string =>
  name.includes('_2.') ? dayAfter(day, 3) : day

/** What arrived on these days arrives once more, under a name of three days later. */
const repeated = [day(18), day(32)]
const repetition = ({ name, day }: LandingFile): string =>
  name.replace(day, `${dayAfter(day, 3)}_again`)

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}

const navo = async (...args: string[]): Promise<void> => {
  const { exitCode, stdout, stderr } = await folder.navo(args)
  expect(exitCode, `${args.join(' ')}\n${stdout}${stderr}`).toBe(0)
}

test('day by day, with late and repeated files, ends in the rows of a full refresh', async () => {
  const waiting = new Set(sample)
  for (const today of steps) {
    for (const file of waiting) {
      if (deliveredOn(file) > today) continue
      deliver(folder, file)
      waiting.delete(file)
      if (repeated.includes(file.day)) deliver(folder, file, repetition(file))
    }
    const command = today === steps[0] ? ['build', '--exclude', 'resource_type:test'] : ['run']
    await navo(...command, '--vars', `{processing_date: ${today}}`)
  }
  expect(waiting.size).toBe(0)
  const replayed = keepAside(folder, 'replayed.duckdb')

  await navo('build', '--full-refresh', '--vars', `{processing_date: ${lastDay}}`)
  expect(await differences(replayed, join(folder.directory, 'navo.duckdb'))).toEqual([])
}, 480_000)
