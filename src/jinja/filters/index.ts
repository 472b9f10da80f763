import { getAttribute, hasAttribute, toStr, truthy } from '../python/operators.ts'
import { missing } from '../python/undefined.ts'
import { PyDict, PyTuple, Undefined, type Value } from '../python/values.ts'
import { type Filter, type FilterEnvironment, type Filters, filter, filterTable } from './filter.ts'
import { htmlFilters } from './html-filters.ts'
import { mappingFilters } from './mapping-filters.ts'
import { type MarkerKind, NativeMarker } from './native-marker.ts'
import { numberFilters } from './number-filters.ts'
import { prettyPrint } from './pretty-print.ts'
import { sequenceFilters } from './sequence-filters.ts'
import { textFilters as stringFilters } from './text-filters.ts'

const orDefault = (_: FilterEnvironment, value: Value, fallback: Value, boolean: Value): Value =>
  value instanceof Undefined || (truthy(boolean) && !truthy(value)) ? fallback : value

const attribute = (environment: FilterEnvironment, value: Value, name: Value): Value => {
  const key = toStr(name)
  // Attributes only: an item of that name does not count.
  if (value instanceof PyDict && !hasAttribute(value, key)) {
    return missing(value, key, environment.undefinedKind)
  }
  return getAttribute(value, key, environment.undefinedKind)
}

const generalFilters = filterTable({
  attr: ['do_attr', 'obj, name', attribute],
  d: ['do_default', "value, default_value='', boolean=False", orDefault],
  default: ['do_default', "value, default_value='', boolean=False", orDefault],
  pprint: ['do_pprint', 'value', (_, value: Value) => prettyPrint(value)],
})

const isList: Filter = filter(
  'is_list',
  'value',
  (_, value: Value) => Array.isArray(value) && !(value instanceof PyTuple),
)

const jinjaFilters: Filters = new Map([
  ...generalFilters,
  ...htmlFilters,
  ...mappingFilters,
  ...numberFilters,
  ...sequenceFilters,
  ...stringFilters,
])

const markers = {
  as_text: 'text',
  as_bool: 'bool',
  as_native: 'native',
  as_number: 'number',
} as const

const marker = (kind: MarkerKind): Filter =>
  filter(`as_${kind}`, 'value', (_, value: Value) => new NativeMarker(kind, toStr(value)))

const identity: Filter = filter('<lambda>', 'x', (_, value: Value) => value)

/** Jinja2's built-in filters and dbt's own, as templates that give text have them. */
export const textFilters: Filters = new Map([
  ...jinjaFilters,
  ...Object.keys(markers).map(name => [name, identity] as const),
  ['is_list', isList],
])

/** The same for native rendering: `as_bool` and its kin mark their value. */
export const nativeFilters: Filters = new Map([
  ...jinjaFilters,
  ...Object.entries(markers).map(([name, kind]) => [name, marker(kind)] as const),
  ['is_list', isList],
])
