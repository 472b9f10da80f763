import { describe, expect, it } from 'vitest'
import { CompilationError, DatabaseError, NavoError } from '../core/errors.ts'
import {
  type BlockDefinition,
  macroFunction,
  parseBlocks,
  parseTemplate,
  renderAsync,
  renderSync,
  returnFunction,
} from './engine.ts'
import { hostFunction } from './python/host-function.ts'
import type { Value } from './python/values.ts'

type Context = Readonly<Record<string, Value>>

const lookupIn = (context: Context) => (name: string) =>
  Object.hasOwn(context, name) ? context[name] : undefined

const defaults = { undefined: 'default' } as const

const render = (source: string, context: Context = {}): string =>
  renderSync(parseTemplate({ source, file: 'm.sql' }), lookupIn(context), defaults)

const renderLater = (source: string, context: Context = {}): Promise<string> =>
  renderAsync(parseTemplate({ source, file: 'm.sql' }), lookupIn(context), defaults)

const block = (source: string): BlockDefinition =>
  parseBlocks({ source, file: 'macros/a.sql' }, ['macro', 'materialization'])[0]!

const errorOf = (run: () => unknown): NavoError => {
  try {
    run()
  } catch (error) {
    if (error instanceof NavoError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** A context whose names include macros, bound to that same context. */
const project = (mode: 'sync' | 'async', files: string, others: Context = {}): Context => {
  const context: Record<string, Value> = { return: returnFunction, ...others }
  for (const definition of parseBlocks({ source: files, file: 'macros/a.sql' }, ['macro'])) {
    context[definition.name] = macroFunction(definition, {
      ...defaults,
      mode,
      lookup: lookupIn(context),
    })
  }
  return context
}

const slowly = (name: string, log: string[] = []): Value =>
  hostFunction(name, 'value', async (value: string) => {
    log.push(value)
    await new Promise(resolve => setTimeout(resolve, 1))
    return `<${value}>`
  })

describe('macros of a project', () => {
  it('call each other through the context', () => {
    const context = project(
      'sync',
      '{% macro a(x) %}a{{ b(x) }}{% endmacro %}{% macro b(x) %}b{{ x }}{% endmacro %}',
    )
    expect(render('{{ a(1) }}', context)).toBe('ab1')
  })

  it('see the context under their own name', () => {
    const context = project('sync', '{% macro a(n) %}{{ n }}{{ a(n) }}{% endmacro %}')
    const recursive = { ...context, a: context.a! }
    expect(() => render('{{ a(1) }}', recursive)).toThrow('maximum recursion depth exceeded')
    const inner = macroFunction(block('{% macro a() %}{{ a }}{% endmacro %}'), {
      ...defaults,
      mode: 'sync',
      lookup: lookupIn({ a: 'from the context' }),
    })
    expect(inner([], new Map())).toBe('from the context')
  })

  it('do not see variables of their file', () => {
    const context = project('sync', '{% set v = 1 %}{% macro a() %}[{{ v }}]{% endmacro %}')
    expect(render('{{ a() }}', context)).toBe('[]')
  })

  it('return values of any type', () => {
    const context = project(
      'sync',
      '{% macro a() %}text{{ return([1, 2]) }}more{% endmacro %}{% macro b() %}{% for x in [1, 2] %}{% if x == 2 %}{% do return(x) %}{% endif %}{% endfor %}{% endmacro %}',
    )
    expect(render('{{ a() | length }}{{ b() + 1 }}', context)).toBe('23')
  })

  it('return from within a call block what its caller gets to see', () => {
    const context = project(
      'sync',
      '{% macro a() %}{% set x = caller() %}never{% endmacro %}{% macro b() %}{% call a() %}{{ return("early") }}{% endcall %}!{% endmacro %}',
    )
    expect(render('{{ b() }}', context)).toBe('early!')
  })

  it('let a project replace return', () => {
    const context = project('sync', '{% macro a() %}{{ return(1) }}x{% endmacro %}', {
      return: hostFunction('return', 'value', (value: Value) => [value]),
    })
    expect(render('{{ a() }}', context)).toBe('[1]x')
  })

  it('reject a return outside of any', () => {
    expect(() => render('{{ return(1) }}', { return: returnFunction })).toThrow(
      'return() was called outside of a macro',
    )
  })

  it('are compiled once and bound cheaply', () => {
    const definition = block('{% macro a() %}{{ x }}{% endmacro %}')
    const bound = [1, 2].map(x =>
      macroFunction(definition, { ...defaults, mode: 'sync', lookup: lookupIn({ x }) }),
    )
    expect(bound.map(call => call([], new Map()))).toEqual(['1', '2'])
    expect(Object.keys(definition.macro!.compiled)).toEqual(['sync'])
  })

  it('say in dbt’s words that arguments are wrong', () => {
    const context = project('sync', '{% macro a(x) %}{% endmacro %}')
    const error = errorOf(() => render('\n{{ a(1, 2) }}', context))
    expect(error.message).toBe("macro 'dbt_macro__a' takes not more than 1 argument(s)")
    expect(error.at).toMatchObject({ file: 'macros/a.sql', line: 1 })
    expect(error.frames.map(frame => frame.name)).toEqual(['m.sql', 'a'])
  })
})

describe('errors', () => {
  it('name the place of the innermost operation, and all calls on the way', () => {
    const context = project(
      'sync',
      '{% macro a(x) %}\n  {{ b(x) }}\n{% endmacro %}\n{% macro b(x) %}\n\n  {{ x.y.z }}{% endmacro %}',
    )
    const error = errorOf(() => render('select\n{{ a({}) }}', context))
    expect(error).toBeInstanceOf(CompilationError)
    expect(error.message).toBe("'dict object' has no attribute 'y'")
    expect(error.code).toBe('jinja-undefined')
    expect(error.at).toEqual({ file: 'macros/a.sql', line: 6, column: 6, endColumn: 11 })
    expect(error.frames).toEqual([
      { name: 'm.sql', at: { file: 'm.sql', line: 2, column: 4, endColumn: 9 } },
      { name: 'a', at: { file: 'macros/a.sql', line: 2, column: 6, endColumn: 10 } },
      { name: 'b', at: { file: 'macros/a.sql', line: 6, column: 6, endColumn: 11 } },
    ])
  })

  it('are the same in async code', async () => {
    const context = project('async', '{% macro a(x) %}{{ slow(1) }}{{ x() }}{% endmacro %}', {
      slow: slowly('slow'),
    })
    const error = await renderLater('{{ a() }}', context).catch(thrown => thrown)
    expect(error.message).toBe("parameter 'x' was not provided")
    expect(error.frames.map((frame: { name: string }) => frame.name)).toEqual(['m.sql', 'a'])
  })

  it('of host functions keep their class', () => {
    const context = {
      query: hostFunction('query', '', () => {
        throw new DatabaseError('no such table')
      }),
    }
    const error = errorOf(() => render('\n {{ query() }}', context))
    expect(error).toBeInstanceOf(DatabaseError)
    expect(error.at).toMatchObject({ file: 'm.sql', line: 2, column: 5 })
  })

  it('that cannot be changed get their place all the same', () => {
    const context = {
      query: hostFunction('query', '', () => {
        throw Object.freeze(new DatabaseError('no such table'))
      }),
    }
    const error = errorOf(() => render('{{ query() }}', context))
    expect(error).toBeInstanceOf(DatabaseError)
    expect(error).toMatchObject({ message: 'no such table', at: { file: 'm.sql', line: 1 } })
  })

  it('that are bugs stay as they are', () => {
    const bug = new TypeError('x is not a function')
    const context = {
      f: hostFunction('f', '', () => {
        throw bug
      }),
    }
    expect(() => render('{{ f() }}', context)).toThrow(bug)
  })

  it('in a text inside of a file are placed in the file', () => {
    const template = parseTemplate({
      source: 'a\n{{ 1 + none }}',
      file: 'x.yml',
      line: 7,
      column: 9,
    })
    const error = errorOf(() => renderSync(template, () => undefined, defaults))
    expect(error.at).toMatchObject({ file: 'x.yml', line: 8, column: 4 })
  })

  it('of runaway recursion end and stay readable', () => {
    const context = project('sync', '{% macro a() %}{{ a() }}{% endmacro %}')
    const error = errorOf(() => render('{{ a() }}', context))
    expect(error.message).toBe('maximum recursion depth exceeded')
    expect(error.frames.length).toBeLessThanOrEqual(100)
    expect(error.frames[0]?.name).toBe('m.sql')
  })
})

describe('async rendering', () => {
  it('awaits calls in order, wherever they stand', async () => {
    const log: string[] = []
    const context = { slow: slowly('slow', log), l: [1, 2] }
    const source =
      "{{ slow('a') ~ slow('b') }}{% set x = slow('c') %}{% for i in l if slow('d') %}{{ [slow('e')][0] }}{% endfor %}{% if slow('f') == '<f>' %}{{ slow(slow('g')) | upper }}{% endif %}{{ x }}"
    expect(await renderLater(source, context)).toBe('<a><b><e><e><<G>><c>')
    expect(log).toEqual(['a', 'b', 'c', 'd', 'd', 'e', 'e', 'f', 'g', '<g>'])
  })

  it('awaits macros, callers and recursive loops', async () => {
    const context = project(
      'async',
      '{% macro a() %}[{{ caller(1) }}{{ slow("x") }}]{% endmacro %}{% macro b(x=slow("d")) %}{{ return(x) }}{% endmacro %}',
      { slow: slowly('slow') },
    )
    expect(await renderLater('{% call(n) a() %}{{ slow("c") }}{{ n }}{% endcall %}', context)).toBe(
      '[<c>1<x>]',
    )
    expect(await renderLater('{{ b() }}', context)).toBe('<d>')
    expect(
      await renderLater(
        '{% for i in [1, 2] recursive %}{{ slow(i) }}{% if i == 1 %}({{ loop([3]) }}){% endif %}{% endfor %}',
        context,
      ),
    ).toBe('<1>(<3>)<2>')
  })

  it('short-circuits as the synchronous code does', async () => {
    const log: string[] = []
    const context = { slow: slowly('slow', log) }
    expect(
      await renderLater(
        "{{ false and slow('a') }}{{ 1 or slow('b') }}{{ slow('c') if 0 else 2 }}",
        context,
      ),
    ).toBe('False12')
    expect(log).toEqual([])
  })

  it('keeps two renders of one template apart', async () => {
    const template = parseTemplate({ source: '{% set x = slow(n) %}{{ n }}{{ x }}', file: 'm.sql' })
    const results = await Promise.all(
      [1, 2, 3].map(n => renderAsync(template, lookupIn({ n, slow: slowly('slow') }), defaults)),
    )
    expect(results).toEqual(['1<1>', '2<2>', '3<3>'])
  })
})
