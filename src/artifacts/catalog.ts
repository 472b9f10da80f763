import type { JsonObject } from '../core/json.ts'
import type { Manifest } from '../core/manifest.ts'
import { type Relation, relationKey } from '../core/relation.ts'
import { type ArtifactContext, artifactMetadata } from './metadata.ts'

/** A table or view as the warehouse reports it. */
export interface CatalogEntry {
  readonly relation: Relation
  readonly type: string
  readonly comment: string | null
  readonly owner: string | null
  readonly columns: readonly {
    readonly name: string
    readonly type: string
    readonly comment: string | null
  }[]
  readonly stats: readonly {
    readonly id: string
    readonly label: string
    readonly value: string | number | boolean
    readonly description: string
  }[]
}

/**
 * catalog.json, version 1: the tables that belong to a node or a source.
 * @param selected when given, only these unique ids
 */
export function* catalogJson(
  tables: readonly CatalogEntry[],
  manifest: Manifest,
  selected: ReadonlySet<string> | undefined,
  context: ArtifactContext,
): Generator<string> {
  const byRelation = new Map(tables.map(table => [relationKey(table.relation), table]))
  const isMeant = (id: string): boolean => selected === undefined || selected.has(id)
  const nodes: Record<string, JsonObject> = {}
  for (const [id, node] of manifest.nodes) {
    if (!['model', 'seed', 'snapshot'].includes(node.resource_type) || !isMeant(id)) continue
    const key = { database: node.database, schema: node.schema, identifier: node.alias }
    const table = byRelation.get(relationKey(key))
    if (table && node.config.materialized !== 'ephemeral') nodes[id] = entryJson(table, id)
  }
  const sources: Record<string, JsonObject> = {}
  for (const [id, source] of manifest.sources) {
    if (!isMeant(id)) continue
    const key = { database: source.database, schema: source.schema, identifier: source.identifier }
    const table = byRelation.get(relationKey(key))
    if (table) sources[id] = entryJson(table, id)
  }
  const metadata = artifactMetadata('catalog/v1', context)
  yield `{"metadata":${JSON.stringify(metadata)},"nodes":${JSON.stringify(nodes)}`
  yield `,"sources":${JSON.stringify(sources)},"errors":null}`
}

const entryJson = (table: CatalogEntry, uniqueId: string): JsonObject => {
  const { relation } = table
  const columns = table.columns.map((column, i): [string, JsonObject] => [
    column.name,
    { type: column.type, index: i + 1, name: column.name, comment: column.comment },
  ])
  const stats = table.stats.map((stat): [string, JsonObject] => [
    stat.id,
    { ...stat, include: true },
  ])
  return {
    metadata: {
      type: table.type,
      schema: relation.schema,
      name: relation.identifier,
      database: relation.database,
      comment: table.comment,
      owner: table.owner,
    },
    columns: Object.fromEntries(columns),
    stats: {
      ...Object.fromEntries(stats),
      has_stats: {
        id: 'has_stats',
        label: 'Has Stats?',
        value: stats.length > 0,
        include: false,
        description: 'Indicates whether there are statistics for this table',
      },
    },
    unique_id: uniqueId,
  }
}
