import { CompilationError, ValidationError } from '../core/errors.ts'
import { fromJson } from '../jinja/python/convert.ts'
import { hostFunction } from '../jinja/python/host-function.ts'
import { call, eq, toStr } from '../jinja/python/operators.ts'
import { HostObject, PyDict, Undefined, type Value } from '../jinja/python/values.ts'
import { AdapterObject } from './adapter-object.ts'
import { Exceptions } from './exceptions.ts'
import { dict, type NodeScope } from './node-scope.ts'
import { nameTable } from './scope.ts'

/** `ref('x')`, `ref('pkg', 'x')`, `ref('x', v=2)`. */
const ref = (scope: NodeScope): Value =>
  hostFunction('ref', '*args, **kwargs', (args: Value[], kwargs: PyDict) => {
    if (args.length < 1 || args.length > 2) {
      throw new CompilationError(`ref() takes one or two arguments (${args.length} given)`, {
        code: 'ref-arguments',
      })
    }
    const [name, packageName] = args.length === 1 ? [args[0], null] : [args[1], args[0]]
    if (typeof name !== 'string') {
      throw new CompilationError(
        `The name argument to ref() must be a string, got ${pythonClass(name)}`,
        {
          code: 'ref-arguments',
        },
      )
    }
    if (packageName !== null && typeof packageName !== 'string') {
      throw new CompilationError(
        `The package argument to ref() must be a string or None, got ${pythonClass(packageName)}`,
        { code: 'ref-arguments' },
      )
    }
    const version = kwargs.get('version') ?? kwargs.get('v') ?? null
    return scope.mode.ref(scope, {
      name,
      package: packageName,
      version:
        typeof version === 'number' || typeof version === 'string'
          ? version
          : version === null
            ? null
            : toStr(version),
    })
  })

const pythonClass = (value: Value | undefined): string => {
  if (value === undefined || value instanceof Undefined) return "<class 'jinja2.runtime.Undefined'>"
  if (typeof value === 'number') return "<class 'int'>"
  if (Array.isArray(value)) return "<class 'list'>"
  if (value instanceof PyDict) return "<class 'dict'>"
  if (value === null) return "<class 'NoneType'>"
  return `<class '${typeof value}'>`
}

const source = (scope: NodeScope): Value =>
  hostFunction('source', '*args', (args: Value[]) => {
    const [name, table] = args
    if (args.length !== 2) {
      throw new CompilationError(`source() takes exactly two arguments (${args.length} given)`, {
        code: 'source-arguments',
      })
    }
    if (typeof name !== 'string') {
      throw new CompilationError(
        `The source name (first) argument to source() must be a string, got ${pythonClass(name)}`,
        { code: 'source-arguments' },
      )
    }
    if (typeof table !== 'string') {
      throw new CompilationError(
        `The table name (second) argument to source() must be a string, got ${pythonClass(table)}`,
        { code: 'source-arguments' },
      )
    }
    return scope.mode.source(scope, name, table)
  })

/** `validation.any[…]`: checks a configuration value. */
class Validation extends HostObject {
  readonly typeName = 'AttrDict'
  override getAttr(name: string): Value | undefined {
    return name === 'any' ? new AnyValidator() : undefined
  }
}

class AnyValidator extends HostObject {
  readonly typeName = 'function'
  private validator(allowed: readonly Value[]): Value {
    return hostFunction('inner', 'value', (value: Value) => {
      if (allowed.some(option => eq(option, value))) return null
      throw new ValidationError(
        `Expected value "${toStr(value)}" to be one of ${allowed.map(toStr).join(',')}`,
      )
    })
  }
  override call(args: Value[]): Value {
    return this.validator(args)
  }
  override getItem(key: Value): Value {
    return this.validator(Array.isArray(key) ? key : [key])
  }
}

const warn = (scope: NodeScope, text: string): void => {
  if (!scope.mode.execute) return
  scope.invocation.emit({
    kind: 'warning',
    code: 'JinjaLogWarning',
    error: new CompilationError(text, { code: 'warned' }),
  })
}

/** Names of SQL and macro templates that are the same while parsing and while running. */
export const sqlNames = nameTable<NodeScope>({
  ref,
  source,
  config: scope => scope.mode.config,
  execute: scope => scope.mode.execute,
  exceptions: scope => new Exceptions(text => warn(scope, text)),
  adapter: scope => new AdapterObject(scope, scope.mode.adapter),
  api: scope => dict({ Relation: scope.relationClass(), Column: scope.columnClass() }),
  column: scope => scope.columnClass(),
  metric: () => unsupported('metric'),
  function: () => unsupported('function'),
  database: scope => scope.facts.target.database,
  schema: scope => scope.facts.target.schema,
  env: scope => scope.lookup('target') ?? null,
  validation: () => new Validation(),
  sql_now: () => 'current_timestamp',
  pre_hooks: () => null,
  post_hooks: () => null,
  sql: () => null,
  this: () => null,
  invocation_args_dict: scope => fromJson(scope.invocation.args),
  selected_resources: () => [],
  context_macro_stack: () => new PyDict(),
  adapter_macro: () =>
    hostFunction('adapter_macro', 'name, *args, **kwargs', (name: Value) => {
      throw new CompilationError(
        `The "adapter_macro" macro has been deprecated. Instead, use the \`adapter.dispatch\` method to find a macro and call the result.  For more information, see: https://docs.getdbt.com/reference/dbt-jinja-functions/dispatch) adapter_macro was called for: ${toStr(name)}`,
      )
    }),
  try_or_compiler_error: () =>
    hostFunction(
      'try_or_compiler_error',
      'message_if_exception, func, *args, **kwargs',
      (message: Value, func: Value, args: Value[], kwargs: PyDict) => {
        const fail = (cause: unknown): never => {
          throw new CompilationError(toStr(message), { cause })
        }
        try {
          const given = call(func, [...args], new Map([...kwargs].map(([k, v]) => [String(k), v])))
          return given instanceof Promise ? given.catch(fail) : given
        } catch (error) {
          return fail(error)
        }
      },
    ),
})

const unsupported = (name: string): Value =>
  hostFunction(name, '*args, **kwargs', () => {
    throw new CompilationError(`${name}() is not supported`, {
      code: 'unsupported',
      hint: 'the semantic layer and user-defined functions are not part of navo',
    })
  })
