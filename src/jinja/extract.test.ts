import { describe, expect, it } from 'vitest'
import { extract, parseBlocks, parseTemplate } from './engine.ts'

const of = (source: string) => extract(parseTemplate({ source, file: 'm.sql' }))
const doubts = (source: string) =>
  of(source).undecidable.map(({ reason, name }) => `${reason} ${name}`)
const used = (source: string) =>
  of(source).uses.map(
    ({ name, called, conditional }) => `${name}${called ? '()' : ''}${conditional ? '?' : ''}`,
  )

describe('refs, sources and configs', () => {
  it('are listed in order with their places', () => {
    const { refs, sources, undecidable } = of(
      "select * from {{ ref('a') }} join {{ source('s', 't') }}\njoin {{ ref('p', 'b', v=2) }}",
    )
    expect(refs).toEqual([
      {
        package: null,
        name: 'a',
        version: null,
        at: { file: 'm.sql', line: 1, column: 18, endColumn: 26 },
      },
      {
        package: 'p',
        name: 'b',
        version: 2,
        at: { file: 'm.sql', line: 2, column: 9, endColumn: 27 },
      },
    ])
    expect(sources).toMatchObject([{ source: 's', table: 't' }])
    expect(undecidable).toEqual([])
  })

  it('are found wherever they are sure to be evaluated', () => {
    const source =
      "{% set a = ref('a') %}{{ f(x=ref('b')).y | g(ref('c')) }}{% if ref('d') %}{% endif %}{% for x in [ref('e')] %}{% endfor %}{% set z %}{{ ref('f') }}{% endset %}{% with q = ref('g') %}{{ ref('h') }}{% endwith %}{{ ref('i').identifier }}{% filter upper %}{{ ref('j') }}{% endfilter %}"
    expect(of(source).refs.map(ref => ref.name)).toEqual([...'abcdefghij'])
    expect(doubts(source)).toEqual([])
  })

  it('take literal values of all plain types', () => {
    const { configs } = of(
      "{{ config(materialized='table', tags=['a', 'b'], meta={'k': {'n': -1, 'f': 1.5}}, enabled=true, alias=none) }}{{ config({'x': 1}) }}",
    )
    expect(configs.map(config => config.values)).toEqual([
      {
        materialized: 'table',
        tags: ['a', 'b'],
        meta: { k: { n: -1, f: 1.5 } },
        enabled: true,
        alias: null,
      },
      { x: 1 },
    ])
  })

  it('survive JSON, so that they can be cached', () => {
    const extraction = of("{{ config(meta={'__proto__': 1}) }}{{ ref('a') }}{{ var('b', [1]) }}")
    expect(JSON.parse(JSON.stringify(extraction))).toEqual(extraction)
  })
})

describe('what only rendering can tell', () => {
  it.each([
    ["{% if x %}{{ ref('a') }}{% endif %}", 'conditional ref'],
    ["{% if x %}{% else %}{{ source('a', 'b') }}{% endif %}", 'conditional source'],
    ["{{ ref('a') if x else 1 }}", 'conditional ref'],
    ["{{ x and ref('a') }}", 'conditional ref'],
    ["{% for i in x %}{{ ref('a') }}{% endfor %}", 'conditional ref'],
    ['{% for i in x %}{% else %}{{ config(a=1) }}{% endfor %}', 'conditional config'],
    ["{% call f() %}{{ ref('a') }}{% endcall %}", 'conditional ref'],
    ["{% macro f() %}{{ ref('a') }}{% endmacro %}", 'conditional ref'],
    ['{{ ref(x) }}', 'dynamic-argument ref'],
    ["{{ ref('a' ~ x) }}", 'dynamic-argument ref'],
    ["{{ ref(*['a']) }}", 'dynamic-argument ref'],
    ["{{ ref('a', v=x) }}", 'dynamic-argument ref'],
    ["{{ ref('a', other=1) }}", 'dynamic-argument ref'],
    ['{{ ref() }}', 'dynamic-argument ref'],
    ["{{ source('a') }}", 'dynamic-argument source'],
    ["{{ source('a', 'b', 'c') }}", 'dynamic-argument source'],
    ["{{ config(materialized=var('m')) }}", 'dynamic-argument config'],
    ['{{ config() }}', 'dynamic-argument config'],
    ["{{ config({'a': 1}, b=2) }}", 'dynamic-argument config'],
    ['{{ config(a=1.0) }}', 'dynamic-argument config'],
    ["{{ config(meta={'1': 2}) }}", 'dynamic-argument config'],
    ["{% set f = ref %}{{ f('a') }}", 'indirect ref'],
    ["{{ builtins.ref('a') }}", 'indirect builtins'],
    ["{{ context['ref']('a') }}", 'indirect context'],
    ["{{ render('x') }}", 'indirect render'],
    ["{{ config.set('a', 1) }}", 'indirect config'],
    ["{% set ref = f %}{{ ref('a') }}", 'shadowed ref'],
    ["{% for ref in x %}{{ ref('a') }}{% endfor %}", 'shadowed ref'],
    ['{{ adapter.dispatch(x)() }}', 'dynamic-dispatch adapter.dispatch'],
  ])('%s', (source, doubt) => {
    expect(doubts(source)).toContain(doubt)
  })

  it.each([
    "{{ config.get('a') }}{{ config.require('b') }}",
    '{% if is_incremental() %}{{ this }}{% endif %}',
    "{% set reference = 1 %}{{ ref('a') }}",
    '{% raw %}{{ ref(x) }}{% endraw %}{# {{ ref(x) }} #}',
    "{{ 'ref(x)' }}",
    '{{ x.ref }}',
  ])('not %s', source => {
    expect(doubts(source)).toEqual([])
  })
})

describe('uses', () => {
  it('lists names of the context, dotted, once', () => {
    expect(
      used(
        '{{ dbt_utils.star(from=this) }}{{ this }}{% if execute and f() %}{{ g(x.y) }}{% endif %}{{ f }}',
      ),
    ).toEqual(['dbt_utils.star()', 'this', 'execute', 'f()', 'g()?', 'x.y?'])
  })

  it('leaves out variables of the template', () => {
    expect(
      used(
        '{% set a = b %}{{ a.c() }}{% for i, j in l %}{{ i }}{{ j() }}{{ loop.index }}{% endfor %}{% macro m(p) %}{{ p() }}{{ caller() }}{{ varargs }}{% endmacro %}{{ m(1) }}',
      ),
    ).toEqual(['b', 'l'])
  })

  it('knows where a variable may still be the context’s', () => {
    expect(used('{{ x }}{% set x = 1 %}')).toEqual(['x'])
    expect(used('{% if c %}{% set x = 1 %}{% endif %}{{ x() }}')).toEqual(['x', 'c'])
    expect(used('{% for i in l %}{% set x = 1 %}{% endfor %}{{ x() }}')).toEqual(['l', 'x()'])
  })

  it('looks into filters, tests, defaults and subscripts', () => {
    expect(
      used('{{ a | f(b) is t(c) }}{{ d[e][1:g] }}{% macro m(p=h) %}{% endmacro %}{{ {i: j} }}'),
    ).toEqual(['a', 'b', 'c', 'd', 'e', 'g', 'h?', 'i', 'j'])
  })
})

describe('variables and dispatch', () => {
  it('lists var and env_var with their defaults', () => {
    const { vars, envVars } = of(
      "{{ var('a') }}{{ var('b', none) }}{{ var(x, [1]) }}{{ var('c', default=y) }}{{ env_var('E', 'd') }}",
    )
    expect(vars.map(({ at, ...rest }) => rest)).toEqual([
      { name: 'a', hasDefault: false },
      { name: 'b', hasDefault: true, default: null },
      { name: null, hasDefault: true, default: [1] },
      { name: 'c', hasDefault: true },
    ])
    expect(envVars).toMatchObject([{ name: 'E', default: 'd' }])
  })

  it('lists dispatches', () => {
    const { dispatches, uses } = of(
      "{{ adapter.dispatch('a', 'dbt')(1) }}{{ adapter.dispatch(macro_name='b', macro_namespace='p')(f()) }}{{ adapter.dispatch('c')() }}",
    )
    expect(dispatches.map(({ at, ...rest }) => rest)).toEqual([
      { macro: 'a', namespace: 'dbt' },
      { macro: 'b', namespace: 'p' },
      { macro: 'c', namespace: null },
    ])
    expect(uses.map(use => use.name)).toEqual(['adapter.dispatch', 'f'])
  })
})

describe('of a block', () => {
  it('sees its body, its defaults and not its parameters', () => {
    const [block] = parseBlocks(
      {
        source: "\n{% macro m(a, b=c()) %}{{ ref('x') }}{{ a() }}{{ m() }}{% endmacro %}",
        file: 'm.sql',
      },
      ['macro'],
    )
    const { refs, uses } = extract(block!)
    expect(refs).toMatchObject([{ name: 'x', at: { file: 'm.sql', line: 2 } }])
    expect(uses.map(use => use.name)).toEqual(['c', 'ref', 'm'])
  })
})
