import { expect, it } from 'vitest'
import { literalEval } from '../python/literal-eval.ts'
import { prettyPrint } from './pretty-print.ts'

const words =
  'the quick brown fox jumps over the lazy dog and then some more of it follows until it wraps'

// What Python's pprint.pformat gives.
it.each([
  ["{'b': 1, 'a': [1, 2]}", "{'a': [1, 2], 'b': 1}"],
  [
    "{'name': 'orders', 'columns': ['order_id', 'customer_id', 'order_date', 'status', 'amount', 'currency'], 'config': {'materialized': 'table', 'tags': ('nightly', 'finance')}}",
    "{'columns': ['order_id',\n             'customer_id',\n             'order_date',\n             'status',\n             'amount',\n             'currency'],\n 'config': {'materialized': 'table', 'tags': ('nightly', 'finance')},\n 'name': 'orders'}",
  ],
  [
    `'${words}'`,
    "('the quick brown fox jumps over the lazy dog and then some more of it follows '\n 'until it wraps')",
  ],
  [
    `['${words}', 1]`,
    "['the quick brown fox jumps over the lazy dog and then some more of it follows '\n 'until it wraps',\n 1]",
  ],
  [`('${'x'.repeat(90)}',)`, `('${'x'.repeat(90)}',)`],
  [
    `{${Array.from({ length: 30 }, (_, i) => 29 - i).join(', ')}}`,
    `{${Array.from({ length: 30 }, (_, i) => i).join(',\n ')}}`,
  ],
  ['[]', '[]'],
  ["''", "''"],
  ["{2: 'b', 'a': 1, 1: 'c'}", "{1: 'c', 2: 'b', 'a': 1}"],
])('%s', (text, expected) => {
  expect(prettyPrint(literalEval(text))).toBe(expected)
})
