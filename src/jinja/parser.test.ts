import { describe, expect, it } from 'vitest'
import { CompilationError } from '../core/errors.ts'
import type { Expression, Slice } from './expressions.ts'
import { Parser } from './parser.ts'

const parse = (source: string) => new Parser({ source, file: 'a.sql' }).parseAsRoot()

const fails = (source: string): CompilationError => {
  try {
    parse(source)
  } catch (error) {
    if (error instanceof CompilationError) return error
    throw error
  }
  throw new Error(`parsed: ${source}`)
}

// Fully bracketed, so that precedence shows.
const show = (node: Expression | Slice): string => {
  switch (node.typename) {
    case 'Literal':
      return JSON.stringify(node.value)
    case 'Symbol':
      return node.value
    case 'Array':
      return `[${node.children.map(show).join(' ')}]`
    case 'Tuple':
      return `(${node.children.map(child => `${show(child)},`).join('')})`
    case 'Attribute':
      return `${show(node.target)}.${node.name}`
    case 'LookupVal':
      return `${show(node.target)}[${show(node.key)}]`
    case 'Slice':
      return [node.start, node.stop, node.step].map(part => (part ? show(part) : '')).join(':')
    case 'FunCall': {
      const { positional, keywords, list, dict } = node.args
      const shown = [
        ...positional.map(show),
        ...keywords.map(({ name, value }) => `${name}=${show(value)}`),
        ...(list ? [`*${show(list)}`] : []),
        ...(dict ? [`**${show(dict)}`] : []),
      ]
      return `${show(node.callee)}(${shown.join(' ')})`
    }
    case 'Filter':
      return `(${node.input ? show(node.input) : ''}|${node.name})`
    case 'Is':
      return `(${[show(node.value), 'is', node.name, ...node.args.positional.map(show)].join(' ')})`
    case 'BinOp':
      return `(${show(node.left)} ${node.operator} ${show(node.right)})`
    case 'UnaryOp':
      return `(${node.operator} ${show(node.operand)})`
    case 'Compare':
      return `(${show(node.first)}${node.operands.map(o => ` ${o.operator} ${show(o.value)}`).join('')})`
    case 'InlineIf':
      return `(${show(node.condition)} ? ${show(node.body)} : ${node.otherwise ? show(node.otherwise) : ''})`
    default:
      return node.typename
  }
}

const expression = (source: string): string => {
  const [output] = parse(`{{ ${source} }}`).children
  if (output?.typename !== 'Output') throw new Error('no output')
  return show(output.children[0] as Expression)
}

describe('expressions', () => {
  it.each([
    ['a + b * c', '(a + (b * c))'],
    ['a * b // c % d', '(((a * b) // c) % d)'],
    ['a ~ b + c', '((a ~ b) + c)'],
    ['a ~ b * c', '(a ~ (b * c))'],
    ['-a ** b', '((- a) ** b)'],
    ['-a | f', '((- a)|f)'],
    ['a ** b ** c', '((a ** b) ** c)'],
    ['not a in b', '(not (a in b))'],
    ['a not in b', '(a not in b)'],
    ['a < b <= c == d', '(a < b <= c == d)'],
    ['a or b and not c', '(a or (b and (not c)))'],
    ['a is f and b', '((a is f) and b)'],
    ['a is not f b', '(not (a is f b))'],
    ['a is f(1) | g', '((a is f 1)|g)'],
    ['not a is none', '(not (a is none))'],
    ['a if b else c if d else e', '(b ? a : (d ? c : e))'],
    ['a if b', '(b ? a : )'],
    ['a.b[0].c(1)', 'a.b[0].c(1)'],
    ['a.0.b', 'a[0].b'],
    ['a[1:2]', 'a[1:2:]'],
    ['a[::-1]', 'a[::(- 1)]'],
    ['a[1, 2]', 'a[(1,2,)]'],
    ["'a' 'b' ~ c", '("ab" ~ c)'],
    ['f(1, *b, c=2, **d)', 'f(1 c=2 *b **d)'],
    ['f(a, b=1,)', 'f(a b=1)'],
    ['a, b', '(a,b,)'],
    ['()', '()'],
    ['(a,)', '(a,)'],
    ['a | f.g | h(1)', '((a|f.g)|h)'],
    ['a | f(1)(2)', '(a|f)(2)'],
  ])('%s', (source, expected) => {
    expect(expression(source)).toBe(expected)
  })

  it('keeps the place of a call from its name to its bracket', () => {
    const [output] = parse("\n  {{ ref('a') }}").children.slice(-1)
    const call = output?.typename === 'Output' ? output.children.at(-1) : undefined
    expect(call).toMatchObject({ lineno: 1, colno: 5, endColno: 13 })
  })
})

describe('statements', () => {
  it.each([
    ['{% set a, (b, c) = x %}', 'Set'],
    ['{% set a | upper %}x{% endset %}', 'SetBlock'],
    ['{% set ns.a = 1 %}', 'Set'],
    ['{% for a, b in c if d recursive %}{% else %}{% endfor %}', 'For'],
    ['{% do a.b() %}', 'Do'],
    ['{% call(a, b=1) f(2) %}{% endcall %}', 'CallBlock'],
    ['{% filter a | b(1) %}{% endfilter %}', 'FilterBlock'],
    ['{% with a = 1, b = 2 %}{% endwith %}', 'With'],
    ['{% block a %}{% endblock a %}', 'Block'],
    ["{% include 'a' ignore missing with context %}", 'TemplateRef'],
  ])('%s', (source, typename) => {
    expect(parse(source).children.map(child => child.typename)).toEqual([typename])
  })

  it.each([
    ['{% macro m(a, b=1) %}{% endmacro %}', 'm', 'macro'],
    ['{% test t(model) %}{% endtest %}', 'test_t', 'test'],
    ['{% data_test t(model) %}{% enddata_test %}', 'test_t', 'test'],
    [
      '{% materialization m, default %}{% endmaterialization %}',
      'materialization_m_default',
      'materialization',
    ],
    [
      "{% materialization m, adapter='duckdb', supported_languages=['sql', 'python'] %}{% endmaterialization %}",
      'materialization_m_duckdb',
      'materialization',
    ],
    ['{% docs d %}text{% enddocs %}', 'dbt_docs__d', 'docs'],
  ])('%s', (source, name, kind) => {
    expect(parse(source).children).toMatchObject([
      { typename: 'Macro', name, definition: { kind } },
    ])
  })

  it('tolerates types of macro parameters', () => {
    const [macro] = parse(
      '{% macro m(a: str, b: Dict[str, List[int]] = none) %}{% endmacro %}',
    ).children
    expect(macro).toMatchObject({
      params: [
        { name: 'a', type: 'str' },
        { name: 'b', type: 'Dict[str,List[int]]' },
      ],
    })
  })
})

describe('errors', () => {
  it('says what dbt says of a materialization', () => {
    expect(fails('{% materialization m, x=1 %}{% endmaterialization %}').message).toBe(
      "materialization 'm' received unknown argument 'x'.",
    )
  })

  it('is placed at the wrong token', () => {
    expect(fails('a\n{% if x %}\n  {{ a b }}{% endif %}').at).toEqual({
      file: 'a.sql',
      line: 3,
      column: 8,
      endColumn: 9,
    })
  })
})
