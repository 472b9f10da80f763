import type { JsonObject } from '../core/json.ts'
import type { GraphNode, Manifest } from '../core/manifest.ts'
import { type ArtifactContext, artifactMetadata } from './metadata.ts'

/** What manifest.json says besides the nodes. */
export interface ManifestFacts {
  /** md5 of the project's name, as dbt has it. */
  readonly projectId: string
  readonly quoting?: JsonObject
}

/**
 * manifest.json, version 12, in pieces of about a node each: the whole text of a large project is
 * never held at once. One entry a line, so that a part can be found and replaced without parsing.
 */
export function* manifestJson(
  manifest: Manifest,
  facts: ManifestFacts,
  context: ArtifactContext,
): Generator<string> {
  yield manifestHead(manifest, facts, context)
  yield* manifestBody(manifest)
}

/** The beginning of manifest.json: its metadata, which each invocation has its own of. */
export const manifestHead = (
  manifest: Pick<Manifest, 'project_name' | 'adapter_type'>,
  facts: ManifestFacts,
  context: ArtifactContext,
): string => {
  const metadata = {
    ...artifactMetadata('manifest/v12', context),
    project_name: manifest.project_name,
    project_id: facts.projectId,
    user_id: null,
    send_anonymous_usage_stats: false,
    adapter_type: manifest.adapter_type,
    quoting: facts.quoting ?? { database: true, schema: true, identifier: true, column: null },
    run_started_at: context.startedAt.toISOString().replace('Z', '000+00:00'),
  }
  return `{"metadata":${JSON.stringify(metadata)}\n`
}

/** All of manifest.json behind its metadata, the same for every invocation that changes nothing. */
export function* manifestBody(manifest: Manifest): Generator<string> {
  const { parents, children } = neighbours(manifest)
  yield* section('nodes', manifest.nodes)
  yield* section('sources', manifest.sources)
  yield* section('macros', manifest.macros)
  yield* section('docs', manifest.docs)
  yield* section('exposures', manifest.exposures)
  yield ',"metrics":{}\n'
  yield* section('groups', manifest.groups)
  yield `,"selectors":${JSON.stringify(manifest.selectors)}\n`
  yield* section('disabled', manifest.disabled)
  yield* section('parent_map', parents)
  yield* section('child_map', children)
  yield* section('group_map', groupMembers(manifest))
  yield ',"saved_queries":{}\n,"semantic_models":{}\n'
  yield* section('unit_tests', manifest.unit_tests)
  yield ',"functions":{}}\n'
}

function* section(name: string, entries: ReadonlyMap<string, unknown>): Generator<string> {
  yield `,"${name}":{\n`
  let comma = ''
  for (const [key, value] of entries) {
    yield `${comma}${JSON.stringify(key)}:${JSON.stringify(value)}\n`
    comma = ','
  }
  yield '}\n'
}

const parentsOf = (node: GraphNode): readonly string[] =>
  node.resource_type === 'source' || !('nodes' in node.depends_on) ? [] : node.depends_on.nodes

const neighbours = (
  manifest: Manifest,
): {
  readonly parents: ReadonlyMap<string, readonly string[]>
  readonly children: ReadonlyMap<string, readonly string[]>
} => {
  const parents = new Map<string, readonly string[]>()
  const children = new Map<string, string[]>()
  const sections: readonly ReadonlyMap<string, GraphNode>[] = [
    manifest.nodes,
    manifest.sources,
    manifest.exposures,
    manifest.unit_tests,
  ]
  for (const nodes of sections)
    for (const [id, node] of nodes) {
      parents.set(id, [...new Set(parentsOf(node))].sort())
      children.set(id, [])
    }
  for (const [id, of] of parents) for (const parent of of) children.get(parent)?.push(id)
  for (const of of children.values()) of.sort()
  return { parents, children }
}

const groupMembers = (manifest: Manifest): ReadonlyMap<string, readonly string[]> => {
  const members = new Map<string, string[]>(
    [...manifest.groups.values()].map(group => [group.name, []]),
  )
  for (const [id, node] of manifest.nodes)
    if (node.group !== null && node.group !== undefined) members.get(node.group)?.push(id)
  return members
}
