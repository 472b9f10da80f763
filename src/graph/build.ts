import { CompilationError } from '../core/errors.ts'
import { type GraphNode, graphNode, type Manifest } from '../core/manifest.ts'
import { findCycle } from './cycle.ts'
import { type Graph, graphOf } from './graph.ts'

/**
 * The graph of everything enabled that can be selected: what each node names in `depends_on`.
 * (A test whose target is missing is in the manifest, and disabled.)
 * Dependencies that are not in the manifest (disabled ones) have no edge.
 * Throws CompilationError for a cycle, naming its path.
 */
export const buildGraph = (manifest: Manifest): Graph => {
  const parents = new Map<string, readonly string[]>()
  for (const id of manifest.sources.keys()) parents.set(id, [])
  for (const section of [manifest.nodes, manifest.exposures, manifest.unit_tests])
    for (const [id, node] of section) if (node.config.enabled) parents.set(id, dependencies(node))
  const graph = graphOf(parents)
  const cycle = findCycle(graph)
  if (cycle) throw cycleError(cycle, manifest)
  return graph
}

const dependencies = (node: GraphNode): readonly string[] =>
  'depends_on' in node && 'nodes' in node.depends_on ? node.depends_on.nodes : []

const cycleError = (cycle: readonly string[], manifest: Manifest): CompilationError => {
  const [first = ''] = cycle
  const file = graphNode(manifest, first)?.original_file_path
  return new CompilationError(`Found a cycle: ${[...cycle, first].join(' --> ')}`, {
    at: file === undefined ? undefined : { file, line: 1, column: 1 },
    hint: 'each of them needs the one before it: take one ref out',
    code: 'cycle',
  })
}
