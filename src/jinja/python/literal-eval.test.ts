import { describe, expect, it } from 'vitest'
import { literalEval } from './literal-eval.ts'
import { toRepr } from './text.ts'

describe('literalEval', () => {
  it.each([
    ['1', '1'],
    [' 1_000 ', '1000'],
    ['0x1f', '31'],
    ['-1.5e3', '-1500.0'],
    ['True', 'True'],
    ['None', 'None'],
    ["'a\\n\\x41\\u00e9'", "'a\\nAé'"],
    ["r'a\\n'", "'a\\\\n'"],
    ['\'a\' "b"', "'ab'"],
    ["b'x'", "b'x'"],
    ["'''a\nb'''", "'a\\nb'"],
    ['[1, (2,), (), {3: [4]}, {5, 6}, set()]', '[1, (2,), (), {3: [4]}, {5, 6}, set()]'],
    ['1, 2', '(1, 2)'],
    ['(1)', '1'],
    ['[1,]', '[1]'],
    ["{'a': 1,}", "{'a': 1}"],
    ['+-1', '-1'],
  ])('reads %s', (text, expected) => {
    expect(toRepr(literalEval(text))).toBe(expected)
  })

  it.each([
    '',
    'a',
    '1 + 1',
    'f(1)',
    '[1',
    '1]',
    "'a",
    '01',
    '{1: 2, 3}',
    '-True',
    '\n1',
    '[,]',
    '1 2',
  ])('refuses %j', text => {
    expect(() => literalEval(text)).toThrow()
  })
})
