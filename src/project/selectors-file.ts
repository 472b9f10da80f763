import { stringify } from 'yaml'
import * as z from 'zod'
import { RuntimeError } from '../core/errors.ts'
import type { FileSystem } from '../core/file-system.ts'
import type { Json } from '../core/json.ts'
import { anyOf, check, flag, integer, map, text } from './check.ts'
import { type RenderNative, renderTree } from './render.ts'
import { readYaml, type YamlSource } from './yaml.ts'
import { yamlToJson } from './yaml-json.ts'
import type { YamlMap } from './yaml-value.ts'

const selectorsSchema = z.looseObject({
  selectors: z.array(
    z.looseObject({
      name: text,
      definition: anyOf(text, map),
      description: text.optional(),
      default: flag.optional(),
    }),
  ),
  version: integer.optional(),
})

/** A selector as written, ready for the graph's parser of definitions. */
export interface FileSelector {
  readonly name: string
  readonly description: string
  readonly default: boolean
  readonly definition: Json
}

/**
 * The selectors of selectors.yml, rendered as the project file is; empty without such a file.
 * Throws RuntimeError in dbt's words.
 */
export const readSelectorsFile = (
  fs: FileSystem,
  root: string,
  render: RenderNative,
): readonly FileSelector[] => {
  const content = fs.readText(`${root}/selectors.yml`)
  if (content === undefined) return []
  const source = readYaml(content, 'selectors.yml')
  if (source.value === null) return []
  const value = renderTree(source.value, { source, render, at: [] })
  const checked = check(selectorsSchema, value)
  if (!checked.ok) throw malformed(source, checked.complaints[0]?.path ?? [])
  return checked.value.selectors.map(selector => ({
    name: selector.name,
    description: selector.description ?? '',
    default: selector.default ?? false,
    definition: definitionOf(selector.definition),
  }))
}

const definitionOf = (written: string | YamlMap): Json =>
  typeof written === 'string' ? written : yamlToJson(written)

const malformed = (source: YamlSource, path: readonly (string | number)[]): RuntimeError => {
  const at = source.spanOf(path)
  const entry = path.reduce<unknown>(
    (value, step) => (value as Readonly<Record<string | number, unknown>> | undefined)?.[step],
    source.value,
  )
  return new RuntimeError(
    [
      'Could not parse selector file data: ',
      stringify(entry ?? source.value, { sortMapEntries: true }),
      'Valid root-level selector definitions: union, intersection, string, dictionary. No lists. ',
      'https://docs.getdbt.com/reference/node-selection/yaml-selectors',
    ].join('\n'),
    { at, code: 'selectors-invalid' },
  )
}
