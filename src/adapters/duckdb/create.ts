import { CompilationError } from '../../core/errors.ts'
import type { SqlRequest, TableColumn, TableConfig } from '../../core/sql-request.ts'
import { constraintsDdl } from './constraints.ts'
import { quote, render } from './names.ts'

/**
 * `create table … as`; under an enforced contract the table's columns and constraints first and then
 * an insert, because DuckDB takes no constraints with `as` and none on temporary tables.
 */
export const createTableAs = ({
  temporary,
  relation,
  sql,
  model,
}: SqlRequest & { macro: 'create_table_as' }): string => {
  const name = temporary ? quote(relation.identifier) : render(relation)
  const create = `${header(model)}create ${temporary ? 'temporary ' : ''}table ${name}`
  if (!model.contract.enforced || temporary) return `${create}\n  as (\n${sql}\n  );`
  if (model.columns.length === 0)
    throw new CompilationError(
      "This model has an enforced contract, and its 'columns' specification is missing",
    )
  const columns = model.columns.map(columnName).join(', ')
  return `${create}
  (
    ${constraintsDdl(model).join(',\n    ')}
  ) ;
  insert into ${name} (${columns}) (
    select ${columns}
    from (
${sql}
    ) as model_subq
  );`
}

/** `create view … as ( … );` */
export const createViewAs = ({
  relation,
  sql,
  model,
}: SqlRequest & { macro: 'create_view_as' }): string =>
  `${header(model)}create view ${render(relation)} as (\n${sql}\n  );`

const header = (model: TableConfig): string => (model.header === null ? '' : `${model.header}\n`)

const columnName = (column: TableColumn): string =>
  column.quote ? quote(column.name) : column.name
