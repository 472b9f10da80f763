import { describe, expect, it } from 'vitest'
import { parseBlocks } from './blocks.ts'
import type { BlockKind } from './template.ts'

const macroKinds: readonly BlockKind[] = ['macro', 'test', 'data_test', 'materialization']
const blocks = (source: string, kinds = macroKinds) => parseBlocks({ source, file: 'm.sql' }, kinds)

describe('parseBlocks', () => {
  it('finds each block and ignores what stands around it', () => {
    const source =
      'text {{ broken }}\n{# {% macro no() %} #}\n{% macro a(x, y=1) %}1{% endmacro %}\n{% macro b() %}{% endmacro %}'
    expect(blocks(source)).toMatchObject([
      {
        kind: 'macro',
        name: 'a',
        args: [
          { name: 'x', hasDefault: false },
          { name: 'y', hasDefault: true },
        ],
        at: { file: 'm.sql', line: 3, column: 1 },
        source: '{% macro a(x, y=1) %}1{% endmacro %}',
      },
      { name: 'b', at: { line: 4, column: 1 } },
    ])
  })

  it('counts stripped blanks to the block, as dbt does', () => {
    expect(blocks('x\n  {%- macro a() -%}1{%- endmacro -%}\n\nx')[0]?.source).toBe(
      '\n  {%- macro a() -%}1{%- endmacro -%}\n\n',
    )
  })

  it('names tests and materializations as dbt does', () => {
    const source =
      "{% test t(model) %}{% endtest %}{% materialization m, adapter='duckdb' %}{% endmaterialization %}"
    expect(blocks(source)).toMatchObject([
      { kind: 'test', name: 'test_t', shortName: 't' },
      {
        kind: 'materialization',
        name: 'materialization_m_duckdb',
        adapter: 'duckdb',
        supportedLanguages: ['sql'],
      },
    ])
  })

  it('hands out the text of docs and snapshots with its place', () => {
    const source = "# Title\n{% docs d %}\nIt's {{ raw }} & {% odd\n%}\n{% enddocs %}"
    expect(blocks(source, ['docs'])).toMatchObject([
      { name: 'd', body: { source: "\nIt's {{ raw }} & {% odd\n%}\n", line: 2, column: 13 } },
    ])
    expect(blocks('{% snapshot s %}select 1{% endsnapshot %}', ['snapshot'])).toMatchObject([
      { kind: 'snapshot', name: 's', body: { source: 'select 1', file: 'm.sql' } },
    ])
  })

  it('places syntax errors in the file', () => {
    expect(() => blocks('\n\n{% macro a() %}\n {{ b c }}{% endmacro %}')).toThrow(
      expect.objectContaining({
        message: "expected token 'end of print statement', got 'c'",
        at: { file: 'm.sql', line: 4, column: 7, endColumn: 8 },
      }),
    )
  })

  it.each([
    ['{% macro a() %}', 'Reached EOF without finding a close tag for macro (searched from line 1)'],
    [
      '{% macro a() %}{% macro b() %}{% endmacro %}{% endmacro %}',
      'Got nested tags: macro (started at 0) did not have a matching {{% endmacro %}} before a subsequent macro was found (started at 15)',
    ],
    [
      '{% if x %}\n{% macro a() %}{% endmacro %}{% endif %}',
      'Got a block definition inside control flow at 2:0. All dbt block definitions must be at the top level',
    ],
    [
      '{% endif %}',
      'Got an unexpected control flow end tag, got endif but never saw a preceeding if (@ 1:0)',
    ],
    [
      '{% if x %}{% endfor %}',
      'Got an unexpected control flow end tag, got endfor but expected endif next (@ 1:10)',
    ],
    ['{{ a', 'unexpected EOF, expected }}, got " a"'],
    ['{# a', 'unexpected EOF, expected #}, got " a"'],
  ])('%s', (source, message) => {
    expect(() => blocks(source)).toThrow(message)
  })

  it('looks past strings and raw blocks', () => {
    const source = `{{ '{% macro no() %}' }}{% raw %}{% macro no() %}{% endraw %}{% set x = "%}" %}{% macro yes() %}{% endmacro %}`
    expect(blocks(source).map(block => block.name)).toEqual(['yes'])
  })
})
