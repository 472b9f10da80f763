import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CompilationError } from '../core/errors.ts'
import { parseTemplate, renderNative, renderSync } from './engine.ts'
import { hostFunction } from './python/host-function.ts'
import { toRepr } from './python/text.ts'
import { float, PyDict, type Value } from './python/values.ts'

interface Case {
  readonly t: string
  readonly native: string
  readonly lenient: string
}

const { cases }: { readonly cases: readonly Case[] } = JSON.parse(
  readFileSync('tests/fixtures/jinja/dbt-cases.json', 'utf8'),
)

const variables = new Map<string, Value>([
  ['i', 5],
  ['s', '5'],
  ['l', [1, 2]],
  ['b', true],
  ['bs', 'true'],
  ['d', new PyDict([['a', 1]])],
])

// Templates change their lists: each gets its own.
const context = (): ReadonlyMap<string, Value> =>
  new Map<string, Value>([
    ['one', 1],
    ['f', float(1)],
    ['s', 'text'],
    ['n', '5'],
    ['l', [1, 'a']],
    ['d', new PyDict([['a', 1]])],
    ['t', true],
    ['none_', null],
    ['var', hostFunction('var', 'name', (name: string) => variables.get(name) ?? null)],
  ])

const shown = (render: (lookup: (name: string) => Value | undefined) => Value): string => {
  const values = context()
  try {
    return toRepr(render(name => values.get(name)))
  } catch (error) {
    if (error instanceof CompilationError) return 'error'
    throw error
  }
}

describe('as dbt renders', () => {
  it.each(cases)('$t', ({ t, native, lenient }) => {
    const template = parseTemplate({ source: t, file: 'a.yml' })
    expect(shown(lookup => renderNative(template, lookup, { undefined: 'default' }))).toBe(native)
    expect(shown(lookup => renderSync(template, lookup, { undefined: 'lenient' }))).toBe(lenient)
  })
})
