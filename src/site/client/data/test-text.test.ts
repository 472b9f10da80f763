import { describe, expect, it } from 'vitest'
import { readProject } from './project.ts'
import { testArguments, testColumn, testSeverity, testText } from './test-text.ts'

const testOf = (name: string, kwargs: object, more: object = {}) =>
  readProject(
    {
      nodes: {
        t: { resource_type: 'test', name: 'long', test_metadata: { name, kwargs }, ...more },
      },
    },
    undefined,
  ).resources.get('t')!

describe('a test in words', () => {
  it.each([
    ['not_null', {}, 'not null'],
    ['accepted_values', { values: ['a', 2, true] }, 'accepted values: a, 2, true'],
    ['relationships', { to: "ref('dim', v=2)", field: 'id' }, 'relationships → dim.v2.id'],
    ['relationships', { to: "source('raw', 'x')", field: 'id' }, 'relationships → raw.x.id'],
  ])('%s', (name, kwargs, expected) => {
    expect(testText(testOf(name, kwargs))).toBe(expected)
  })

  it('names the package of a test from one, and a singular test by its file', () => {
    const metadata = { name: 'at_least_one', namespace: 'utils', kwargs: {} }
    expect(testText(testOf('', {}, { test_metadata: metadata }))).toBe('utils.at least one')
    expect(testText(testOf('', {}, { name: 'no_gaps', test_metadata: null }))).toBe('no gaps')
  })

  it('keeps what else it was given, its column and its severity', () => {
    const test = testOf(
      'in_range',
      { model: '{{ x }}', column_name: 'Amount', least: 0, options: { strict: true } },
      { config: { severity: 'WARN' } },
    )
    expect(testArguments(test)).toEqual([
      ['least', '0'],
      ['options', '{"strict":true}'],
    ])
    expect(testColumn(test)).toBe('amount')
    expect(testSeverity(test)).toBe('warn')
  })
})
