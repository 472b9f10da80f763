import { describe, expect, test } from 'vitest'
import { parseVersionSpec, type VersionSpec } from '../project/require-version.ts'
import {
  formatRange,
  highestVersion,
  installableVersions,
  reduceVersions,
} from './version-range.ts'

const specs = (...texts: readonly string[]): readonly VersionSpec[] =>
  texts.map(text => parseVersionSpec(text)).filter(spec => spec !== undefined)
const range = (...texts: readonly string[]): string => {
  const reduced = reduceVersions(specs(...texts))
  return reduced ? formatRange(reduced) : 'none'
}

// Every expectation is what dbt's own range arithmetic gives.
describe('requirements together', () => {
  test.each([
    [[], 'ANY'],
    [['1.0.0'], '=1.0.0, =1.0.0'],
    [['>=1.0.0', '<2.0.0'], '>=1.0.0, <2.0.0'],
    [['>=1.0.0', '>1.0.0', '<=2.0.0', '<2.0.0'], '>1.0.0, <2.0.0'],
    [['>=1.0.0', '1.2.0'], '=1.2.0, =1.2.0'],
    [['>1.2.0', '1.2.0'], 'none'],
    [['1.2.0', '1.3.0'], 'none'],
    [['>=2.0.0', '<2.0.0'], 'none'],
    [['>=2.0.0', '<=2.0.0'], '>=2.0.0, <=2.0.0'],
    [['<1.0.0', '>2.0.0'], 'none'],
    [['>=1.0.0', '2.0.0-rc1'], '=2.0.0-rc1, =2.0.0-rc1'],
    [['<2.0.0', '2.0.0-rc1'], 'none'],
  ])('%j', (texts, expected) => {
    expect(range(...texts)).toBe(expected)
  })
})

describe('the version taken', () => {
  const known = ['1.10.0', '0.9.0', '1.2.0', '2.0.0-rc1', '2.0.0', 'nonsense', '1.9.1']
  test.each([
    [['>=1.0.0', '<2.0.0'], '1.10.0'],
    [['<1.0.0'], '0.9.0'],
    [['1.2.0'], '1.2.0'],
    [['>=3.0.0'], undefined],
    [[], '2.0.0'],
  ])('%j', (texts, expected) => {
    const reduced = reduceVersions(specs(...texts))
    expect(reduced && highestVersion(reduced, known)).toBe(expected)
  })
  test('pre-releases only when wanted, lowest first', () => {
    expect(installableVersions(known, false)).toEqual([
      '0.9.0',
      '1.2.0',
      '1.9.1',
      '1.10.0',
      '2.0.0',
    ])
    expect(installableVersions(['1.0.0', '1.0.0-b.2', '1.0.0-b.10', '1.0.0-a'], true)).toEqual([
      '1.0.0-a',
      '1.0.0-b.2',
      '1.0.0-b.10',
      '1.0.0',
    ])
  })
})
