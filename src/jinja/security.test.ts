import { describe, expect, it } from 'vitest'
import { NavoError } from '../core/errors.ts'
import { parseTemplate, renderAsync, renderNative, renderSync } from './engine.ts'
import { toStr } from './python/text.ts'
import type { Value } from './python/values.ts'

const context = new Map<string, Value>([
  ['f', () => 'f'],
  ['s', 'text'],
])

const outcomes = async (source: string): Promise<readonly unknown[]> => {
  const template = parseTemplate({ source, file: 'm.sql' })
  const lookup = (name: string): Value | undefined => context.get(name)
  const failed = (error: unknown): string => {
    if (error instanceof NavoError) return ''
    throw error
  }
  const attempt = (run: () => Value): Value => {
    try {
      return run()
    } catch (error) {
      return failed(error)
    }
  }
  const results: Value[] = []
  for (const kind of ['default', 'lenient'] as const) {
    results.push(attempt(() => renderSync(template, lookup, { undefined: kind })))
    results.push(attempt(() => toStr(renderNative(template, lookup, { undefined: kind }))))
    results.push(await renderAsync(template, lookup, { undefined: kind }).catch(failed))
  }
  return results
}

describe('no way to JavaScript', () => {
  it.each([
    "''.constructor",
    "''['constructor']",
    "''|attr('constructor')",
    "''.constructor.constructor('return process')()",
    "[].constructor.constructor('return process')()",
    '{}.constructor',
    '{}.__proto__',
    "{}['__proto__']",
    'f.constructor',
    "f.constructor('return process')()",
    "f.call.call('x')",
    'f.prototype',
    's.length.constructor',
    '(1).constructor',
    'true.constructor',
    'range.constructor',
    'namespace().constructor',
    "namespace()['constructor']",
    'dict(a=1).hasOwnProperty',
    '[1]|map(attribute="constructor")|first',
    '{"a": 1}|attr("constructor")',
    'constructor',
    '__proto__',
    'toString',
    'process',
    'globalThis',
    'require',
    'Promise',
    'Function',
    "''.constructor|default('')",
  ])('{{ %s }} gives nothing', async expression => {
    for (const text of await outcomes(`{{ ${expression} }}`)) {
      expect(text).toBe('')
    }
  })

  it.each([
    ['c', 'c'],
    ['k', 'k'],
    ['o', 'o'],
    ['p', 'p'],
    ['S', 'S'],
    ['t_1', 't_1'],
    ['l0_x', 'l0_x'],
  ])('a variable named %s is a variable', async name => {
    expect(await outcomes(`{% set ${name} = '${name}' %}{{ ${name} }}`)).toEqual(
      Array.from({ length: 6 }, () => name),
    )
    expect(await outcomes(`[{{ ${name} }}]`)).toEqual(Array.from({ length: 6 }, () => '[]'))
  })

  it.each([
    `\`\${1}\``,
    `\\u0060\${1}\\u0060`,
    '"+process.exit()+"',
    "');process.exit();('",
    '*/process.exit()/*',
    '</script>\u2028\u2029\u0000',
    '\\',
    '$&$1$$',
  ])('text is text: %s', async text => {
    expect(await outcomes(`${text}{{ s }}`)).toEqual(Array.from({ length: 6 }, () => `${text}text`))
    const quoted = `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
    expect(await outcomes(`{{ ${quoted} ~ '' }}.`)).toEqual(
      Array.from({ length: 6 }, () => `${text}.`),
    )
    expect(await outcomes(`{{ {${quoted}: 1}[${quoted}] }}.`)).toEqual(
      Array.from({ length: 6 }, () => '1.'),
    )
  })

  it('names with special meaning in objects are plain keys', async () => {
    const source =
      "{% set d = {} %}{% do d.update({'__proto__': 1, 'constructor': 2}) %}{% set ns = namespace(toString=3) %}{% set ns.valueOf = 4 %}{{ d }}{{ ns.toString }}{{ ns.valueOf }}{{ d['constructor'] }}."
    expect(await outcomes(source)).toEqual(
      Array.from({ length: 6 }, () => "{'__proto__': 1, 'constructor': 2}342."),
    )
  })
})
