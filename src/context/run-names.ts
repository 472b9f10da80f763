import { CompilationError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import type { Hook } from '../core/manifest.ts'
import { parseTemplate, renderAsync } from '../jinja/engine.ts'
import { wrapReadonly } from '../jinja/python/convert.ts'
import { hostFunction } from '../jinja/python/host-function.ts'
import { toStr } from '../jinja/python/operators.ts'
import { PyDict, tuple, type Value } from '../jinja/python/values.ts'
import type { NodeScope } from './node-scope.ts'
import { attributes, ResponseValue } from './response-value.ts'
import { type NameTable, nameTable } from './scope.ts'
import { TableValue } from './table-value.ts'

/** What a template knows of its node while it runs. Functions are called on first use. */
export interface RunningNode {
  readonly model: () => JsonObject
  readonly graph: () => Value
  readonly database: string | null
  readonly schema: string
  readonly this: () => Value
  readonly compiledCode: () => string | null
  readonly preHooks: readonly Hook[]
  readonly postHooks: readonly Hook[]
  readonly threadId: string
  /** Keeps what `statement('main')` writes: the text of target/run. */
  readonly write: (text: string) => void
  readonly selected: () => readonly string[]
  readonly loadSeed: () => Value | Promise<Value>
}

const hooksValue = (hooks: readonly Hook[]): Value =>
  hooks.map(
    hook =>
      new PyDict([
        ['sql', hook.sql],
        ['transaction', hook.transaction],
        ['index', hook.index],
      ]),
  )

/** Results of statements by name: `main` can be read again and again, the others once. */
const resultStore = () => {
  const results = new Map<string, Value | null>()
  const store = (name: string, response: Value, table: Value): Value => {
    const rows = table instanceof TableValue ? table.rows.map(row => tuple(row)) : []
    results.set(name, attributes({ response, data: rows, table: table ?? new TableValue([], []) }))
    return ''
  }
  const load = (name: string): Value => {
    const result = results.get(name)
    if (result === undefined) return null
    if (name === 'main') return result
    if (result === null) {
      throw new CompilationError(
        `The 'statement' result named '${name}' has already been loaded into a variable`,
        { code: 'result-loaded', hint: 'keep it: {% set result = load_result(…) %}' },
      )
    }
    results.set(name, null)
    return result
  }
  return { store, load, main: () => results.get('main') ?? null }
}

export type ResultStore = ReturnType<typeof resultStore>

/** Makes the store that one node's statements write their results to. */
export const createResultStore = resultStore

/** Names that a node's templates have while it is compiled and run. */
export const runNames = (node: RunningNode, results: ResultStore): NameTable<NodeScope> =>
  nameTable<NodeScope>({
    model: () => wrapReadonly(node.model()),
    graph: node.graph,
    this: node.this,
    database: () => node.database,
    schema: () => node.schema,
    sql: node.compiledCode,
    compiled_code: node.compiledCode,
    pre_hooks: () => hooksValue(node.preHooks),
    post_hooks: () => hooksValue(node.postHooks),
    thread_id: () => node.threadId,
    selected_resources: () => [...node.selected()],
    load_agate_table: () => hostFunction('load_agate_table', '', node.loadSeed),
    load_result: () =>
      hostFunction('load_result', 'name', (name: Value) => results.load(toStr(name))),
    store_result: () =>
      hostFunction(
        'store_result',
        'name, response, agate_table=None',
        (name: Value, response: Value, table: Value) => results.store(toStr(name), response, table),
      ),
    store_raw_result: () =>
      hostFunction(
        'store_raw_result',
        'name, message=None, code=None, rows_affected=None, agate_table=None',
        (name: Value, message: Value, code: Value, rows: Value, table: Value) =>
          results.store(
            toStr(name),
            new ResponseValue({
              _message: message === null ? '' : toStr(message),
              code: code === null ? undefined : toStr(code),
              rows_affected: typeof rows === 'number' ? rows : undefined,
            }),
            table,
          ),
      ),
    write: () =>
      hostFunction('write', 'payload', (text: Value) => {
        node.write(toStr(text))
        return ''
      }),
    render: scope =>
      hostFunction('render', 'string', (text: Value) =>
        renderAsync(parseTemplate({ source: toStr(text), file: 'render()' }), scope.lookup, {
          undefined: scope.mode.undefined,
        }),
      ),
  })
