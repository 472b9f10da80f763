import type { Project } from '../data/project.ts'
import type { Resource } from '../data/resource.ts'

/** The part of the project that a drawing shows; edges join indices of `nodes`. */
export interface Graph {
  readonly nodes: readonly Resource[]
  readonly indexOf: ReadonlyMap<string, number>
  readonly edges: readonly (readonly [from: number, to: number])[]
}

/** The graph of the given resources and of the dependencies between them. */
export const graphOf = (project: Project, ids: Iterable<string>): Graph => {
  const nodes = [...ids].flatMap(id => project.resources.get(id) ?? [])
  nodes.sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }))
  const indexOf = new Map(nodes.map((node, index) => [node.id, index]))
  const edges: (readonly [number, number])[] = []
  nodes.forEach((node, to) => {
    for (const parent of node.parents) {
      const from = indexOf.get(parent)
      if (from !== undefined && from !== to) edges.push([from, to])
    }
  })
  return { nodes, indexOf, edges }
}
