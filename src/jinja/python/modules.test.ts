import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NavoError } from '../../core/errors.ts'
import { parseTemplate, renderAsync, renderSync } from '../engine.ts'
import { datetimeFromDate } from './datetime-values.ts'
import { hostFunction } from './host-function.ts'
import { modules } from './modules.ts'
import { add, callMethod, mul } from './operators.ts'
import type { Value } from './values.ts'

// Naive datetimes are in the machine's zone; the expected results were made in this one.
process.env.TZ = 'UTC'

/** A template and what Python makes of it: its output or its error's message. */
interface Case {
  readonly t: string
  readonly ok?: string
  readonly msg?: string
}

const cases: readonly Case[] = JSON.parse(readFileSync('tests/fixtures/jinja/modules.json', 'utf8'))

const context = new Map<string, Value>([
  ['modules', modules()],
  ['run_started_at', datetimeFromDate(new Date('2024-03-05T06:07:08.123Z'))],
  [
    'bracketed',
    hostFunction('bracketed', 'match', (match: Value) => {
      const text = callMethod(match, 'group', [], new Map(), 'default')
      return `<${String(text)}>`
    }),
  ],
  ['combined', hostFunction('combined', 'a, b', (a: Value, b: Value) => add(mul(a, 10), b))],
])

const render = (source: string): Omit<Case, 't'> => {
  try {
    const template = parseTemplate({ source, file: 'a.sql' })
    return { ok: renderSync(template, name => context.get(name), { undefined: 'default' }) }
  } catch (error) {
    if (error instanceof NavoError) return { msg: error.message }
    throw error
  }
}

describe('modules', () => {
  it.each(cases)('$t', ({ t, ...expected }) => {
    expect(render(t)).toEqual(expected)
  })

  it('tells of itertools, whose use is deprecated', () => {
    let calls = 0
    const own = modules({ onItertools: () => calls++ })
    const template = parseTemplate({
      source: '{{ modules.itertools.chain([1], [2]) | list }}',
      file: 'a.sql',
    })
    const lookup = (name: string) => (name === 'modules' ? own : undefined)
    expect(renderSync(template, lookup, { undefined: 'default' })).toBe('[1, 2]')
    expect(calls).toBe(1)
  })

  it('takes the time from its caller', () => {
    const own = modules({ now: () => new Date('2020-02-29T12:00:00Z') })
    const template = parseTemplate({
      source: "{{ modules.datetime.datetime.now(modules.pytz.timezone('Asia/Tokyo')) }}",
      file: 'a.sql',
    })
    const lookup = (name: string) => (name === 'modules' ? own : undefined)
    expect(renderSync(template, lookup, { undefined: 'default' })).toBe('2020-02-29 21:00:00+09:00')
  })

  it('waits for replacements that are promises', async () => {
    const later = hostFunction('later', 'match', async () => '-')
    const names = new Map<string, Value>([
      ['modules', modules()],
      ['later', later],
    ])
    const template = parseTemplate({
      source: "{{ modules.re.sub('a', later, 'banana') }} {{ modules.re.subn('a', later, 'a') }}",
      file: 'a.sql',
    })
    const text = await renderAsync(template, name => names.get(name), { undefined: 'default' })
    expect(text).toBe("b-n-n- ('-', 1)")
  })
})
