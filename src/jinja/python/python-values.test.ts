import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { FilterEnvironment } from '../filters/filter.ts'
import { textFilters } from '../filters/index.ts'
import { tests } from '../tests/index.ts'
import * as arithmetic from './arithmetic.ts'
import * as compare from './compare.ts'
import { decimalValue } from './decimal-value.ts'
import { DictView } from './dict-view.ts'
import { PyGenerator } from './generator.ts'
import { literalEval } from './literal-eval.ts'
import { callMethod, iterate, toRepr, toStr, truthy } from './operators.ts'
import { PyError } from './py-error.ts'
import { type Kwargs, type PyDict, PyTuple, tuple, Undefined, type Value } from './values.ts'

/** What Python gives for a call: its repr, or `!Class: message`; then the changed first argument. */
type Row = readonly [
  kind: 'filter' | 'method' | 'op' | 'test',
  name: string,
  args: string,
  kwargs: string,
  expected: string,
  after?: string,
]

const rows: readonly Row[] = JSON.parse(
  readFileSync('tests/fixtures/jinja/python-values.json', 'utf8'),
)

const environment: FilterEnvironment = { undefinedKind: 'default', filters: textFilters, tests }

type Operator = (...args: Value[]) => Value

const operators: Readonly<Record<string, Operator>> = {
  ...(arithmetic as Readonly<Record<string, Operator>>),
  ...(compare as unknown as Readonly<Record<string, Operator>>),
  toRepr,
  toStr,
  truthy,
}

// Values without a literal are written as text.
const revive = (value: Value): Value => {
  if (value === 'UNDEF') return new Undefined({ name: 'u' })
  if (typeof value === 'string' && value.startsWith('DEC:')) return decimalValue(value.slice(4))
  return value instanceof PyTuple ? tuple(Array.from(value, revive)) : value
}

const apply = (kind: Row[0], name: string, args: Value[], kwargs: Kwargs): Value => {
  switch (kind) {
    case 'method':
      return callMethod(args[0]!, name, args.slice(1), kwargs, 'default') as Value
    case 'filter':
      return textFilters.get(name)!(environment, args, kwargs)
    case 'test':
      return tests.get(name)!(environment, args, kwargs)
    case 'op':
      return operators[name]!(...args)
  }
}

const outcome = (kind: Row[0], name: string, args: Value[], kwargs: Kwargs): string => {
  try {
    const value = apply(kind, name, args, kwargs)
    const isLazy = value instanceof PyGenerator || value instanceof DictView
    return toRepr(isLazy ? [...iterate(value)] : value)
  } catch (error) {
    if (error instanceof PyError) return `!${error.type}: ${error.message}`
    throw error
  }
}

const check = ([kind, name, argsText, kwargsText, , after]: Row): readonly string[] => {
  const args = (literalEval(argsText) as Value[]).map(revive)
  const kwargs = literalEval(kwargsText) as PyDict as unknown as Kwargs
  const result = outcome(kind, name, args, kwargs)
  const call = `${kind} ${name} ${argsText} ${kwargsText}`
  return after === undefined ? [call, result] : [call, result, toRepr(args[0]!)]
}

const wanted = ([kind, name, args, kwargs, expected, after]: Row): readonly string[] => {
  const call = `${kind} ${name} ${args} ${kwargs}`
  return after === undefined ? [call, expected] : [call, expected, after]
}

const groups = [...new Set(rows.map(([kind, name]) => `${kind} ${name}`))]

describe('what Python gives', () => {
  it.each(groups)('%s', group => {
    const own = rows.filter(([kind, name]) => `${kind} ${name}` === group)
    expect(own.map(check)).toEqual(own.map(wanted))
  })
})
