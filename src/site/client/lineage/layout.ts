import { components } from './components.ts'
import { orderColumns } from './order.ts'
import { placeVertically } from './place.ts'
import { type Edges, rank, withoutCycles } from './rank.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A node's box; x and y are its left upper corner. All lengths are pixels at zoom 1. */
export interface Box extends Point {
  readonly width: number
  readonly height: number
}

export interface Line {
  readonly from: number
  readonly to: number
  /** From the right side of `from`, through the bends, to the left side of `to`. */
  readonly points: readonly Point[]
}

export interface Layout {
  readonly boxes: readonly Box[]
  readonly lines: readonly Line[]
  readonly width: number
  readonly height: number
}

export const NODE_HEIGHT = 34
const ROW_GAP = 14
const PART_GAP = 44

interface Part {
  readonly nodes: readonly number[]
  readonly boxes: readonly Box[]
  readonly lines: readonly Line[]
  readonly width: number
  readonly height: number
}

/** Long edges cut into steps of one column, with a new node at each cut. */
const cutLongEdges = (count: number, edges: Edges, ranks: readonly number[]) => {
  const allRanks = [...ranks]
  const steps: (readonly [number, number])[] = []
  const chains = edges.map(([from, to]) => {
    const chain = [from]
    for (let column = ranks[from]! + 1; column < ranks[to]!; column += 1) {
      chain.push(allRanks.length)
      allRanks.push(column)
    }
    chain.push(to)
    for (let at = 0; at + 1 < chain.length; at += 1) steps.push([chain[at]!, chain[at + 1]!])
    return chain
  })
  return { count: allRanks.length, ranks: allRanks, steps, chains, firstBend: count }
}

/** More room between columns where many lines change height. */
const columnGap = (steps: number): number => 46 + Math.min(240, steps * 1.8)

const columnEdges = (
  columns: readonly (readonly number[])[],
  widths: readonly number[],
  stepsFrom: readonly number[],
): readonly { readonly left: number; readonly right: number }[] => {
  let x = 0
  return columns.map((column, index) => {
    const width = Math.max(24, ...column.map(node => widths[node] ?? 0))
    const left = x
    x += width + columnGap(stepsFrom[index] ?? 0)
    return { left, right: left + width }
  })
}

const layoutPart = (nodes: readonly number[], edges: Edges, widths: readonly number[]): Part => {
  const own = nodes.map(node => widths[node]!)
  const lowest = rank(nodes.length, edges)
  const least = Math.min(...lowest)
  const cut = cutLongEdges(
    nodes.length,
    edges,
    lowest.map(value => value - least),
  )
  const columns = orderColumns(cut.count, cut.ranks, cut.steps, cut.count > 6000 ? 10 : 24)
  const centres = placeVertically({
    columns,
    edges: cut.steps,
    firstBend: cut.firstBend,
    gap: NODE_HEIGHT + ROW_GAP,
    bendGap: cut.count > 2000 ? 10 : 20,
    mixedGap: (NODE_HEIGHT + ROW_GAP) / 2 + 4,
    sweeps: 6,
  })
  const top = Math.min(...centres) - NODE_HEIGHT / 2
  const stepsFrom: number[] = []
  for (const [from] of cut.steps)
    stepsFrom[cut.ranks[from]!] = (stepsFrom[cut.ranks[from]!] ?? 0) + 1
  const sides = columnEdges(columns, own, stepsFrom)
  const boxes = own.map((width, node) => ({
    x: sides[cut.ranks[node]!]!.left,
    y: centres[node]! - top - NODE_HEIGHT / 2,
    width,
    height: NODE_HEIGHT,
  }))
  const lines = cut.chains.map(chain => {
    const from = chain[0]!
    const to = chain.at(-1)!
    const bends = chain.slice(1, -1).flatMap(bend => {
      const { left, right } = sides[cut.ranks[bend]!]!
      const y = centres[bend]! - top
      return [
        { x: left, y },
        { x: right, y },
      ]
    })
    const start = { x: boxes[from]!.x + boxes[from]!.width, y: centres[from]! - top }
    const points = [start, ...bends, { x: boxes[to]!.x, y: centres[to]! - top }]
    return { from: nodes[from]!, to: nodes[to]!, points }
  })
  const bottom = Math.max(...centres) - top + NODE_HEIGHT / 2
  return { nodes, boxes, lines, width: Math.max(...sides.map(side => side.right)), height: bottom }
}

/** Single nodes, side by side in a block about as wide as the rest. */
const layoutSingles = (nodes: readonly number[], widths: readonly number[], wide: number): Part => {
  const cell = Math.max(...nodes.map(node => widths[node]!)) + 28
  const perRow = Math.max(1, Math.floor(Math.max(wide, Math.sqrt(nodes.length) * cell) / cell))
  const boxes = nodes.map((node, index) => ({
    x: (index % perRow) * cell,
    y: Math.floor(index / perRow) * (NODE_HEIGHT + ROW_GAP),
    width: widths[node]!,
    height: NODE_HEIGHT,
  }))
  const rows = Math.ceil(nodes.length / perRow)
  return {
    nodes,
    boxes,
    lines: [],
    width: Math.min(nodes.length, perRow) * cell,
    height: rows * (NODE_HEIGHT + ROW_GAP) - ROW_GAP,
  }
}

/**
 * Lays a graph out in columns from left to right (after Sugiyama): connected parts below each
 * other, largest first, single nodes in a block at the end. Takes the width of each node's box.
 */
export const layout = (widths: readonly number[], edges: Edges): Layout => {
  const count = widths.length
  const acyclic = withoutCycles(count, edges)
  const parts = components(count, acyclic)
  const partOf = new Int32Array(count)
  const local = new Int32Array(count)
  parts.forEach((nodes, part) => {
    nodes.forEach((node, index) => {
      partOf[node] = part
      local[node] = index
    })
  })
  const edgesOf: (readonly [number, number])[][] = parts.map(() => [])
  for (const [from, to] of acyclic) edgesOf[partOf[from]!]!.push([local[from]!, local[to]!])
  const joined = parts.filter(nodes => nodes.length > 1)
  const laid = joined.map((nodes, index) => layoutPart(nodes, edgesOf[index]!, widths))
  const singles = parts
    .filter(nodes => nodes.length === 1)
    .flat()
    .sort((a, b) => a - b)
  const wide = Math.max(0, ...laid.map(part => part.width))
  if (singles.length > 0) laid.push(layoutSingles(singles, widths, wide))
  const boxes = new Array<Box>(count)
  const lines: Line[] = []
  let y = 0
  for (const part of laid) {
    part.nodes.forEach((node, index) => {
      const box = part.boxes[index]!
      boxes[node] = { ...box, y: box.y + y }
    })
    for (const line of part.lines) {
      lines.push({ ...line, points: line.points.map(point => ({ x: point.x, y: point.y + y })) })
    }
    y += part.height + PART_GAP
  }
  const width = Math.max(0, ...laid.map(part => part.width))
  return { boxes, lines, width, height: Math.max(0, y - PART_GAP) }
}
