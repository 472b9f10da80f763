import { describe, expect, it } from 'vitest'
import { wildcard } from './wildcard.ts'

describe('wildcard', () => {
  it.each([
    ['stg_*', 'stg_orders', true],
    ['stg_*', 'fct_stg_', false],
    ['*orders*', 'fct_orders_daily', true],
    ['f?t', 'FCT', true],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[x', '[x', true],
    ['a.b', 'axb', false],
    ['*', '', true],
    ['', 'a', false],
  ])('%s on %s: %s', (glob, text, expected) => {
    expect(wildcard(glob)(text)).toBe(expected)
  })

  it('does not hang on a hostile pattern', () => {
    const began = performance.now()
    expect(wildcard(`${'*a'.repeat(200)}b`)('a'.repeat(5000))).toBe(false)
    expect(performance.now() - began).toBeLessThan(1000)
  })
})
