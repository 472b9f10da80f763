import { RuntimeError } from '../../core/errors.ts'
import type { IncrementalRequest } from '../../core/sql-request.ts'
import { mergeSql } from './merge.ts'
import { stringList } from './merge-config.ts'
import { quote, render } from './names.ts'

/**
 * The statement(s) that bring new rows from the staged table into the target, by strategy.
 * @throws RuntimeError when the strategy is none of DuckDB's
 */
export const incrementalSql = (request: IncrementalRequest): string => {
  switch (request.macro) {
    case 'get_incremental_append_sql':
      return insert(request)
    case 'get_incremental_default_sql':
    case 'get_incremental_delete_insert_sql':
      return deleteInsert(request)
    case 'get_incremental_merge_sql':
      return mergeSql(request)
    default:
      throw new RuntimeError(
        `dbt could not find an incremental strategy macro with the name "${request.macro}" in ${request.projectName}`,
        { code: 'incremental-strategy' },
      )
  }
}

const insert = ({ target, temp, columns }: IncrementalRequest): string => {
  const names = columns.map(column => quote(column.name)).join(', ')
  return `insert into ${render(target)} (${names})
  (
    select ${names}
    from ${render(temp)}
  )`
}

const deleteInsert = (request: IncrementalRequest): string => {
  const { uniqueKey } = request
  if (uniqueKey === null || uniqueKey.length === 0) return insert(request)
  const target = render(request.target)
  const temp = render(request.temp)
  // A single predicate given as text is taken apart by dbt's macro letter by letter; ours is one.
  const predicates = stringList(request.predicates, 'incremental_predicates')
    .map(predicate => `\n    and ${predicate}`)
    .join('')
  if (typeof uniqueKey === 'string')
    return `delete from ${target}
  where (
    ${uniqueKey}) in (
    select (${uniqueKey})
    from ${temp}
  )${predicates};
${insert(request)}`
  const keys = uniqueKey.map(key => `${temp}.${key} = DBT_INCREMENTAL_TARGET.${key}`)
  return `delete from ${target} as DBT_INCREMENTAL_TARGET
  using ${temp}
  where (
    ${keys.join('\n    and ')}${predicates}
  );
${insert(request)}`
}
