import { type Edges, linksOf } from './rank.ts'

/** Nodes by column, each column from top to bottom. */
export type Columns = readonly (readonly number[])[]

/** Adds up the crossings between two columns by counting inversions (Barth, Jünger and Mutzel). */
const crossingsBetween = (
  left: readonly number[],
  children: readonly (readonly number[])[],
  position: Int32Array,
  width: number,
): number => {
  const tree = new Int32Array(width + 1)
  let crossings = 0
  let seen = 0
  for (const node of left) {
    const targets = children[node]!.map(child => position[child]!).sort((a, b) => a - b)
    for (const target of targets) {
      let notAfter = 0
      for (let at = target + 1; at > 0; at -= at & -at) notAfter += tree[at]!
      crossings += seen - notAfter
    }
    for (const target of targets) {
      for (let at = target + 1; at <= width; at += at & -at) tree[at]! += 1
      seen += 1
    }
  }
  return crossings
}

const setPositions = (columns: Columns, position: Int32Array): void => {
  for (const column of columns) {
    column.forEach((node, index) => {
      position[node] = index
    })
  }
}

/** The middle of the neighbours' places; a node without neighbours keeps its own. */
const centre = (neighbours: readonly number[], position: Int32Array, own: number): number => {
  if (neighbours.length === 0) return own
  let sum = 0
  for (const neighbour of neighbours) sum += position[neighbour]!
  return sum / neighbours.length
}

const firstOrder = (count: number, ranks: readonly number[], edges: Edges): number[][] => {
  const { children, parents } = linksOf(count, edges)
  const columns: number[][] = []
  const seen = new Uint8Array(count)
  // Depth first from the roots: what belongs together starts out together.
  const stack: number[] = []
  for (let root = count - 1; root >= 0; root -= 1) if (parents[root]!.length === 0) stack.push(root)
  while (stack.length > 0) {
    const node = stack.pop()!
    if (seen[node] === 1) continue
    seen[node] = 1
    columns[ranks[node]!] ??= []
    columns[ranks[node]!]!.push(node)
    for (const child of children[node]!.toReversed()) if (seen[child] === 0) stack.push(child)
  }
  for (let index = 0; index < columns.length; index += 1) columns[index] ??= []
  return columns
}

/**
 * Orders each column so that few edges cross: sweeps to and fro, each column by the middle of its
 * neighbours, and keeps the best order seen. Every edge must join neighbouring columns.
 */
export const orderColumns = (
  count: number,
  ranks: readonly number[],
  edges: Edges,
  sweeps: number,
): Columns => {
  const { parents, children } = linksOf(count, edges)
  const position = new Int32Array(count)
  let columns = firstOrder(count, ranks, edges)
  setPositions(columns, position)
  const crossings = (): number => {
    let sum = 0
    for (let index = 0; index + 1 < columns.length; index += 1) {
      sum += crossingsBetween(columns[index]!, children, position, columns[index + 1]!.length)
    }
    return sum
  }
  let best = columns
  let fewest = crossings()
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep += 1) {
    const rightwards = sweep % 2 === 0
    const neighbours = rightwards ? parents : children
    columns = columns.map(column => [...column])
    const turns = rightwards ? columns : columns.toReversed()
    for (const column of turns) {
      const wanted = new Map(
        column.map(node => [node, centre(neighbours[node]!, position, position[node]!)]),
      )
      column.sort((a, b) => wanted.get(a)! - wanted.get(b)! || position[a]! - position[b]!)
      setPositions([column], position)
    }
    const now = crossings()
    if (now < fewest) {
      fewest = now
      best = columns
    }
  }
  return best
}
