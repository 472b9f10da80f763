import type { JsonObject } from '../core/json.ts'
import type { ColumnInfo } from '../core/manifest.ts'
import type { ColumnProperties } from '../project/property-file.ts'
import { yamlJson } from './yaml-json.ts'

/** Resolves `doc()` in a description. */
export type RenderDescription = (text: string) => {
  readonly text: string
  readonly docBlocks: readonly string[]
}

const column = (properties: ColumnProperties, describe: RenderDescription): ColumnInfo => {
  const { text, docBlocks } = describe(properties.description)
  const meta = yamlJson(properties.meta) as JsonObject
  return {
    name: properties.name,
    description: text,
    meta,
    data_type: properties.data_type,
    constraints: properties.constraints,
    quote: properties.quote,
    config: { meta, tags: properties.tags },
    tags: properties.tags,
    granularity: properties.granularity,
    dimension: null,
    entity: null,
    doc_blocks: docBlocks,
  }
}

/** The columns of a node by name, in the order of the property file. */
export const columnsByName = (
  columns: readonly ColumnProperties[],
  describe: RenderDescription,
): Readonly<Record<string, ColumnInfo>> =>
  Object.fromEntries(columns.map(properties => [properties.name, column(properties, describe)]))
