import type { Edges } from './rank.ts'

/** The connected parts of a graph, each a list of node indices, largest first. */
export const components = (count: number, edges: Edges): readonly (readonly number[])[] => {
  const root = Int32Array.from({ length: count }, (_, index) => index)
  const find = (node: number): number => {
    let at = node
    while (root[at] !== at) {
      root[at] = root[root[at]!]!
      at = root[at]!
    }
    return at
  }
  for (const [from, to] of edges) root[find(from)] = find(to)
  const parts = new Map<number, number[]>()
  for (let node = 0; node < count; node += 1) {
    const key = find(node)
    const known = parts.get(key)
    if (known) known.push(node)
    else parts.set(key, [node])
  }
  return [...parts.values()].sort((a, b) => b.length - a.length)
}
