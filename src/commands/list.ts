import { RuntimeError } from '../core/errors.ts'
import { type GraphNode, graphNode } from '../core/manifest.ts'
import { spacedJson } from '../core/spaced-json.ts'
import type { CommandFunction } from './command-function.ts'
import { criteriaOf } from './criteria.ts'
import { loadProject } from './load-project.ts'
import { saveManifest } from './save-artifacts.ts'
import type { Criteria, Services } from './services.ts'

/** Prints what is selected, one line a node, sorted by unique id; the exit code is 0 even for nothing. */
export const list: CommandFunction = async services => {
  const { flags, emit } = services
  const criteria = listCriteria(services)
  const loaded = await loadProject(services)
  saveManifest(services, loaded)
  const ids = [...(await services.select(loaded, criteria))].sort()
  if (ids.length === 0) emit({ kind: 'nothingSelected', command: 'list' })
  for (const id of ids) {
    const node = graphNode(loaded.manifest, id)
    if (node === undefined) continue
    const text = lineOf(node, flags.output ?? 'selector', flags.output_keys)
    emit({ kind: 'answer', name: 'PrintEvent', text, data: { msg: text } })
  }
  return true
}

/** `--models` means models only, and excludes --select and --resource-type. */
const listCriteria = (services: Services): Criteria => {
  const { flags } = services
  const criteria = criteriaOf(services)
  if (flags.models.length === 0) return criteria
  if (flags.select.length > 0)
    throw new RuntimeError('"models" and "select" are mutually exclusive arguments', {
      code: 'exclusive-arguments',
    })
  if (flags.resource_types.length > 0)
    throw new RuntimeError('"models" and "resource_type" are mutually exclusive arguments', {
      code: 'exclusive-arguments',
    })
  return { ...criteria, select: flags.models, resourceTypes: ['model'] }
}

const lineOf = (node: GraphNode, output: string, keys: readonly string[]): string => {
  switch (output) {
    case 'json':
      return spacedJson(jsonOf(node, keys))
    case 'name':
      return searchName(node)
    case 'path':
      return node.original_file_path
    default:
      return selectorOf(node)
  }
}

/** The text that selects the node and nothing else. */
const selectorOf = (node: GraphNode): string => {
  switch (node.resource_type) {
    case 'source':
      return `source:${node.package_name}.${node.source_name}.${node.name}`
    case 'exposure':
      return `exposure:${node.package_name}.${node.name}`
    case 'unit_test':
      return `unit_test:${node.package_name}.${searchName(node)}`
    default:
      return node.fqn.join('.')
  }
}

/** A node's name for the fqn method: with its source, or with its version. */
const searchName = (node: GraphNode): string => {
  if (node.resource_type === 'source') return `${node.source_name}.${node.name}`
  if ('version' in node && node.version !== null && node.version !== undefined)
    return node.resource_type === 'unit_test'
      ? `${node.name}_v${node.version}`
      : `${node.name}.v${node.version}`
  return node.name
}

const defaultKeys: ReadonlySet<string> = new Set([
  'alias',
  'name',
  'package_name',
  'depends_on',
  'direct_parents',
  'tags',
  'config',
  'resource_type',
  'source_name',
  'original_file_path',
  'unique_id',
])

const jsonOf = (node: GraphNode, keys: readonly string[]): Readonly<Record<string, unknown>> => {
  const values: Readonly<Record<string, unknown>> =
    node.resource_type === 'model'
      ? { ...node, direct_parents: node.depends_on.nodes }
      : { ...node }
  if (keys.length === 0)
    return Object.fromEntries(Object.entries(values).filter(([key]) => defaultKeys.has(key)))
  return Object.fromEntries(
    keys.flatMap(key => {
      const value = key.includes('.') ? nested(values, key) : values[key]
      return value === undefined || (value === null && key.includes('.')) ? [] : [[key, value]]
    }),
  )
}

/** The value at `config.materialized`; undefined when the path leads nowhere. */
const nested = (values: Readonly<Record<string, unknown>>, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (at, key) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, key)
          ? (at as Readonly<Record<string, unknown>>)[key]
          : undefined,
      values,
    )
