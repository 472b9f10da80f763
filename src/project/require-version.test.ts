import { expect, test } from 'vitest'
import { formatVersionSpec, isSatisfiable, parseVersionSpec, satisfies } from './require-version.ts'

const specs = (texts: readonly string[]) => texts.map(text => parseVersionSpec(text)!)
const version = (text: string) => parseVersionSpec(text)!.version

test.each([
  ['1.12.6', ['>=1.0.0', '<2.0.0'], true],
  ['1.12.6', ['1.12.6'], true],
  ['1.12.6', ['>1.12.6'], false],
  ['1.12.6', ['<=1.12.6'], true],
  ['1.9.0', ['>=1.10.0'], false],
  ['2.0.0-beta1', ['<2.0.0'], false],
  ['2.0.0-rc2', ['>=2.0.0-rc1'], true],
  ['2.0.0-rc.10', ['>2.0.0-rc.9'], true],
  ['2.0.0', ['>2.0.0-rc1'], true],
])('%s meets %j: %s', (text, wanted, expected) => {
  expect(satisfies(version(text), specs(wanted))).toBe(expected)
})

test.each([
  [['>=1.0.0', '<1.0.0'], false],
  [['>=1.0.0', '<=1.0.0'], true],
  [['>1.0.0', '>=1.0.0', '<=1.0.0'], false],
  [['1.0.0', '>=2.0.0'], false],
  [['>=2.0.0', '>=1.0.0'], true],
  [['<3.0.0', '<2.0.0', '>=2.0.0'], false],
])('%j can be met: %s', (wanted, expected) => {
  expect(isSatisfiable(specs(wanted))).toBe(expected)
})

test('texts', () => {
  expect(formatVersionSpec(parseVersionSpec('1.2.3-rc1')!)).toBe('=1.2.3-rc1')
  for (const text of ['1.0', 'x', '>= 1.0.0', '01.0.0'])
    expect(parseVersionSpec(text)).toBeUndefined()
})
