import { createHash } from 'node:crypto'
import { CompilationError } from '../../core/errors.ts'
import type { Json } from '../../core/json.ts'
import type { Relation } from '../../core/relation.ts'
import { render } from './names.ts'

/** `create index` of one entry of a model's `indexes` config: `{columns: […], unique: true|false}`. */
export const createIndex = (relation: Relation, index: Json, now: Date): string => {
  const { columns, unique } = parse(index)
  const inputs = [...columns, render(relation), String(unique), now.toISOString()]
  const name = createHash('md5').update(inputs.join('_')).digest('hex')
  const kind = unique ? 'unique index' : 'index'
  return `create ${kind} "${name}" on ${render(relation)} (${columns.join(', ')});`
}

const parse = (index: Json): { columns: readonly string[]; unique: boolean } => {
  if (typeof index === 'object' && index !== null && !Array.isArray(index)) {
    const { columns, unique, ...others } = index as { readonly [key: string]: Json }
    const names = Array.isArray(columns) ? columns.filter(name => typeof name === 'string') : []
    const valid = names.length > 0 && names.length === (columns as readonly Json[]).length
    if (valid && Object.keys(others).length === 0 && (unique ?? false) === (unique === true))
      return { columns: names, unique: unique === true }
  }
  throw new CompilationError(`Could not parse the index config: ${JSON.stringify(index)}`, {
    hint: 'an index is {columns: [a, b], unique: true or false}',
  })
}
