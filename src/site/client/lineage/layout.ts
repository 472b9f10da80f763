import { Graph as DagreGraph, graphlib, layout as layOutLayers } from '@dagrejs/dagre'

/** Edges between node indices. */
type Edges = readonly (readonly [from: number, to: number])[]

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

/** Up to so many nodes a layout takes a moment, and the best ranking can be afforded. */
export const QUICK_NODES = 150
export const NODE_HEIGHT = 34
const ROW_GAP = 14
const PART_GAP = 44

interface NodeLabel {
  readonly width: number
  readonly height: number
  /** The middle; dagre writes it. */
  x?: number
  y?: number
}

interface EdgeLabel {
  /** From box to box with a point in each column and each gap passed through; dagre writes it. */
  points?: Point[]
}

type Drawn = DagreGraph<object, NodeLabel, EdgeLabel>

interface Part {
  readonly boxes: ReadonlyMap<number, Box>
  readonly lines: readonly Line[]
  readonly width: number
  readonly height: number
}

/** The left side of each column, with the right side of its widest box. */
const columnsOf = (boxes: Iterable<Box>): ReadonlyMap<number, number> => {
  const columns = new Map<number, number>()
  for (const { x, width } of boxes) columns.set(x, Math.max(columns.get(x) ?? 0, x + width))
  return columns
}

const linesOf = (graph: Drawn, boxes: ReadonlyMap<number, Box>): readonly Line[] => {
  const columns = columnsOf(boxes.values())
  return graph.edges().flatMap(edge => {
    const [from, to] = [Number(edge.v), Number(edge.w)]
    const [start, end] = [boxes.get(from)!, boxes.get(to)!]
    // It closes a cycle: a manifest is data, and may lie.
    if (end.x <= start.x) return []
    const bends = graph.edge(edge).points!.flatMap(({ x, y }) => {
      const right = columns.get(x)
      const isOnTheWay = right !== undefined && x > start.x && x < end.x
      return isOnTheWay
        ? [
            { x, y },
            { x: right, y },
          ]
        : []
    })
    const points = [
      { x: start.x + start.width, y: start.y + start.height / 2 },
      ...bends,
      { x: end.x, y: end.y + end.height / 2 },
    ]
    return [{ from, to, points }]
  })
}

/** Moved down, so that nothing sticks out at the top: dagre counts boxes only, not lines. */
const lowered = (part: Part): Part => {
  let [top, bottom] = [0, part.height]
  for (const { points } of part.lines) {
    for (const { y } of points) {
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  return { ...moved(part, -top), height: bottom - top }
}

const moved = (part: Part, down: number): Part => ({
  ...part,
  boxes: new Map([...part.boxes].map(([node, box]) => [node, { ...box, y: box.y + down }])),
  lines: part.lines.map(line => ({
    ...line,
    points: line.points.map(({ x, y }) => ({ x, y: y + down })),
  })),
})

/** Lays a connected part out in columns. */
const layOutPart = (nodes: readonly string[], whole: Drawn): Part => {
  const graph: Drawn = new DagreGraph()
  for (const node of nodes) graph.setNode(node, { ...whole.node(node) })
  for (const node of nodes) {
    for (const { v, w } of whole.outEdges(node) ?? []) graph.setEdge(v, w, {})
  }
  graph.setGraph({
    rankdir: 'LR',
    rankalign: 'top',
    // The exact ranking takes minutes for a thousand nodes.
    ranker: nodes.length > QUICK_NODES ? 'tight-tree' : 'network-simplex',
    nodesep: ROW_GAP,
    edgesep: 10,
    // More room between columns where many lines change height; even, since dagre halves it.
    ranksep: 54 + 2 * Math.min(250, Math.round(graph.edgeCount() / 8)),
  })
  layOutLayers(graph)
  const boxes = new Map(
    nodes.map(node => {
      const { x = 0, y = 0, width, height } = graph.node(node)
      return [Number(node), { x: x - width / 2, y: y - height / 2, width, height }] as const
    }),
  )
  const sides = [...boxes.values()].map(box => box.x + box.width)
  const ends = [...boxes.values()].map(box => box.y + box.height)
  const lines = linesOf(graph, boxes)
  return lowered({ boxes, lines, width: Math.max(...sides), height: Math.max(...ends) })
}

/** Single nodes, side by side in a block about as wide as the rest. */
const layOutSingles = (nodes: readonly number[], widths: readonly number[], wide: number): Part => {
  const cell = Math.max(...nodes.map(node => widths[node]!)) + 28
  const perRow = Math.max(1, Math.floor(Math.max(wide, Math.sqrt(nodes.length) * cell) / cell))
  const boxes = nodes.map((node, index) => {
    const x = (index % perRow) * cell
    const y = Math.floor(index / perRow) * (NODE_HEIGHT + ROW_GAP)
    return [node, { x, y, width: widths[node]!, height: NODE_HEIGHT }] as const
  })
  const rows = Math.ceil(nodes.length / perRow)
  return {
    boxes: new Map(boxes),
    lines: [],
    width: Math.min(nodes.length, perRow) * cell,
    height: rows * (NODE_HEIGHT + ROW_GAP) - ROW_GAP,
  }
}

/**
 * Lays a graph out in columns from left to right: connected parts below each other, largest first,
 * single nodes in a block at the end. Takes the width of each node's box.
 * Up to QUICK_NODES nodes take a moment, 2,000 some seconds.
 */
export const layout = (widths: readonly number[], edges: Edges): Layout => {
  const graph: Drawn = new DagreGraph()
  widths.forEach((width, node) => {
    graph.setNode(String(node), { width, height: NODE_HEIGHT })
  })
  for (const [from, to] of edges) graph.setEdge(String(from), String(to), {})
  const groups = graphlib.alg.components(graph).sort((a, b) => b.length - a.length)
  const parts = groups.filter(group => group.length > 1).map(group => layOutPart(group, graph))
  const singles = groups.filter(group => group.length === 1).map(([node]) => Number(node))
  const wide = Math.max(0, ...parts.map(part => part.width))
  if (singles.length > 0) parts.push(layOutSingles(singles, widths, wide))
  const boxes = new Array<Box>(widths.length)
  const lines: Line[] = []
  let y = 0
  for (const part of parts) {
    const placed = moved(part, y)
    for (const [node, box] of placed.boxes) boxes[node] = box
    lines.push(...placed.lines)
    y += part.height + PART_GAP
  }
  const width = Math.max(0, ...parts.map(part => part.width))
  return { boxes, lines, width, height: Math.max(0, y - PART_GAP) }
}
