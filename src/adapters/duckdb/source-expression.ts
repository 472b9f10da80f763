import { RuntimeError } from '../../core/errors.ts'
import type { Json, JsonObject } from '../../core/json.ts'
import type { SourceNode } from '../../core/manifest.ts'

/**
 * dbt-duckdb's `external_location` (in `meta` or `config`, with placeholders filled from both, in
 * the style that `formatter` names); undefined for any other source.
 * @throws RuntimeError for an unknown formatter, a placeholder without a value, or a plugin
 */
export const sourceExpression = (source: SourceNode): string | undefined => {
  const values: JsonObject = { ...source.meta, ...source.config.meta, ...extraConfig(source) }
  if (values.plugin !== undefined && values.plugin !== null)
    throw new RuntimeError(
      `Source '${source.source_name}.${source.name}' wants the plugin '${String(values.plugin)}': ` +
        'plugins are Python modules, which navo cannot load',
      { hint: 'declare the files with `external:` or `external_location`' },
    )
  const template = values.external_location
  if (typeof template !== 'string') return undefined
  const fields: JsonObject = {
    name: source.name,
    identifier: source.identifier,
    schema: source.schema,
    database: source.database,
    ...values,
  }
  const location = format(template, String(values.formatter ?? 'newstyle'), fields)
  return location.includes('(') || location.startsWith("'") ? location : `'${location}'`
}

const KNOWN = new Set(['enabled', 'tags', 'meta', 'event_time', 'freshness', 'loaded_at_field'])

const extraConfig = (source: SourceNode): JsonObject =>
  Object.fromEntries(
    Object.entries(source.config).filter(([key, value]) => !KNOWN.has(key) && value !== null),
  )

const PLACEHOLDERS: Readonly<Record<string, RegExp>> = {
  newstyle: /\{\{|\}\}|\{(\w+)\}/g,
  oldstyle: /%%|%\((\w+)\)s/g,
  template: /\$\$|\$\{(\w+)\}|\$(\w+)/g,
}

const format = (template: string, formatter: string, fields: JsonObject): string => {
  const pattern = PLACEHOLDERS[formatter]
  if (pattern === undefined)
    throw new RuntimeError(
      `Formatter ${formatter} not recognized. Must be one of 'newstyle', 'oldstyle', or 'template'.`,
    )
  return template.replaceAll(pattern, (text: string, first?: string, second?: string) => {
    const name = [first, second].find(group => typeof group === 'string')
    if (name === undefined) return text.slice(1)
    const value = fields[name]
    if (value === undefined)
      throw new RuntimeError(`external_location '${template}' names '${name}', which has no value`)
    return plain(value)
  })
}

const plain = (value: Json): string =>
  value === null ? 'None' : typeof value === 'string' ? value : JSON.stringify(value)
