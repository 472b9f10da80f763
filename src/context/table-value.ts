import { textTable } from '../core/text-table.ts'
import { hostFunction } from '../jinja/python/host-function.ts'
import { call, eq, toStr } from '../jinja/python/operators.ts'
import { PyError } from '../jinja/python/py-error.ts'
import { truthy } from '../jinja/python/truth.ts'
import { HostObject, PyDict, tuple, type Value } from '../jinja/python/values.ts'

/*
 * The tables that `run_query` and `load_result` give: what dbt's macros and packages use of agate
 * (https://agate.readthedocs.io). Values have Python's types; a table never changes.
 */

/** Items reached by position and by name: a row, a column, `table.rows`, `table.columns`. */
class MappedSequence extends HostObject {
  readonly typeName: string
  readonly items: readonly Value[]
  readonly names: readonly string[]

  constructor(items: readonly Value[], names: readonly string[], typeName: string) {
    super()
    this.items = items
    this.names = names
    this.typeName = typeName
  }

  override getItem(key: Value): Value | undefined {
    if (typeof key === 'number') return this.items.at(key)
    const at = typeof key === 'string' ? this.names.indexOf(key) : -1
    return at < 0 ? undefined : this.items[at]
  }

  override iterate(): Iterable<Value> {
    return this.items
  }

  override length(): number {
    return this.items.length
  }

  override contains(item: Value): boolean {
    return this.items.some(own => eq(own, item))
  }

  override equals(other: Value): boolean {
    const items = other instanceof MappedSequence ? other.items : Array.isArray(other) ? other : []
    return items.length === this.items.length && this.items.every((own, i) => eq(own, items[i]!))
  }

  override repr(): string {
    return `<agate.${this.typeName}: ${toStr(tuple(this.items))}>`
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'values':
        return hostFunction(name, '', () => tuple(this.items))
      case 'keys':
        return hostFunction(name, '', () => tuple(this.names))
      case 'items':
        return hostFunction(name, '', () =>
          this.items.map((item, i) => tuple([this.names[i] ?? null, item])),
        )
      case 'dict':
        return hostFunction(
          name,
          '',
          () => new PyDict(this.items.map((item, i) => [this.names[i] ?? i, item])),
        )
      case 'get':
        return hostFunction(
          name,
          'key, default=None',
          (key: Value, fallback: Value) => this.getItem(key) ?? fallback,
        )
      default:
        return undefined
    }
  }
}

/** One row. */
export class RowValue extends MappedSequence {
  constructor(values: readonly Value[], names: readonly string[]) {
    super(values, names, 'Row')
  }
}

class ColumnOfTable extends MappedSequence {
  constructor(
    readonly index: number,
    readonly table: TableValue,
  ) {
    super(
      table.rows.map(row => row[index] ?? null),
      [],
      'Column',
    )
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'name':
        return this.table.names[this.index] ?? ''
      case 'index':
        return this.index
      case 'data_type':
        return this.table.types[this.index] ?? null
      case 'values_distinct':
        return hostFunction(name, '', () => tuple(distinct(this.items)))
      case 'values_without_nulls':
        return hostFunction(name, '', () => tuple(this.items.filter(item => item !== null)))
      default:
        return super.getAttr(name)
    }
  }
}

const distinct = (values: readonly Value[]): readonly Value[] => [
  ...new PyDict(values.map(value => [value, null])).keys(),
]

/** The name of an agate data type, as templates compare it: `Integer`, `Text` … */
export class DataTypeValue extends HostObject {
  constructor(readonly typeName: string) {
    super()
  }
  override getAttr(name: string): Value | undefined {
    return name === '__class__' ? this : undefined
  }
}

export type Row = readonly Value[]

export class TableValue extends HostObject {
  readonly typeName = 'Table'
  constructor(
    readonly names: readonly string[],
    readonly rows: readonly Row[],
    readonly types: readonly Value[] = [],
  ) {
    super()
  }

  private with(rows: readonly Row[]): TableValue {
    return new TableValue(this.names, rows, this.types)
  }

  private indexOf(column: Value): number {
    const at = typeof column === 'number' ? column : this.names.indexOf(String(column))
    if (at < 0 || at >= this.names.length) throw new PyError('KeyError', `'${String(column)}'`)
    return at
  }

  private select(columns: readonly Value[]): TableValue {
    const at = columns.map(column => this.indexOf(column))
    return new TableValue(
      at.map(i => this.names[i]!),
      this.rows.map(row => at.map(i => row[i] ?? null)),
      at.map(i => this.types[i] ?? null),
    )
  }

  private renamed(names: Value): TableValue {
    if (names instanceof PyDict) {
      const given = this.names.map(name => String(names.get(name) ?? name))
      return new TableValue(given, this.rows, this.types)
    }
    return new TableValue(
      Array.isArray(names) ? names.map(String) : this.names,
      this.rows,
      this.types,
    )
  }

  private row(values: Row): RowValue {
    return new RowValue(values, this.names)
  }

  override length(): number {
    return this.rows.length
  }

  override iterate(): Iterable<Value> {
    return this.rows.map(row => this.row(row))
  }

  override getItem(key: Value): Value | undefined {
    const values = typeof key === 'number' ? this.rows.at(key) : undefined
    return values && this.row(values)
  }

  override str(): string {
    return textTable(
      ['column', 'data_type'],
      this.names.map((name, i) => [name, typeLabel(this.types[i])]),
    )
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'rows':
        return new MappedSequence(
          this.rows.map(row => this.row(row)),
          [],
          'MappedSequence',
        )
      case 'columns':
        return new MappedSequence(
          this.names.map((_, i) => new ColumnOfTable(i, this)),
          this.names,
          'MappedSequence',
        )
      case 'column_names':
        return tuple(this.names)
      case 'column_types':
        return tuple(this.types)
      default:
        return this.method(name)
    }
  }

  private method(name: string): Value | undefined {
    switch (name) {
      case 'select':
        return hostFunction(name, 'key', (key: Value) =>
          this.select(Array.isArray(key) ? key : [key]),
        )
      case 'exclude':
        return hostFunction(name, 'key', (key: Value) => {
          const left = (Array.isArray(key) ? key : [key]).map(String)
          return this.select(this.names.filter(own => !left.includes(own)))
        })
      case 'rename':
        return hostFunction(
          name,
          'column_names=None, row_names=None, slug_columns=False, slug_rows=False',
          (names: Value) => this.renamed(names),
        )
      case 'limit':
        return hostFunction(
          name,
          'start_or_stop=None, stop=None, step=None',
          (a: Value, b: Value) =>
            this.with(
              b === null ? this.rows.slice(0, Number(a)) : this.rows.slice(Number(a), Number(b)),
            ),
        )
      case 'where':
        return hostFunction(name, 'test', (test: Value) =>
          this.with(
            this.rows.filter(row => truthy(call(test, [this.row(row)], new Map()) as Value)),
          ),
        )
      case 'distinct':
        return hostFunction(name, 'key=None', (key: Value) => this.with(this.distinctRows(key)))
      case 'print_table':
        return hostFunction(name, '**kwargs', () => {
          this.print?.(this.text())
          return null
        })
      case 'print_csv':
        return hostFunction(name, '**kwargs', () => {
          this.print?.(this.csv())
          return null
        })
      default:
        return undefined
    }
  }

  private distinctRows(key: Value): readonly Row[] {
    const at = key === null ? undefined : this.indexOf(key)
    const seen = new PyDict()
    return this.rows.filter(row => {
      const id = at === undefined ? tuple(row) : (row[at] ?? null)
      if (seen.has(id)) return false
      seen.set(id, true)
      return true
    })
  }

  /** Where `print_table` writes; set by whoever makes the table. */
  print?: (text: string) => void

  /** The rows as dbt shows them. */
  text(): string {
    const right = this.types.map(type =>
      typeLabel(type) === 'Integer' || typeLabel(type) === 'Number' ? 'right' : 'left',
    )
    return textTable(
      this.names,
      this.rows.map(row => row.map(value => (value === null ? '' : toStr(value)))),
      right.map(side => (side === 'right' ? 'right' : 'left')),
      20,
    )
  }

  private csv(): string {
    const cell = (value: Value): string => {
      const text = value === null ? '' : toStr(value)
      return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
    }
    const lines = [this.names.map(cell), ...this.rows.map(row => row.map(cell))]
    return lines.map(line => `${line.join(',')}\n`).join('')
  }
}

const typeLabel = (type: Value | undefined): string =>
  type instanceof DataTypeValue ? type.typeName : 'Text'
