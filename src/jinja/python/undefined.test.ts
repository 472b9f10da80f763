import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NavoError } from '../../core/errors.ts'
import { parseTemplate, renderSync } from '../engine.ts'
import { PyDict, type UndefinedKind, type Value } from './values.ts'

/** A template over undefined names, and its output or its error's message in dbt. */
interface Case {
  readonly t: string
  readonly lenient: boolean
  readonly ok?: string
  readonly msg?: string
}

const cases: readonly Case[] = JSON.parse(
  readFileSync('tests/fixtures/jinja/undefined.json', 'utf8'),
)

const render = (source: string, kind: UndefinedKind): string => {
  const context = new Map<string, Value>([
    ['d', new PyDict([['a', 1]])],
    ['l', [1]],
  ])
  try {
    const template = parseTemplate({ source, file: 'a.sql' })
    return renderSync(template, name => context.get(name), { undefined: kind })
  } catch (error) {
    if (error instanceof NavoError) return `!${error.message}`
    throw error
  }
}

describe.each([true, false])('undefined values, lenient: %s', lenient => {
  it('behave as in dbt', () => {
    const own = cases.filter(row => row.lenient === lenient)
    const kind = lenient ? 'lenient' : 'default'
    expect(own.map(({ t }) => [t, render(t, kind)])).toEqual(
      own.map(({ t, ok, msg }) => [t, ok ?? `!${msg}`]),
    )
  })
})
