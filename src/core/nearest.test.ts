import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

test.each([
  ['biuld', 'build'],
  ['full-refesh', 'full_refresh'],
  ['modelPath', 'model-paths'],
  ['rn', 'run'],
  ['bus', undefined],
  ['xyz', undefined],
])('%s → %s', (word, expected) => {
  expect(nearest(word, ['run', 'build', 'full_refresh', 'model-paths'])).toBe(expected)
})
