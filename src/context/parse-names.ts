import type { JsonObject } from '../core/json.ts'
import type { Relation } from '../core/relation.ts'
import { parseTemplate, renderSync } from '../jinja/engine.ts'
import { wrapReadonly } from '../jinja/python/convert.ts'
import { hostFunction } from '../jinja/python/host-function.ts'
import { PyDict, type Value } from '../jinja/python/values.ts'
import type { NodeScope } from './node-scope.ts'
import { relationValue } from './relation-value.ts'
import { type NameTable, nameTable } from './scope.ts'
import { TableValue } from './table-value.ts'

export interface ParsedNode {
  /** What is known of the node so far, as `{{ model }}` shows it. */
  readonly model: () => JsonObject
  readonly own: Relation
}

/** Names that a node's templates have while it is parsed, beside those of all templates. */
export const parseNames = (node: ParsedNode): NameTable<NodeScope> =>
  nameTable<NodeScope>({
    model: () => wrapReadonly(node.model()),
    graph: () => new PyDict(),
    this: scope => relationValue(node.own, scope.facts.dialect, { quote: scope.facts.quoting }),
    database: () => node.own.database,
    schema: () => node.own.schema,
    pre_hooks: () => [],
    post_hooks: () => [],
    load_result: () => hostFunction('load_result', 'name', () => null),
    store_result: () => hostFunction('store_result', 'name, response, agate_table=None', () => ''),
    store_raw_result: () => hostFunction('store_raw_result', 'name, **kwargs', () => ''),
    load_agate_table: () => hostFunction('load_agate_table', '', () => new TableValue([], [])),
    write: () => hostFunction('write', 'payload', () => ''),
    render: scope =>
      hostFunction('render', 'string', (text: string): Value => {
        const template = parseTemplate({ source: text, file: 'render()' })
        return renderSync(template, scope.lookup, { undefined: scope.mode.undefined })
      }),
  })
