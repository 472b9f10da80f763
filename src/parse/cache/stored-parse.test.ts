import { expect, test } from 'vitest'
import { ParsingError } from '../../core/errors.ts'
import { fingerprint } from './fingerprint.ts'
import { decodeParse, encodeParse, type ParseFacts } from './stored-parse.ts'
import { restoreWarning, storeWarning } from './stored-warnings.ts'

const facts: ParseFacts = {
  key: 'k',
  packages: [],
  reads: { env: {}, flags: {}, target: {} },
  passing: [],
  ids: {},
  warnings: [],
}
const encoded = (body: string) => Buffer.from([...encodeParse(facts, [body])].join(''))

test('a parse comes back as it was kept, and is one JSON object on disk', () => {
  const file = encoded(',"nodes":{\n}\n,"ü":1}\n')
  expect(decodeParse(file)?.facts).toEqual(facts)
  expect(decodeParse(file)?.body()).toBe(',"nodes":{\n}\n,"ü":1}\n')
  expect(JSON.parse(file.toString())).toMatchObject({ navo_parse: facts, nodes: {} })
})

test.each(['', '{}', '{"navo_parse":{"key":\n}\n', '{"navo_parse":{}}'])(
  'what is broken off, or of somebody else, is nothing: %j',
  text => {
    expect(decodeParse(Buffer.from(text))).toBeUndefined()
  },
)

test('warnings come back with their class and place', () => {
  const warning = new ParsingError('odd', {
    code: 'unknown-key',
    at: { file: 'a.yml', line: 2, column: 3 },
    hint: 'h',
  })
  const again = restoreWarning(JSON.parse(JSON.stringify(storeWarning(warning))))
  expect(again).toBeInstanceOf(ParsingError)
  expect(again).toMatchObject({ message: 'odd', code: 'unknown-key', hint: 'h', at: warning.at })
})

test('a fingerprint tells apart what Python does', () => {
  class YamlFloat {
    constructor(readonly value: number) {}
    toJSON() {
      return this.value
    }
  }
  const prints = [1, '1', new YamlFloat(1), 1n, [1], { a: 1 }, { a: undefined }, new Set([1]), {}]
  expect(new Set(prints.map(fingerprint)).size).toBe(prints.length)
  expect(fingerprint({ a: 1, b: 2 })).not.toBe(fingerprint({ b: 2, a: 1 }))
  expect(fingerprint({ a: [1, null] })).toBe(fingerprint({ a: [1, null] }))
})
