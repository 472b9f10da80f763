import { describe, expect, it } from 'vitest'
import { Lexer } from './lexer.ts'
import { PyFloat } from './python/values.ts'
import type { Token } from './tokens.ts'

const lex = (source: string): readonly Token[] => {
  const lexer = new Lexer({ source, file: 'a.sql' })
  const tokens: Token[] = []
  for (;;) {
    const token = lexer.nextToken()
    if (token.type === 'eof') return tokens
    tokens.push(token)
  }
}

const show = (source: string): string =>
  lex(source)
    .map(({ type, value }) => (type === value ? type : `${type}:${JSON.stringify(value)}`))
    .join(' ')

describe('text and tags', () => {
  it('splits text, prints and statements', () => {
    expect(show('a {{ b }} c {% d %}')).toBe(
      'data:"a " variable-start:"{{" symbol:"b" variable-end:"}}" data:" c " block-start:"{%" symbol:"d" block-end:"%}"',
    )
  })

  it('ends a tag only when its brackets are closed', () => {
    expect(show("{{ {'a': {}} }}")).toBe(
      'variable-start:"{{" { string:"a" : { } } variable-end:"}}"',
    )
  })

  it('strips blanks where the tag says so', () => {
    expect(show('a \n{{- 1 -}}\n b')).toBe(
      'data:"a" variable-start:"{{" int:1 variable-end:"}}" data:"b"',
    )
  })

  it('keeps them behind a plus', () => {
    expect(show('a {%+ b +%} c')).toBe(
      'data:"a " block-start:"{%" symbol:"b" block-end:"%}" data:" c"',
    )
  })

  it('drops one final line end and makes all of them \\n', () => {
    expect(lex('a\r\nb\rc\n\n').map(token => token.value)).toEqual(['a\nb\nc\n'])
  })

  it('leaves raw blocks and comments alone', () => {
    expect(show('{% raw %}{{ x }}{#{% endraw %}a{# }} #}b')).toBe(
      'data:"{{ x }}{#" data:"a" data:"b"',
    )
  })
})

describe('values', () => {
  it('reads numbers as Python does', () => {
    expect(lex('{{ 1_000 0xff 0b11 0o7 9007199254740993 }}').map(token => token.value)).toEqual([
      '{{',
      1000,
      255,
      3,
      7,
      9007199254740993n,
      '}}',
    ])
    expect(lex('{{ 1.5 1e3 }}').map(token => token.value)).toEqual([
      '{{',
      1.5,
      new PyFloat(1000),
      '}}',
    ])
  })

  it('unescapes strings and keeps unknown escapes', () => {
    expect(lex(String.raw`{{ 'a\n\x41\u00e9\d\'' }}`)[1]?.value).toBe("a\nAé\\d'")
  })

  it('lets strings hide the end of a tag', () => {
    expect(lex("{{ '}}' }}")[1]?.value).toBe('}}')
  })

  it('takes names of any script', () => {
    expect(lex('{{ größe_2 }}')[1]?.value).toBe('größe_2')
  })
})

describe('places', () => {
  it('counts lines and columns from zero', () => {
    const name = lex('a\n\n  {{ foo }}')[2]
    expect(name).toMatchObject({ value: 'foo', lineno: 2, colno: 5, endColno: 8 })
  })

  it('counts lines of carriage returns once', () => {
    expect(lex('a\r\nb\r{{ foo }}')[2]).toMatchObject({ lineno: 2, colno: 3 })
  })
})

describe('errors', () => {
  it.each([
    ['{{ (1] }}', "unexpected ']', expected ')'"],
    ['{{ 1) }}', "unexpected ')'"],
    ["{{ 'a }}", 'unexpected char "\'" at 3'],
    ['{{ a ? }}', "unexpected char '?' at 5"],
    ['{# a', 'Missing end of comment tag'],
    ['{% raw %} a', 'Missing end of raw directive'],
  ])('%s', (source, message) => {
    expect(() => lex(source)).toThrow(message)
  })

  it('are placed in the file', () => {
    const lexer = new Lexer({ source: 'x\n{{ ? }}', file: 'm.sql', line: 10, column: 5 })
    lexer.nextToken()
    lexer.nextToken()
    expect(() => lexer.nextToken()).toThrow(
      expect.objectContaining({ at: { file: 'm.sql', line: 11, column: 4 } }),
    )
  })
})
