import { CompilationError } from '../core/errors.ts'
import { hostFunction } from '../jinja/python/host-function.ts'
import { truthy } from '../jinja/python/truth.ts'
import { HostObject, type Kwargs, PyDict, Undefined, type Value } from '../jinja/python/values.ts'

/** What a `config(...)` call gave: dbt's `pre_hook` and `post_hook` already under their dashed names. */
export type ConfigCall = ReadonlyMap<string, Value>

const dashed: ReadonlyMap<string, string> = new Map([
  ['pre_hook', 'pre-hook'],
  ['post_hook', 'post-hook'],
])

/** Throws when a configuration has both spellings of one key. */
export const assertOneSpelling = (keys: ReadonlySet<string>): void => {
  for (const [underscored, name] of dashed) {
    if (keys.has(underscored) && keys.has(name)) {
      throw new CompilationError(
        `Invalid config, has conflicting keys "${underscored}" and "${name}"`,
        { hint: 'keep only one of them', code: 'config-conflict' },
      )
    }
  }
}

const normalized = (given: PyDict): ConfigCall => {
  assertOneSpelling(new Set([...given.keys()].map(String)))
  return new Map(
    [...given].map(([key, value]) => [dashed.get(String(key)) ?? String(key), value] as const),
  )
}

const callArguments = (args: Value[], kwargs: Kwargs): PyDict => {
  const [first] = args
  if (args.length === 1 && kwargs.size === 0 && first instanceof PyDict) return first
  if (args.length === 0 && kwargs.size > 0) return new PyDict(kwargs)
  throw new CompilationError('Invalid inline model config', {
    hint: 'call config() with keywords, or with one dictionary',
    code: 'config-call',
  })
}

/** `config` while parsing: records what is set; every `get` is empty, as dbt has not merged it yet. */
export class ParseConfig extends HostObject {
  readonly typeName = 'ParseConfigObject'
  constructor(readonly record: (call: ConfigCall) => void) {
    super()
  }

  override call(args: Value[], kwargs: Kwargs): Value {
    this.record(normalized(callArguments(args, kwargs)))
    return ''
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'set':
        return hostFunction(name, 'name, value', (key: Value, value: Value) => {
          this.record(normalized(new PyDict([[key, value]])))
          return ''
        })
      case 'get':
      case 'meta_get':
        return hostFunction(name, 'name, default=None, validator=None', () => '')
      case 'require':
      case 'meta_require':
        return hostFunction(name, 'name, validator=None', () => '')
      case 'persist_relation_docs':
      case 'persist_column_docs':
        return hostFunction(name, '', () => false)
      default:
        return undefined
    }
  }
}

/** `config` while compiling and running: the node's resolved configuration. */
export class RunConfig extends HostObject {
  readonly typeName = 'RuntimeConfigObject'
  constructor(
    readonly config: PyDict,
    readonly uniqueId: string,
  ) {
    super()
  }

  override call(): Value {
    return ''
  }

  private lookup(from: PyDict, key: Value, fallback: Value | undefined): Value {
    const value = from.get(key) ?? undefined
    if (value !== undefined) return value
    if (from.has(key) && fallback === undefined) return null
    // An unset key has its null in the resolved configuration: the default stands in for it.
    if (fallback !== undefined) return fallback
    throw new CompilationError(
      `Model '${this.uniqueId}' does not define a required config parameter '${String(key)}'.`,
      { code: 'config-missing' },
    )
  }

  private get meta(): PyDict {
    const meta = this.config.get('meta')
    return meta instanceof PyDict ? meta : new PyDict()
  }

  private persistDocs(part: string): boolean {
    const docs = this.config.get('persist_docs') ?? new PyDict()
    if (!(docs instanceof PyDict)) {
      throw new CompilationError(
        `Invalid value provided for 'persist_docs'. Expected dict but received ${typeof docs}`,
        { code: 'persist-docs' },
      )
    }
    return truthy(docs.get(part) ?? false)
  }

  override getAttr(name: string): Value | undefined {
    switch (name) {
      case 'set':
        return hostFunction(name, 'name, value', () => '')
      case 'get':
      case 'meta_get':
        return hostFunction(
          name,
          'name, default=None, validator=None',
          (key: Value, fallback: Value, validator: Value) =>
            checked(
              this.lookup(name === 'get' ? this.config : this.meta, key, fallback),
              fallback === null ? null : validator,
            ),
        )
      case 'require':
      case 'meta_require':
        return hostFunction(name, 'name, validator=None', (key: Value, validator: Value) =>
          checked(
            this.lookup(name === 'require' ? this.config : this.meta, key, undefined),
            validator,
          ),
        )
      case 'persist_relation_docs':
        return hostFunction(name, '', () => this.persistDocs('relation'))
      case 'persist_column_docs':
        return hostFunction(name, '', () => this.persistDocs('columns'))
      case 'model':
        return new Undefined({ name })
      default:
        return undefined
    }
  }
}

const checked = (value: Value, validator: Value): Value => {
  if (typeof validator === 'function') void validator([value], new Map())
  return value
}
