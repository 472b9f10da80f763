import type { Dialect } from '../../adapters/adapter.ts'
import type { Relation } from '../../core/relation.ts'
import type { SqlRequest } from '../../core/sql-request.ts'

/** A dialect for tests: its statements say in short what was asked for. */
export const testDialect: Dialect = {
  dispatch: ['test', 'default'],
  supports: {
    transactions: true,
    renameTable: true,
    temporaryTables: true,
    grants: false,
    constraints: {
      check: 'enforced',
      not_null: 'enforced',
      unique: 'enforced',
      primary_key: 'enforced',
      foreign_key: 'enforced',
      custom: 'enforced',
    },
  },
  incrementalStrategies: ['append', 'delete+insert', 'merge'],
  quotePolicy: { database: false, schema: false, identifier: false },
  quoteIdentifier: name => `"${name}"`,
  render: ({ database, schema, identifier }: Relation) =>
    [database, schema, identifier].filter(part => part !== null).join('.'),
  literal: value => (typeof value === 'string' ? `'${value}'` : String(value)),
  sql: (request: SqlRequest): string => {
    const { macro } = request
    if ('target' in request && 'columns' in request && Array.isArray(request.columns))
      return `${macro} ${request.target.identifier} ${request.columns.map(c => c.name).join(' ')}`
    if ('relation' in request) {
      const temporary = 'temporary' in request && request.temporary ? ' temporary' : ''
      const query = 'sql' in request ? ` ${request.sql}` : ''
      return `${macro}${temporary} ${request.relation.identifier}${query}`
    }
    if ('expectedSql' in request)
      return `${macro} [${request.columns.join(' ')}] ${request.sql} = ${request.expectedSql}`
    return 'sql' in request ? `${macro} ${request.sql}` : macro
  },
  truncate: ({ identifier }) => `truncate ${identifier}`,
  addColumn: ({ identifier }, { name, type }) => `add ${identifier} ${name} ${type}`,
  dropColumn: ({ identifier }, name) => `drop ${identifier} ${name}`,
  alterColumnType: ({ identifier }, name, type) => `alter ${identifier} ${name} ${type}`,
  limit: (query, rows) => (rows === null ? query : `${query} limit ${rows}`),
  safeCast: (expression, type) => `cast(${expression} as ${type})`,
  sourceExpression: () => undefined,
  columnDataType: type => type,
  translateType: type => type,
}
