import { PyError, typeError } from './py-error.ts'
import { sortValues } from './sort.ts'
import { floatRepr } from './text.ts'
import { HostObject, PyDict, PyFloat, typeName, type Value } from './values.ts'

interface DumpOptions {
  /** Entries ordered by their original keys, which must have an order. */
  readonly sortKeys?: boolean
  /** Blanks a level, or the text of one level. */
  readonly indent?: number | string | null
  /** Stands in for what JSON cannot express; throws if it cannot either. */
  readonly default?: (value: Value) => Value
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\f', '\\f'],
  ['\b', '\\b'],
])

const escapeUnit = (unit: string): string =>
  shortEscapes.get(unit) ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

const stringText = (text: string): string => `"${text.replace(/[^ !#-[\]-~]/g, escapeUnit)}"`

const floatText = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  return floatRepr(value)
}

const scalarText = (value: Value): string | undefined => {
  if (value === null) return 'null'
  if (typeof value === 'string') return stringText(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : floatText(value)
  if (typeof value === 'bigint') return String(value)
  return value instanceof PyFloat ? floatText(value.value) : undefined
}

const keyText = (key: Value): string => {
  if (typeof key === 'string') return key
  const text = scalarText(key)
  if (text !== undefined) return text
  throw typeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`)
}

interface State extends DumpOptions {
  readonly unit: string | undefined
  /** Containers being written: one that contains itself has no end. */
  readonly open: Set<Value>
}

const enclose = (
  parts: readonly string[],
  brackets: string,
  depth: number,
  unit: string | undefined,
): string => {
  const [start, end] = brackets
  if (parts.length === 0) return brackets
  if (unit === undefined) return `${start}${parts.join(', ')}${end}`
  const inner = `\n${unit.repeat(depth + 1)}`
  return `${start}${inner}${parts.join(`,${inner}`)}\n${unit.repeat(depth)}${end}`
}

const entriesOf = (dict: PyDict, sortKeys: boolean | undefined): (readonly [Value, Value])[] => {
  const keys = [...dict.keys()]
  const order = sortKeys ? sortValues(keys) : keys
  return order.map(key => [key, dict.get(key) ?? null])
}

const containerText = (value: Value[] | PyDict, state: State, depth: number): string => {
  if (state.open.has(value)) throw new PyError('ValueError', 'Circular reference detected')
  state.open.add(value)
  const text =
    value instanceof PyDict
      ? enclose(
          entriesOf(value, state.sortKeys).map(
            ([key, item]) => `${stringText(keyText(key))}: ${write(item, state, depth + 1)}`,
          ),
          '{}',
          depth,
          state.unit,
        )
      : enclose(
          Array.from(value, item => write(item, state, depth + 1)),
          '[]',
          depth,
          state.unit,
        )
  state.open.delete(value)
  return text
}

// The class alone: types written in C name their module in other messages.
const className = (value: Value): string => typeName(value).replace(/^.*\./, '')

const write = (value: Value, state: State, depth: number): string => {
  const scalar = scalarText(value)
  if (scalar !== undefined) return scalar
  if (Array.isArray(value) || value instanceof PyDict) return containerText(value, state, depth)
  if (value instanceof HostObject && value.toJson) return write(value.toJson(), state, depth)
  if (state.default) return write(state.default(value), state, depth)
  throw typeError(`Object of type ${className(value)} is not JSON serializable`)
}

/** Python's `json.dumps(value)`, character for character. Throws TypeError and ValueError. */
export const dumps = (value: Value, options: DumpOptions = {}): string => {
  const { indent = null } = options
  const unit =
    indent === null
      ? undefined
      : typeof indent === 'string'
        ? indent
        : ' '.repeat(Math.max(0, indent))
  return write(value, { ...options, unit, open: new Set() }, 0)
}
