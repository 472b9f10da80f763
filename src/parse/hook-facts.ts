import type { Json, JsonObject } from '../core/json.ts'
import type { Hook, RefArgs } from '../core/manifest.ts'
import type { Relation } from '../core/relation.ts'
import { parseTemplate } from '../jinja/engine.ts'
import type { ParseContext } from './parse-context.ts'
import { templateFacts } from './template-facts.ts'

export interface HookFacts {
  readonly refs: readonly RefArgs[]
  readonly sources: readonly (readonly [string, string])[]
  readonly macros: readonly string[]
}

export interface HookedNode {
  readonly packageName: string
  /** Where the node is built: what `this` is in its hooks. */
  readonly own: Relation
  readonly file: string
  readonly config: JsonObject
  readonly model: () => JsonObject
}

const hooksOf = (value: Json | undefined): readonly Hook[] =>
  Array.isArray(value) ? (value as unknown as readonly Hook[]) : []

/** What a node's hooks refer to: the node depends on it, although its SQL does not name it. */
export const hookFacts = (context: ParseContext, node: HookedNode): HookFacts => {
  const { config } = node
  const templates = [...hooksOf(config['pre-hook']), ...hooksOf(config['post-hook'])].filter(
    ({ sql }) => sql.includes('{{') || sql.includes('{%'),
  )
  const facts = templates.map(({ sql }) =>
    templateFacts(parseTemplate({ source: sql, file: node.file }), context.environment, node),
  )
  return {
    refs: facts.flatMap(({ refs }) => refs),
    sources: facts.flatMap(({ sources }) => sources),
    macros: facts.flatMap(({ macros }) => macros),
  }
}
