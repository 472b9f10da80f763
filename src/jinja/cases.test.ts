import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NavoError } from '../core/errors.ts'
import { parseTemplate, renderAsync, renderSync } from './engine.ts'
import type { Value } from './python/values.ts'

/** A template with what Jinja2 makes of it: its output, or the class and text of its error. */
interface Case {
  readonly cat: string
  readonly t: string
  readonly ok?: string
  readonly err?: string
  readonly msg?: string
}

interface CaseFile {
  readonly ctx: Readonly<Record<string, number | null>>
  readonly cases: readonly Case[]
}

const read = (name: string): CaseFile =>
  JSON.parse(readFileSync(`tests/fixtures/jinja/${name}`, 'utf8'))

const outcome = (error: unknown): Pick<Case, 'msg'> => {
  if (error instanceof NavoError) return { msg: error.message }
  throw error
}

describe.each(['cases.json', 'more-cases.json'])('%s', name => {
  const { ctx, cases } = read(name)
  const context = new Map<string, Value>(Object.entries(ctx))
  const lookup = (key: string): Value | undefined => context.get(key)

  it.each(cases)('$cat $t', async ({ t, ok, msg }) => {
    const expected = ok === undefined ? { msg } : { ok }
    const render = (): string =>
      renderSync(parseTemplate({ source: t, file: 'a.sql' }), lookup, { undefined: 'default' })
    const renderLater = async (): Promise<string> =>
      renderAsync(parseTemplate({ source: t, file: 'a.sql' }), lookup, { undefined: 'default' })
    let sync: unknown
    try {
      sync = { ok: render() }
    } catch (error) {
      sync = outcome(error)
    }
    expect(sync).toEqual(expected)
    expect(await renderLater().then(text => ({ ok: text }), outcome)).toEqual(expected)
  })
})
