import { createHash } from 'node:crypto'
import { parse as parseYaml, stringify as stringifyYaml } from 'yaml'
import { CompilationError, ParsingError } from '../core/errors.ts'
import type { Json } from '../core/json.ts'
import { parseTemplate, renderSync, returnFunction } from '../jinja/engine.ts'
import { dumps, fromJson, parseJson, toJson } from '../jinja/python/convert.ts'
import { datetimeFromDate } from '../jinja/python/datetime-values.ts'
import { hostFunction } from '../jinja/python/host-function.ts'
import { modules } from '../jinja/python/modules.ts'
import { iterate, toStr } from '../jinja/python/operators.ts'
import { truthy } from '../jinja/python/truth.ts'
import { HostObject, PyDict, PySet, tuple, Undefined, type Value } from '../jinja/python/values.ts'
import { dict, NamesValue, type NodeScope } from './node-scope.ts'
import { nameTable } from './scope.ts'

const secretPrefix = 'DBT_ENV_SECRET'

const envVar = (scope: NodeScope, name: Value, fallback: Value): Value => {
  const key = String(name)
  if (key.startsWith(secretPrefix)) {
    throw new ParsingError(
      `Secret env vars are allowed only in profiles.yml or packages.yml. Found '${key}' referenced elsewhere.`,
      { code: 'secret-env-var' },
    )
  }
  const value = scope.env[key]
  if (value !== undefined) return value
  if (fallback !== undefined && fallback !== null) return fallback
  throw new ParsingError(`Env var required but not provided: '${key}'`, {
    code: 'env-var',
    hint: `export ${key}, or give a default: env_var('${key}', 'value')`,
  })
}

// Text of a variable may itself be a template; anything else is taken as it is.
const renderedVar = (scope: NodeScope, raw: Value): Value => {
  if (typeof raw !== 'string' || !/\{[{%#]/.test(raw)) return raw
  const template = parseTemplate({ source: raw, file: 'vars' })
  return renderSync(template, scope.lookup, { undefined: scope.mode.undefined })
}

/** `var`, and `var.has_var`. */
class VarFunction extends HostObject {
  readonly typeName = 'Var'
  readonly #scope: NodeScope
  constructor(scope: NodeScope) {
    super()
    this.#scope = scope
  }

  override call(args: Value[], kwargs: ReadonlyMap<string, Value>): Value | Promise<Value> {
    const scope = this.#scope
    return hostFunction(
      'var',
      'var_name, default=...',
      (name: Value, fallback: Value | undefined) => {
        const key = String(name)
        const raw = scope.vars.get(key)
        if (raw !== undefined) return renderedVar(scope, raw)
        return fallback === undefined ? scope.mode.missingVar(scope, key) : fallback
      },
    )(args, kwargs)
  }

  override getAttr(name: string): Value | undefined {
    if (name !== 'has_var') return undefined
    return hostFunction(name, 'var_name', (key: Value) => this.#scope.vars.has(String(key)))
  }
}

const log = (scope: NodeScope, message: Value, info: Value): Value => {
  scope.invocation.emit({
    kind: 'template',
    text: toStr(message),
    level: truthy(info) ? 'info' : 'debug',
    node: scope.node?.info,
  })
  return ''
}

const print = (scope: NodeScope, message: Value): Value => {
  if (scope.mode.execute) {
    scope.invocation.emit({
      kind: 'template',
      text: toStr(message),
      level: 'print',
      node: scope.node?.info,
    })
  }
  return ''
}

const attempt = (make: () => Value, fallback: Value): Value => {
  try {
    return make()
  } catch {
    return fallback
  }
}

const zipped = (lists: Value[]): Value[] => {
  const columns = lists.map(list => [...iterate(list)])
  const rows = Math.min(...columns.map(column => column.length))
  return columns.length === 0
    ? []
    : Array.from({ length: rows }, (_, i) => tuple(columns.map(column => column[i]!)))
}

const isIterable = (value: Value): boolean => {
  try {
    iterate(value)
    return true
  } catch {
    return false
  }
}

const zipStrict = (args: Value[]): Value => {
  const bad = args.find(value => !isIterable(value))
  if (bad !== undefined) {
    throw new CompilationError(`'${toStr(bad)}' object is not iterable`)
  }
  return zipped(args)
}

const differences = (left: Value, right: Value): Value => {
  const lower = (value: Value): ReadonlyMap<string, readonly string[]> =>
    new Map(
      value instanceof PyDict
        ? [...value].map(([key, items]) => [
            toStr(key).toLowerCase(),
            [...iterate(items)].map(toStr),
          ])
        : [],
    )
  const [a, b] = [lower(left), lower(right)]
  const result = new PyDict()
  for (const [key, items] of a) {
    const other = b.get(key) ?? []
    const only = items.filter(item => !other.includes(item))
    if (only.length > 0) result.set(key, only)
  }
  return result
}

const metadataEnvs = (scope: NodeScope): Value =>
  dict(
    Object.fromEntries(
      Object.entries(scope.env)
        .filter(([key]) => key.startsWith('DBT_ENV_CUSTOM_ENV_'))
        .map(([key, value]) => [key.slice('DBT_ENV_CUSTOM_ENV_'.length), value ?? '']),
    ),
  )

class FlagsValue extends HostObject {
  readonly typeName = 'Flags'
  readonly #scope: NodeScope
  constructor(scope: NodeScope) {
    super()
    this.#scope = scope
  }
  override getAttr(name: string): Value | undefined {
    const { flags } = this.#scope.invocation
    if (Object.hasOwn(flags, name)) return fromJson(flags[name] ?? null)
    if (name === 'get') {
      return hostFunction(
        name,
        'key, default=None',
        (key: Value, fallback: Value) => this.getAttr(String(key)) ?? fallback,
      )
    }
    return new Undefined({ name, owner: this })
  }
}

/** Names that every template has: https://docs.getdbt.com/reference/dbt-jinja-functions. */
export const baseNames = nameTable<NodeScope>({
  dbt_version: () => '1.12.6',
  navo_version: scope => scope.invocation.navoVersion,
  var: scope => new VarFunction(scope),
  env_var: scope =>
    hostFunction('env_var', 'var, default=...', (name: Value, fallback: Value) =>
      envVar(scope, name, fallback),
    ),
  return: () => returnFunction,
  fromjson: () =>
    hostFunction('fromjson', 'string, default=None', (text: Value, fallback: Value) =>
      attempt(() => parseJson(String(text)), fallback),
    ),
  tojson: () =>
    hostFunction(
      'tojson',
      'value, default=None, sort_keys=False',
      (value: Value, fallback: Value, sort: Value) =>
        attempt(() => dumps(value, { sortKeys: truthy(sort) }), fallback),
    ),
  fromyaml: () =>
    hostFunction('fromyaml', 'value, default=None', (text: Value, fallback: Value) =>
      attempt(
        () => fromJson(parseYaml(String(text), { schema: 'yaml-1.1', merge: true }) as Json),
        fallback,
      ),
    ),
  toyaml: () =>
    hostFunction(
      'toyaml',
      'value, default=None, sort_keys=False',
      (value: Value, fallback: Value, sort: Value) =>
        attempt(
          () =>
            stringifyYaml(toJson(value), {
              sortMapEntries: truthy(sort),
              lineWidth: 0,
              indentSeq: false,
            }),
          fallback,
        ),
    ),
  set: () =>
    hostFunction('set', 'value, default=None', (value: Value, fallback: Value) =>
      attempt(() => new PySet(iterate(value)), fallback),
    ),
  set_strict: () =>
    hostFunction('set_strict', 'value', (value: Value) => new PySet(iterate(value))),
  zip: () =>
    hostFunction('zip', '*args, default=None', (fallback: Value, args: Value[]) =>
      attempt(() => zipStrict(args), fallback),
    ),
  zip_strict: () => hostFunction('zip_strict', '*args', (args: Value[]) => zipStrict(args)),
  log: scope =>
    hostFunction('log', 'msg, info=False', (message: Value, info: Value) =>
      log(scope, message, info),
    ),
  print: scope => hostFunction('print', 'msg', (message: Value) => print(scope, message)),
  run_started_at: scope => datetimeFromDate(scope.invocation.startedAt),
  invocation_id: scope => scope.invocation.id,
  thread_id: () => 'MainThread',
  modules: scope => modules({ now: scope.invocation.now }),
  flags: scope => new FlagsValue(scope),
  diff_of_two_dicts: () => hostFunction('diff_of_two_dicts', 'dict_a, dict_b', differences),
  local_md5: () =>
    hostFunction('local_md5', 'value', (value: Value) =>
      createHash('md5').update(toStr(value)).digest('hex'),
    ),
  dbt_metadata_envs: metadataEnvs,
  context: scope => new NamesValue(scope.lookup),
  builtins: scope => new NamesValue(scope.builtins),
  target: scope => targetValue(scope),
  project_name: scope => scope.facts.name,
})

const targetValue = (scope: NodeScope): Value => {
  const { target, targetShown } = scope.facts
  const shown = fromJson(targetShown)
  const result = shown instanceof PyDict ? shown : new PyDict()
  result.set('name', target.name)
  result.set('target_name', target.name)
  result.set('profile_name', target.profileName)
  result.set('type', target.type)
  result.set('threads', target.threads)
  result.set('schema', target.schema)
  result.set('database', target.database)
  return result
}
