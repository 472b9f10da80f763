/** Edges between node indices. */
export type Edges = readonly (readonly [from: number, to: number])[]

interface Links {
  readonly parents: readonly (readonly number[])[]
  readonly children: readonly (readonly number[])[]
}

/** Each node's neighbours on both sides. */
export const linksOf = (count: number, edges: Edges): Links => {
  const parents: number[][] = Array.from({ length: count }, () => [])
  const children: number[][] = Array.from({ length: count }, () => [])
  for (const [from, to] of edges) {
    children[from]!.push(to)
    parents[to]!.push(from)
  }
  return { parents, children }
}

/** The edges without those that close a cycle: a manifest is data, and may lie. */
export const withoutCycles = (count: number, edges: Edges): Edges => {
  const { children } = linksOf(count, edges)
  const state = new Uint8Array(count) // 0 unseen, 1 on the path, 2 done
  const closing = new Set<string>()
  for (let root = 0; root < count; root += 1) {
    if (state[root] !== 0) continue
    const path: { node: number; next: number }[] = [{ node: root, next: 0 }]
    state[root] = 1
    while (path.length > 0) {
      const top = path.at(-1)!
      const child = children[top.node]![top.next]
      top.next += 1
      if (child === undefined) {
        state[top.node] = 2
        path.pop()
      } else if (state[child] === 1) closing.add(`${top.node} ${child}`)
      else if (state[child] === 0) {
        state[child] = 1
        path.push({ node: child, next: 0 })
      }
    }
  }
  return closing.size === 0 ? edges : edges.filter(([from, to]) => !closing.has(`${from} ${to}`))
}

const topological = (count: number, links: Links): readonly number[] => {
  const waiting = links.parents.map(parents => parents.length)
  const order: number[] = []
  for (let node = 0; node < count; node += 1) if (waiting[node] === 0) order.push(node)
  for (let at = 0; at < order.length; at += 1) {
    for (const child of links.children[order[at]!]!) {
      waiting[child]! -= 1
      if (waiting[child] === 0) order.push(child)
    }
  }
  return order
}

/**
 * The column of each node: one past its furthest parent, then moved right, next to its nearest
 * child, where that does not lengthen more edges than it shortens (sources stand by their readers).
 * The edges must hold no cycle.
 */
export const rank = (count: number, edges: Edges): readonly number[] => {
  const links = linksOf(count, edges)
  const order = topological(count, links)
  const ranks = new Array<number>(count).fill(0)
  for (const node of order) {
    for (const child of links.children[node]!) {
      ranks[child] = Math.max(ranks[child]!, ranks[node]! + 1)
    }
  }
  for (const node of order.toReversed()) {
    const children = links.children[node]!
    if (children.length === 0 || children.length < links.parents[node]!.length) continue
    ranks[node] = Math.min(...children.map(child => ranks[child]!)) - 1
  }
  return ranks
}
