import type { Column } from '../../core/column.ts'
import { CompilationError } from '../../core/errors.ts'
import type { IncrementalRequest } from '../../core/sql-request.ts'
import { type MergeClause, mergeConfig, stringList } from './merge-config.ts'
import { quote, render } from './names.ts'

/**
 * DuckDB's MERGE with all of dbt-duckdb's options. Source and target are called
 * DBT_INTERNAL_SOURCE and DBT_INTERNAL_DEST, which a project's conditions may use.
 * @throws CompilationError when the options contradict each other
 */
export const mergeSql = (request: IncrementalRequest): string => {
  const config = mergeConfig(request.model.config)
  const predicates = stringList(request.predicates, 'incremental_predicates')
  const returning = config.returning.length > 0 ? [`RETURNING ${config.returning.join(', ')}`] : []
  const header = request.model.header === null ? [] : [request.model.header]
  return [
    ...header,
    `MERGE INTO ${render(request.target)} AS DBT_INTERNAL_DEST`,
    `USING ${render(request.temp)} AS DBT_INTERNAL_SOURCE`,
    join(request.uniqueKey, config.using, predicates),
    ...config.matched.map(clause => matched(clause, request.columns)),
    ...config.notMatched.map(notMatched),
    ...returning,
  ].join('\n')
}

const join = (
  uniqueKey: IncrementalRequest['uniqueKey'],
  using: readonly string[],
  predicates: readonly string[],
): string => {
  if (using.length > 0) {
    const on = predicates.length > 0 ? `\nON (${predicates.join(') AND (')})` : ''
    return `USING (${using.join(', ')})${on}`
  }
  const keys = uniqueKey === null ? [] : typeof uniqueKey === 'string' ? [uniqueKey] : uniqueKey
  const same = keys
    .filter(key => key !== '')
    .map(key => `DBT_INTERNAL_SOURCE.${key} = DBT_INTERNAL_DEST.${key}`)
  const on = [...(same.length > 0 ? same : ['FALSE']), ...predicates]
  return `ON (${on.join(') AND (')})`
}

const matched = (clause: MergeClause, columns: readonly Column[]): string => {
  const when = `WHEN MATCHED${condition(clause)} THEN\n`
  return `${when}${clause.action === 'update' ? update(clause, columns) : otherAction(clause)}`
}

const notMatched = (clause: MergeClause): string => {
  const by = clause.by === null ? '' : ` BY ${clause.by.toUpperCase()}`
  const when = `WHEN NOT MATCHED${by}${condition(clause)} THEN\n`
  if (clause.action === 'insert') return `${when}${insert(clause)}`
  if (clause.action === 'update') return `${when}UPDATE SET ${assignments(clause).join(', ')}`
  return `${when}${otherAction(clause)}`
}

const condition = ({ conditions }: MergeClause): string => {
  if (conditions.length === 0) return ''
  return conditions.length === 1 ? ` AND ${conditions[0]}` : ` AND (${conditions.join(') AND (')})`
}

const update = (clause: MergeClause, columns: readonly Column[]): string => {
  switch (clause.mode) {
    case 'by_name':
      return 'UPDATE BY NAME'
    case 'by_position':
      return 'UPDATE BY POSITION'
    case 'star':
      return 'UPDATE SET *'
    case 'explicit': {
      const plain = updateColumns(clause, columns)
        .filter(column => !(column.replaceAll(/["']/g, '') in clause.setExpressions))
        .map(column => `${column} = DBT_INTERNAL_SOURCE.${column}`)
      return `UPDATE SET ${[...assignments(clause), ...plain].join(', ')}`
    }
    default:
      return ''
  }
}

const assignments = (clause: MergeClause): readonly string[] =>
  Object.entries(clause.setExpressions).map(([column, expression]) => `${column} = ${expression}`)

const updateColumns = (
  { include, exclude }: MergeClause,
  columns: readonly Column[],
): readonly string[] => {
  if (include.length > 0 && exclude.length > 0)
    throw new CompilationError(
      'Model cannot specify merge_update_columns and merge_exclude_columns. ' +
        'Please update model to use only one config',
    )
  if (include.length > 0) return include
  const excluded = new Set(exclude.map(name => name.toLowerCase()))
  return columns.filter(c => !excluded.has(c.name.toLowerCase())).map(c => quote(c.name))
}

const insert = (clause: MergeClause): string => {
  switch (clause.mode) {
    case 'by_name':
      return 'INSERT BY NAME'
    case 'by_position':
      return 'INSERT BY POSITION'
    case 'star':
      return 'INSERT *'
    case 'explicit':
      return `INSERT (${clause.insertColumns.join(', ')}) VALUES (${clause.insertValues.join(', ')})`
    default:
      return ''
  }
}

const otherAction = (clause: MergeClause): string => {
  switch (clause.action) {
    case 'delete':
      return 'DELETE'
    case 'do_nothing':
      return 'DO NOTHING'
    case 'error':
      return clause.errorMessage === ''
        ? 'ERROR'
        : `ERROR '${clause.errorMessage.replaceAll("'", "''")}'`
    default:
      return ''
  }
}
