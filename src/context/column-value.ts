import type { Dialect } from '../adapters/adapter.ts'
import type { Column } from '../core/column.ts'
import { hostFunction } from '../jinja/python/host-function.ts'
import { type DictKey, HostObject, type Value } from '../jinja/python/values.ts'

const stringTypes = ['text', 'character varying', 'character', 'varchar', 'string']
const floatTypes = ['real', 'float4', 'float', 'double precision', 'float8', 'double']
const integerTypes = [
  'smallint',
  'integer',
  'bigint',
  'smallserial',
  'serial',
  'bigserial',
  'int2',
  'int4',
  'int8',
  'serial2',
  'serial4',
  'serial8',
]
const numericTypes = ['numeric', 'decimal']

/** What templates see of a column: dbt's Column. Sizes are null where the type has none. */
export class ColumnValue extends HostObject {
  readonly typeName = 'Column'
  constructor(
    readonly column: string,
    readonly dtype: string,
    readonly charSize: number | null = null,
    readonly precision: number | null = null,
    readonly scale: number | null = null,
    readonly quote: (name: string) => string = name => `"${name}"`,
  ) {
    super()
  }

  private is(types: readonly string[]): boolean {
    return types.includes(this.dtype.toLowerCase())
  }

  get isString(): boolean {
    return this.is(stringTypes)
  }

  get isNumeric(): boolean {
    return this.is(numericTypes)
  }

  /** dbt's rule: strings as `character varying(size)`, 256 where the engine gives no size. */
  get dataType(): string {
    if (this.isString) return `character varying(${this.charSize ?? 256})`
    if (this.isNumeric && this.precision !== null && this.scale !== null) {
      return `${this.dtype}(${this.precision},${this.scale})`
    }
    return this.dtype
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'name':
      case 'column':
        return this.column
      case 'quoted':
        return this.quote(this.column)
      case 'dtype':
        return this.dtype
      case 'char_size':
        return this.charSize
      case 'numeric_precision':
        return this.precision
      case 'numeric_scale':
        return this.scale
      case 'data_type':
        return this.dataType
      case 'is_string':
        return hostFunction(name, '', () => this.isString)
      case 'is_number':
        return hostFunction(name, '', () =>
          this.is([...integerTypes, ...floatTypes, ...numericTypes]),
        )
      case 'is_float':
        return hostFunction(name, '', () => this.is(floatTypes))
      case 'is_integer':
        return hostFunction(name, '', () => this.is(integerTypes))
      case 'is_numeric':
        return hostFunction(name, '', () => this.isNumeric)
      case 'string_size':
        return hostFunction(name, '', () => this.charSize ?? 256)
      case 'string_type':
        return hostFunction(name, 'size', (size: Value) => `character varying(${String(size)})`)
      case 'numeric_type':
        return hostFunction(name, 'dtype, precision, scale', (type: string, p: Value, s: Value) =>
          p === null || s === null ? type : `${type}(${String(p)},${String(s)})`,
        )
      case 'can_expand_to':
        return hostFunction(name, 'other_column', (other: Value) =>
          other instanceof ColumnValue && this.isString && other.isString
            ? (other.charSize ?? 256) > (this.charSize ?? 256)
            : false,
        )
      case 'literal':
        return hostFunction(name, 'value', (value: Value) => `${String(value)}::${this.dataType}`)
      default:
        return undefined
    }
  }

  override repr(): string {
    return `<Column ${this.column} (${this.dataType})>`
  }

  override hashKey(): DictKey {
    return `\u0000column:${this.column}:${this.dataType}`
  }

  override equals(other: Value): boolean {
    return (
      other instanceof ColumnValue &&
      other.column === this.column &&
      other.dataType === this.dataType
    )
  }
}

/**
 * A column from the engine's own spelling of its type, which is kept whole, as dbt-duckdb keeps it:
 * `DECIMAL(18,3)` is a type of its own to templates, and no number.
 */
export const columnValue = (column: Column, dialect: Dialect): ColumnValue =>
  new ColumnValue(column.name, column.type, null, null, null, name => dialect.quoteIdentifier(name))

/** `api.Column` and `column`: a class to templates. */
export class ColumnClass extends HostObject {
  readonly typeName = 'type'
  constructor(readonly dialect: Dialect) {
    super()
  }

  private readonly make = (name: Value, type: Value): ColumnValue =>
    columnValue({ name: String(name), type: String(type) }, this.dialect)

  override call(args: Value[], kwargs: ReadonlyMap<string, Value>): Value | Promise<Value> {
    const build = hostFunction(
      'Column',
      'column, dtype, char_size=None, numeric_precision=None, numeric_scale=None',
      (name: string, type: string, size: number | null, p: number | null, s: number | null) =>
        new ColumnValue(name, type, size, p, s, text => this.dialect.quoteIdentifier(text)),
    )
    return build(args, kwargs)
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'create':
        return hostFunction(name, 'name, label_or_dtype', this.make)
      case 'from_description':
        return hostFunction(name, 'name, raw_data_type', this.make)
      case 'translate_type':
        return hostFunction(name, 'dtype', (type: string) => this.dialect.translateType(type))
      case 'string_type':
        return hostFunction(name, 'size', (size: Value) => `character varying(${String(size)})`)
      case 'numeric_type':
        return hostFunction(name, 'dtype, precision, scale', (type: string, p: Value, s: Value) =>
          p === null || s === null ? type : `${type}(${String(p)},${String(s)})`,
        )
      default:
        return undefined
    }
  }
}
