import type { Column } from '../../core/column.ts'

/**
 * A struct's fields as columns named `struct.field`, at every depth; any other column is given back.
 * dbt compares contracts so.
 */
export const structFields = (column: Column): readonly Column[] => {
  const body = /^STRUCT\(([\s\S]*)\)$/i.exec(column.type)?.[1]
  if (body === undefined) return [column]
  return splitTopLevel(body).flatMap(field => {
    const space = field.indexOf(' ')
    const name = `${column.name}.${field.slice(0, space)}`
    return structFields({ name, type: field.slice(space + 1) })
  })
}

const splitTopLevel = (text: string): readonly string[] => {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')') depth--
    else if (text[i] === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim())
      start = i + 1
    }
  }
  return [...parts, text.slice(start).trim()]
}
