import { expect, test } from 'vitest'
import { withDependencies } from './macro-dependencies.ts'
import { parseMacros } from './macro-files.ts'

const file = (packageName: string, text: string) => ({ packageName, path: 'macros/m.sql', text })

test('calls by name, by package and through dispatch, as dbt reads them', () => {
  const { nodes, library } = parseMacros(
    [
      file('dbt', "{% macro hash(x) %}{{ adapter.dispatch('hash', 'dbt')(x) }}{% endmacro %}"),
      file('dbt', '{% macro default__hash(x) %}md5({{ x }}){% endmacro %}'),
      file('shop', '{% macro one() %}{{ two() }}{{ utils.far() }}{{ var("x") }}{% endmacro %}'),
      file(
        'shop',
        "{% macro two() %}{% call statement('s') %}{{ dbt.hash(one(), one()) }}{% endcall %}{% endmacro %}",
      ),
      file('shop', '{% macro duckdb__near() %}{% endmacro %}'),
      file(
        'utils',
        "{% macro far() %}{{ return(adapter.dispatch(macro_name='near', macro_namespace='utils')()) }}{% endmacro %}",
      ),
      file('utils', "{% macro gone() %}{{ adapter.dispatch('nowhere', 'utils')() }}{% endmacro %}"),
    ],
    'shop',
    ['dbt'],
    0,
  )
  const found = withDependencies(nodes, {
    library,
    dispatch: new Map(),
    adapters: ['duckdb'],
  })
  const called = Object.fromEntries([...found].map(([id, node]) => [id, node.depends_on.macros]))
  expect(called).toEqual({
    'macro.dbt.hash': ['macro.dbt.default__hash'],
    'macro.dbt.default__hash': [],
    'macro.shop.one': ['macro.shop.two', 'macro.utils.far'],
    'macro.shop.two': ['macro.dbt.hash', 'macro.shop.one'],
    'macro.shop.duckdb__near': [],
    'macro.utils.far': ['macro.shop.duckdb__near'],
    'macro.utils.gone': [],
  })
})
