import { describe, expect, it } from 'vitest'
import { highlightSql } from './highlight-sql.ts'

const marked = (code: string): string =>
  highlightSql(code)
    .map(({ type, text }) => (type === 'plain' ? text : `⟨${type}:${text}⟩`))
    .join('')

describe('highlightSql', () => {
  it.each([
    ['select a', '⟨keyword:select⟩ a'],
    ["where x = 'it''s'", "⟨keyword:where⟩ x = ⟨string:'it''s'⟩"],
    ['-- note\n1', '⟨comment:-- note⟩\n⟨number:1⟩'],
    ['a - b / c', 'a - b / c'],
    ['count(*)', '⟨function:count⟩(*)'],
    ['"select"', '"select"'],
    [
      "from {{ ref('a', v=2) }}",
      "⟨keyword:from⟩ ⟨jinja:{{⟩ ⟨function:ref⟩(⟨reference:'a'⟩, v=⟨number:2⟩) ⟨jinja:}}⟩",
    ],
    [
      "{{ source('r', 't') }}",
      "⟨jinja:{{⟩ ⟨function:source⟩(⟨reference:'r'⟩, ⟨reference:'t'⟩) ⟨jinja:}}⟩",
    ],
    ["{{ var('a') }}", "⟨jinja:{{⟩ ⟨function:var⟩(⟨string:'a'⟩) ⟨jinja:}}⟩"],
    ['{% if x -%}', '⟨jinja:{%⟩ ⟨keyword:if⟩ x ⟨jinja:-%}⟩'],
    ['{# a {{ b }} #}', '⟨comment:{# a {{ b }} #}⟩'],
  ])('%s', (code, expected) => {
    expect(marked(code)).toBe(expected)
  })

  it.each(["select 'open", '{{ open', '/* open', '$$ body', '{% x', '€ — 𝒳 \u0000', '"'])(
    'loses nothing of %j',
    code => {
      expect(
        highlightSql(code)
          .map(token => token.text)
          .join(''),
      ).toBe(code)
    },
  )
})
