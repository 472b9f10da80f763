import { entries, list, object, text, texts } from './json.ts'
import type { Column } from './resource.ts'

const inBrackets = (names: readonly string[]): string =>
  names.length === 0 ? '' : ` (${names.join(', ')})`

/** A constraint in words: `not null`, `foreign key → orders (id)`, `check (x > 0)`. */
const constraintText = (value: unknown): string => {
  const constraint = object(value)
  const type = text(constraint.type).replaceAll('_', ' ')
  const to = text(constraint.to)
  const target = to === '' ? '' : ` → ${to}${inBrackets(texts(constraint.to_columns))}`
  const expression = inBrackets(texts(constraint.expression))
  return `${type}${inBrackets(texts(constraint.columns))}${target}${expression}`
}

/** The constraints of a model or of a column, in words. */
export const constraintTexts = (value: unknown): readonly string[] =>
  list(value)
    .map(constraintText)
    .filter(item => item.trim() !== '')

interface WarehouseColumn {
  readonly name: string
  readonly type: string
  readonly comment: string
  readonly index: number
}

const warehouseColumns = (catalogEntry: unknown): readonly WarehouseColumn[] =>
  entries(object(catalogEntry).columns)
    .map(([key, value], position) => {
      const column = object(value)
      const index = Number(column.index)
      return {
        name: text(column.name) || key,
        type: text(column.type),
        comment: text(column.comment),
        index: Number.isFinite(index) ? index : position,
      }
    })
    .sort((a, b) => a.index - b.index)

/**
 * The columns of a relation: those of the warehouse in its order, joined (ignoring case) with what
 * the project says of them, then those that only the project knows.
 */
export const joinColumns = (stated: unknown, catalogEntry: unknown): readonly Column[] => {
  const inCatalog = warehouseColumns(catalogEntry)
  const known = new Map(inCatalog.map(column => [column.name.toLowerCase(), column]))
  const byName = new Map(
    entries(stated).map(([key, value]) => {
      const name = text(object(value).name) || key
      return [name.toLowerCase(), { name, value: object(value) }]
    }),
  )
  const names = new Set([...known.keys(), ...byName.keys()])
  return [...names].map(key => {
    const found = known.get(key)
    const own = byName.get(key)
    return {
      name: own?.name ?? found?.name ?? key,
      type: found?.type || text(own?.value.data_type),
      description: text(own?.value.description) || (found?.comment ?? ''),
      tags: texts(own?.value.tags),
      meta: object(own?.value.meta),
      constraints: constraintTexts(own?.value.constraints),
      documented: own !== undefined,
      inWarehouse: catalogEntry === undefined ? undefined : found !== undefined,
    }
  })
}
