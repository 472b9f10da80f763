import { describe, expect, test } from 'vitest'
import { RuntimeError } from '../core/errors.ts'
import type { NavoEvent } from '../core/events.ts'
import { strictWarnings, warningPolicy } from './strict-warnings.ts'

const flags = (warn_error: boolean, warn_error_options: object = {}) => ({
  warn_error,
  warn_error_options: { ...warn_error_options },
})

describe('policy', () => {
  test.each([
    [flags(false), 'warn'],
    [flags(true), 'error'],
    [flags(false, { error: 'all' }), 'error'],
    [flags(false, { error: ['A'] }), 'error'],
    [flags(false, { error: ['B'] }), 'warn'],
    [flags(false, { error: 'all', warn: ['A'] }), 'warn'],
    [flags(false, { error: ['A'], silence: ['A'] }), 'silence'],
    [flags(false, { include: '*', exclude: ['A'] }), 'warn'],
  ])('%j → %s', (options, fate) => {
    expect(warningPolicy(options)('A')).toBe(fate)
  })
})

const unused: NavoEvent = { kind: 'unusedSelector', text: 'nope' }
const warning: NavoEvent = {
  kind: 'warning',
  code: 'unknown-key',
  error: new RuntimeError('Unknown key', { at: { file: 'a.yml', line: 1, column: 1 } }),
}

test('warnings pass, become errors, or vanish', () => {
  const seen: NavoEvent[] = []
  const emit = (event: NavoEvent): void => void seen.push(event)
  strictWarnings(flags(false), emit)(warning)
  expect(seen).toEqual([warning])
  expect(() => strictWarnings(flags(true), emit)(unused)).toThrow(
    "The selection criterion 'nope' does not match any enabled nodes",
  )
  expect(() => strictWarnings(flags(true), emit)(warning)).toThrow(
    expect.objectContaining({
      kind: 'Compilation Error',
      at: { file: 'a.yml', line: 1, column: 1 },
    }),
  )
  strictWarnings(flags(false, { silence: ['unknown-key'] }), emit)(warning)
  strictWarnings(flags(false, { silence: ['CustomKeyInObjectDeprecation'] }), emit)(warning)
  expect(seen).toEqual([warning])
})
