import type { ProjectFacts } from '../context/invocation.ts'
import type { JsonObject } from '../core/json.ts'
import { quotingOf } from '../core/quoting.ts'

interface Placed {
  readonly database: string | null
  readonly schema: string
  readonly alias: string
  readonly config: JsonObject
}

/** A node's full name as SQL: the manifest's `relation_name`. */
export const relationName = (facts: ProjectFacts, node: Placed): string =>
  facts.dialect.render(
    { database: node.database, schema: node.schema, identifier: node.alias },
    quotingOf(facts.quoting, node.config),
  )
