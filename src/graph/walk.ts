import type { Graph } from './graph.ts'

type Step = (id: string) => readonly string[]

/**
 * What is reached from some nodes in up to `depth` steps. The nodes themselves count only when
 * another of them reaches them.
 */
const reach = (from: Iterable<string>, step: Step, depth: number): Set<string> => {
  const found = new Set<string>()
  let layer: Iterable<string> = from
  for (let i = 0; i < depth; i++) {
    const next: string[] = []
    for (const id of layer) {
      for (const other of step(id)) {
        if (found.has(other)) continue
        found.add(other)
        next.push(other)
      }
    }
    if (next.length === 0) break
    layer = next
  }
  return found
}

export const ancestors = (
  graph: Graph,
  from: Iterable<string>,
  depth = Number.POSITIVE_INFINITY,
): Set<string> => reach(from, id => graph.parents(id), depth)

export const descendants = (
  graph: Graph,
  from: Iterable<string>,
  depth = Number.POSITIVE_INFINITY,
): Set<string> => reach(from, id => graph.children(id), depth)
