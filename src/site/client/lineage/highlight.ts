import { reach } from '../data/walk.ts'
import type { Graph } from './graph.ts'

/** What is lit when a node is selected: itself, what it comes from, what comes from it. */
export interface Highlight {
  readonly id: string
  readonly ancestors: ReadonlySet<string>
  readonly descendants: ReadonlySet<string>
}

/** Walks the drawn graph from a node both ways; undefined when it is not drawn. */
export const highlightOf = (graph: Graph, id: string | undefined): Highlight | undefined => {
  if (id === undefined || !graph.indexOf.has(id)) return undefined
  const parents = new Map<string, string[]>()
  const children = new Map<string, string[]>()
  const add = (to: Map<string, string[]>, key: string, value: string): void => {
    const known = to.get(key)
    if (known) known.push(value)
    else to.set(key, [value])
  }
  for (const [from, to] of graph.edges) {
    const parent = graph.nodes[from]!.id
    const child = graph.nodes[to]!.id
    add(parents, child, parent)
    add(children, parent, child)
  }
  return {
    id,
    ancestors: reach([id], at => parents.get(at) ?? []),
    descendants: reach([id], at => children.get(at) ?? []),
  }
}

/** On which side of the selected node something stands. */
export type Side = 'self' | 'upstream' | 'downstream' | 'apart'

export const sideOf = (highlight: Highlight, id: string): Side =>
  id === highlight.id
    ? 'self'
    : highlight.ancestors.has(id)
      ? 'upstream'
      : highlight.descendants.has(id)
        ? 'downstream'
        : 'apart'

/** An edge is lit when both its ends stand on one side (or are the selected node). */
export const edgeSide = (highlight: Highlight, from: string, to: string): Side => {
  const ends = [sideOf(highlight, from), sideOf(highlight, to)]
  const all = (side: Side): boolean => ends.every(end => end === side || end === 'self')
  return all('upstream') ? 'upstream' : all('downstream') ? 'downstream' : 'apart'
}
