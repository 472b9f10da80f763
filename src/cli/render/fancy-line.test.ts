import { expect, test } from 'vitest'
import { fancyLine } from './fancy-line.ts'

// The lines are dbt 1.12's.
test('pads with dots up to the width', () => {
  expect(
    fancyLine({
      index: 1,
      total: 6,
      text: 'OK created sql table model main.a',
      status: 'OK',
      seconds: 0.2345,
      width: 80,
    }),
  ).toBe(
    '1 of 6 OK created sql table model main.a ....................................... [OK in 0.23s]',
  )
})

test('cuts only what may be cut', () => {
  const text = 'x'.repeat(100)
  expect(fancyLine({ text, status: 'RUN', width: 80 })).toBe(`${text}  [RUN]`)
  expect(fancyLine({ text, status: 'RUN', width: 80, truncate: true })).toBe(
    `${'x'.repeat(77)}... [RUN]`,
  )
})
