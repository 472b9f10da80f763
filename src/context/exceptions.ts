import { contractMismatch } from '../core/contract-mismatch.ts'
import {
  CompilationError,
  DatabaseError,
  DependencyError,
  type NavoError,
  RuntimeError,
} from '../core/errors.ts'
import { hostFunction } from '../jinja/python/host-function.ts'
import { toStr } from '../jinja/python/operators.ts'
import { HostObject, PyDict, Undefined, type Value } from '../jinja/python/values.ts'

/** A template asked for the whole run to stop: `exceptions.raise_fail_fast_error`. */
export class FailFastError extends RuntimeError {}

const attribute = (value: Value, name: string): string => {
  if (value instanceof PyDict) return toStr(value.get(name) ?? '')
  if (value instanceof HostObject) return toStr(value.getAttr(name) ?? '')
  return ''
}

const raiser =
  (name: string, signature: string, make: (...args: Value[]) => NavoError) => (): Value =>
    hostFunction(name, signature, (...args: Value[]) => {
      throw make(...args)
    })

const raisers: Readonly<Record<string, () => Value>> = {
  raise_compiler_error: raiser(
    'raise_compiler_error',
    'msg, node=None',
    msg => new CompilationError(toStr(msg), { code: 'raised' }),
  ),
  raise_database_error: raiser(
    'raise_database_error',
    'msg, node=None',
    msg => new DatabaseError(toStr(msg), { code: 'raised' }),
  ),
  raise_not_implemented: raiser(
    'raise_not_implemented',
    'msg',
    msg => new CompilationError(`ERROR: ${toStr(msg)}`, { code: 'not-implemented' }),
  ),
  raise_dependency_error: raiser(
    'raise_dependency_error',
    'msg',
    msg => new DependencyError(toStr(msg), { code: 'raised' }),
  ),
  raise_dep_not_found: raiser(
    'raise_dep_not_found',
    'node, node_description, required_pkg',
    (_node, description, required) =>
      new DependencyError(
        `Error while parsing ${toStr(description)}.\nThe required package "${toStr(required)}" was not found. Is the package installed?\nHint: You may need to run \`dbt deps\`.`,
      ),
  ),
  raise_fail_fast_error: raiser(
    'raise_fail_fast_error',
    'msg, node=None',
    msg => new FailFastError(toStr(msg), { code: 'fail-fast' }),
  ),
  raise_contract_error: raiser('raise_contract_error', 'yaml_columns, sql_columns', (yaml, sql) =>
    contractMismatch(columnList(yaml), columnList(sql)),
  ),
  raise_duplicate_resource_name: raiser(
    'raise_duplicate_resource_name',
    'node_1, node_2',
    (first, second) =>
      new CompilationError(
        `Found two resources named "${attribute(first, 'name')}": ${attribute(first, 'original_file_path')} and ${attribute(second, 'original_file_path')}`,
      ),
  ),
  raise_ambiguous_alias: raiser(
    'raise_ambiguous_alias',
    'node_1, node_2, duped_name=None',
    (first, second, name) =>
      new CompilationError(
        `dbt found two resources with the database representation "${toStr(name)}".\ndbt cannot create two resources with identical database representations. To fix this,\nchange the configuration of one of these resources:\n- ${attribute(first, 'unique_id')} (${attribute(first, 'original_file_path')})\n- ${attribute(second, 'unique_id')} (${attribute(second, 'original_file_path')})`,
      ),
  ),
  raise_invalid_property_yml_version: raiser(
    'raise_invalid_property_yml_version',
    'path, issue',
    (path, issue) =>
      new CompilationError(
        `The yml property file at ${toStr(path)} is invalid because ${toStr(issue)}.`,
      ),
  ),
  missing_config: raiser(
    'missing_config',
    'model, name',
    (model, name) =>
      new CompilationError(
        `Model '${attribute(model, 'unique_id')}' does not define a required config parameter '${toStr(name)}'.`,
        { code: 'config-missing' },
      ),
  ),
  missing_materialization: raiser(
    'missing_materialization',
    'model, adapter_type',
    (_model, adapter) =>
      new CompilationError(
        `No materialization was found for adapter ${toStr(adapter)}! (searched types 'default' and '${toStr(adapter)}')`,
      ),
  ),
  missing_relation: raiser(
    'missing_relation',
    'relation, model=None',
    relation => new CompilationError(`Relation ${toStr(relation)} not found!`),
  ),
  relation_wrong_type: raiser(
    'relation_wrong_type',
    'relation, expected_type, model=None',
    (relation, expected, model) =>
      new CompilationError(
        `Trying to create ${toStr(expected)} ${toStr(relation)}, but it currently exists as a ${attribute(relation, 'type')}. Either drop ${toStr(relation)} manually, or run dbt with \`--full-refresh\` and dbt will drop it for you.${model === null ? '' : ''}`,
      ),
  ),
  column_type_missing: raiser(
    'column_type_missing',
    'column_names',
    names =>
      new CompilationError(
        `Contracted models require data_type to be defined for each column.  Please ensure that the column name and data_type are defined within the YAML configuration for the ${toStr(names)} column(s).`,
      ),
  ),
}

const columnList = (value: Value): readonly { name: string; type: string }[] =>
  (Array.isArray(value) ? value : []).map(column => ({
    name: attribute(column, 'name') || attribute(column, 'column_name'),
    type: attribute(column, 'formatted') || attribute(column, 'data_type'),
  }))

/** The `exceptions` module of templates. `warn` reports a warning and prints nothing. */
export class Exceptions extends HostObject {
  readonly typeName = 'exceptions'
  constructor(readonly warn: (text: string) => void) {
    super()
  }

  override getAttr(name: string): Value | undefined {
    if (name === 'warn') {
      return hostFunction(name, 'msg, node=None', (msg: Value) => {
        this.warn(toStr(msg))
        return ''
      })
    }
    if (name === 'warn_snapshot_timestamp_data_types') {
      return hostFunction(
        name,
        'snapshot_time_data_type, updated_at_data_type',
        (a: Value, b: Value) => {
          this.warn(
            `Data type of snapshot table timestamp columns (${toStr(a)}) doesn't match derived column 'updated_at' (${toStr(b)}). Please update snapshot config 'updated_at'.`,
          )
          return ''
        },
      )
    }
    return Object.hasOwn(raisers, name) ? raisers[name]!() : new Undefined({ name, owner: this })
  }
}
