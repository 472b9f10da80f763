import { PyGenerator } from '../python/generator.ts'
import { iterate, toRepr, truthy } from '../python/operators.ts'
import { PyError } from '../python/py-error.ts'
import type { Kwargs, Value } from '../python/values.ts'
import { attributeGetter } from './attribute-path.ts'
import {
  applyFilter,
  applyTest,
  type Filter,
  type FilterEnvironment,
  type Filters,
} from './filter.ts'

const argumentError = (message: string): PyError => new PyError('FilterArgumentError', message)

type Transform = (item: Value) => Value

const mapFunction = (environment: FilterEnvironment, args: Value[], kwargs: Kwargs): Transform => {
  const attribute = kwargs.get('attribute')
  if (args.length === 0 && attribute !== undefined) {
    for (const name of kwargs.keys()) {
      if (name !== 'attribute' && name !== 'default') {
        throw argumentError(`Unexpected keyword argument ${toRepr(name)}`)
      }
    }
    return attributeGetter(environment, attribute, { fallback: kwargs.get('default') ?? null })
  }
  const [name, ...rest] = args
  if (name === undefined) throw argumentError('map requires a filter argument')
  return item => applyFilter(environment, name, [item, ...rest], kwargs)
}

// Nothing is looked at before the first item is asked for, nor when the value is empty.
function* mapped(
  environment: FilterEnvironment,
  value: Value,
  args: Value[],
  kwargs: Kwargs,
): Generator<Value> {
  if (!truthy(value)) return
  const transform = mapFunction(environment, args, kwargs)
  for (const item of iterate(value)) yield transform(item)
}

interface Selection {
  readonly name: string
  readonly keep: boolean
  readonly byAttribute: boolean
}

const condition = (
  environment: FilterEnvironment,
  args: Value[],
  kwargs: Kwargs,
  byAttribute: boolean,
): ((item: Value) => boolean) => {
  const [attribute] = args
  if (byAttribute && attribute === undefined) {
    throw argumentError('Missing parameter for attribute name')
  }
  const read = attributeGetter(environment, byAttribute ? attribute! : null)
  const [name, ...rest] = byAttribute ? args.slice(1) : args
  if (name === undefined) return item => truthy(read(item))
  return item => applyTest(environment, name, [read(item), ...rest], kwargs)
}

const selection = ({ name, keep, byAttribute }: Selection): Filter => {
  const selected = function* (
    environment: FilterEnvironment,
    value: Value,
    args: Value[],
    kwargs: Kwargs,
  ): Generator<Value> {
    if (!truthy(value)) return
    const test = condition(environment, args, kwargs, byAttribute)
    for (const item of iterate(value)) if (test(item) === keep) yield item
  }
  return (environment, [value = null, ...args], kwargs) =>
    new PyGenerator(selected(environment, value, args, kwargs), name)
}

const map: Filter = (environment, [value = null, ...args], kwargs) =>
  new PyGenerator(mapped(environment, value, args, kwargs), 'sync_do_map')

/** Filters that apply other filters or tests to each item. */
export const mappingFilters: Filters = new Map([
  ['map', map],
  ['select', selection({ name: 'select_or_reject', keep: true, byAttribute: false })],
  ['reject', selection({ name: 'select_or_reject', keep: false, byAttribute: false })],
  ['selectattr', selection({ name: 'select_or_reject', keep: true, byAttribute: true })],
  ['rejectattr', selection({ name: 'select_or_reject', keep: false, byAttribute: true })],
])
