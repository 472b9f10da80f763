import type { z } from 'zod'
import type { ExternalTable, FreshnessThreshold } from '../core/manifest.ts'
import type { SourceProperties, SourceTableProperties } from './properties.ts'
import { readColumns, readDataTests } from './property-columns.ts'
import { type sourceSchema, tableSchema } from './property-schema.ts'
import type { EntryPlace } from './property-sections.ts'
import { yamlToJson } from './yaml-json.ts'
import { isYamlMap, type YamlMap, type YamlValue } from './yaml-value.ts'

type WrittenSource = z.infer<typeof sourceSchema>
type WrittenTable = z.infer<typeof tableSchema>

/** A source with its tables. */
export const readSource = (source: WrittenSource, place: EntryPlace): SourceProperties => {
  const { entry, at, issues } = place
  if (source.loaded_at_field === '')
    issues.invalid('loaded_at_field cannot be an empty string.', [...at, 'loaded_at_field'])
  return {
    name: source.name,
    description: source.description ?? '',
    database: source.database ?? null,
    schema: source.schema ?? null,
    unrenderedDatabase: textOrNull(entry.database),
    unrenderedSchema: textOrNull(entry.schema),
    loader: source.loader ?? '',
    config: source.config ?? {},
    unrenderedConfig: isYamlMap(entry.config) ? entry.config : {},
    meta: source.meta ?? {},
    tags: source.tags ?? [],
    quoting: quotingOf(source.quoting),
    freshness: freshnessOf(source.freshness),
    loaded_at_field: source.loaded_at_field,
    loaded_at_query: source.loaded_at_query ?? null,
    overrides: source.overrides ?? null,
    given: new Set(Object.keys(entry)),
    tables: (source.tables ?? []).map((table, index) =>
      readTable(table, { ...place, at: [...at, 'tables', index] }),
    ),
    at,
  }
}

const readTable = (table: WrittenTable, { at, issues }: EntryPlace): SourceTableProperties => {
  issues.warnUnknown(table, tableSchema.shape, at, `source table '${table.name}'`)
  if (table.loaded_at_field === '')
    issues.invalid('loaded_at_field cannot be an empty string.', [...at, 'loaded_at_field'])
  return {
    name: table.name,
    description: table.description ?? '',
    identifier: table.identifier ?? null,
    config: table.config ?? {},
    meta: table.meta ?? {},
    tags: table.tags ?? [],
    quoting: quotingOf(table.quoting),
    freshness: freshnessOf(table.freshness),
    loaded_at_field: table.loaded_at_field,
    loaded_at_query: table.loaded_at_query ?? null,
    external: externalOf(table.external as YamlMap | null | undefined),
    columns: readColumns(table.columns, [...at, 'columns'], issues),
    data_tests: readDataTests(table, at, issues),
    at,
  }
}

const textOrNull = (value: YamlValue | undefined): string | null =>
  typeof value === 'string' ? value : null

const quotingOf = (
  written: WrittenSource['quoting'],
): Readonly<Record<string, boolean | null>> => ({
  database: written?.database ?? written?.project ?? null,
  schema: written?.schema ?? null,
  identifier: written?.identifier ?? null,
})

const freshnessOf = (
  written: WrittenSource['freshness'],
): FreshnessThreshold | null | undefined => {
  if (written === undefined || written === null) return written
  return {
    warn_after: spanOf(written.warn_after),
    error_after: spanOf(written.error_after),
    filter: written.filter ?? null,
  }
}

const spanOf = (span: { count?: number | null; period?: string | null } | null | undefined) => ({
  count: span?.count ?? null,
  period: span?.period ?? null,
})

const externalOf = (written: YamlMap | null | undefined): ExternalTable | null =>
  written === null || written === undefined
    ? null
    : ({
        location: null,
        file_format: null,
        row_format: null,
        tbl_properties: null,
        partitions: null,
        ...yamlToJson(written),
      } as ExternalTable)
