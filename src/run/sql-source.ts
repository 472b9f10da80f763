import { columnValue } from '../context/column-value.ts'
import { findMacro, isInternalPackage, type Macro } from '../context/macro-library.ts'
import type { NodeScope } from '../context/node-scope.ts'
import { relationValue } from '../context/relation-value.ts'
import {
  type MacroArgument,
  macroArguments,
  type SnapshotStrategy,
  type SqlRequest,
  type SqlSource,
} from '../core/sql-request.ts'
import { fromJson } from '../jinja/python/convert.ts'
import { toStr } from '../jinja/python/operators.ts'
import { truthy } from '../jinja/python/truth.ts'
import { PyDict, type Value } from '../jinja/python/values.ts'

const argument = (scope: NodeScope, given: MacroArgument): Value => {
  const { dialect, quoting } = scope.facts
  if ('relation' in given)
    return relationValue(given.relation, dialect, { type: given.type, quote: quoting })
  if ('columns' in given) return given.columns.map(column => columnValue(column, dialect))
  if ('value' in given) return fromJson(given.value)
  return new PyDict(Object.entries(given.dict).map(([key, value]) => [key, argument(scope, value)]))
}

/**
 * The macro of the project or of a package that stands in for a piece of navo's SQL: of that name,
 * or the adapter's or default implementation of it.
 */
const userMacro = (scope: NodeScope, name: string): Macro | undefined => {
  const names = [
    name,
    ...scope.facts.dialect.dispatch.map(prefix => `${prefix}__${name}`),
    `default__${name}`,
  ]
  for (const candidate of names) {
    const macro = findMacro(scope.library, candidate, scope.packageName)
    if (macro && !isInternalPackage(macro.node.package_name)) return macro
  }
  return undefined
}

const strategyFrom = (value: Value, scope: NodeScope): SnapshotStrategy | undefined => {
  if (!(value instanceof PyDict)) return undefined
  const text = (key: string): string => toStr(value.get(key) ?? '')
  const key = value.get('unique_key')
  const deletes = value.get('hard_deletes')
  const invalidate = truthy(value.get('invalidate_hard_deletes') ?? false)
  return {
    uniqueKey: Array.isArray(key) ? key.map(toStr) : toStr(key ?? scope.facts.name),
    updatedAt: text('updated_at'),
    rowChanged: text('row_changed'),
    scdId: text('scd_id'),
    hardDeletes:
      deletes === 'new_record'
        ? 'new_record'
        : deletes === 'invalidate' || invalidate
          ? 'invalidate'
          : 'ignore',
  }
}

/** SQL for materializations: a macro of the project's wins over the dialect. */
export const sqlSource = (scope: NodeScope): SqlSource => ({
  sql: async (request: SqlRequest) => {
    const macro = userMacro(scope, request.macro)
    if (!macro) return scope.facts.dialect.sql(request)
    const args = macroArguments(request).map(given => argument(scope, given))
    return toStr(await scope.bind(macro)(args, new Map()))
  },
  snapshotStrategy: async (name, targetExists) => {
    const macro = userMacro(scope, `snapshot_${name}_strategy`)
    if (!macro) return undefined
    const model = scope.lookup('model') ?? null
    const config = scope.lookup('config') ?? null
    const strategy = await scope.bind(macro)(
      [model, 'snapshotted_data', 'source_data', config, targetExists],
      new Map(),
    )
    return strategyFrom(strategy, scope)
  },
})
