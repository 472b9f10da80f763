import type { Kind } from '../data/resource.ts'
import type { Camera, Rectangle, Size } from './camera.ts'
import type { Graph } from './graph.ts'
import { edgeSide, type Highlight, sideOf } from './highlight.ts'
import type { Box, Layout, Line } from './layout.ts'

export interface Palette {
  readonly edge: string
  readonly upstream: string
  readonly downstream: string
  readonly self: string
  readonly kinds: ReadonlyMap<Kind, string>
}

/** Lines readied for drawing: made once for a layout and a selection. */
export interface Strokes {
  readonly plain: Path2D
  readonly upstream: Path2D
  readonly downstream: Path2D
  readonly heads: readonly Head[]
}

interface Head {
  readonly x: number
  readonly y: number
  readonly side: 'plain' | 'upstream' | 'downstream'
}

const trace = (path: Path2D, { points }: Line): void => {
  const [first, ...rest] = points
  if (!first) return
  path.moveTo(first.x, first.y)
  let last = first
  for (const point of rest) {
    if (Math.abs(point.y - last.y) < 0.5) path.lineTo(point.x, point.y)
    else {
      const middle = (last.x + point.x) / 2
      path.bezierCurveTo(middle, last.y, middle, point.y, point.x, point.y)
    }
    last = point
  }
}

/** Turns the layout's lines into paths, those that the selection lights apart. */
export const strokesOf = (
  graph: Graph,
  layout: Layout,
  highlight: Highlight | undefined,
): Strokes => {
  const strokes = {
    plain: new Path2D(),
    upstream: new Path2D(),
    downstream: new Path2D(),
    heads: [] as Head[],
  }
  for (const line of layout.lines) {
    const end = line.points.at(-1)!
    const side = highlight
      ? edgeSide(highlight, graph.nodes[line.from]!.id, graph.nodes[line.to]!.id)
      : 'apart'
    const kind = side === 'upstream' || side === 'downstream' ? side : 'plain'
    trace(strokes[kind], line)
    strokes.heads.push({ x: end.x, y: end.y, side: kind })
  }
  return strokes
}

export interface Scene {
  readonly context: CanvasRenderingContext2D
  readonly camera: Camera
  readonly view: Size
  /** Device pixels to one pixel of the page. */
  readonly density: number
  readonly palette: Palette
  readonly strokes: Strokes
  readonly highlighted: boolean
}

const paintHeads = ({ context, camera, palette, strokes, highlighted }: Scene): void => {
  const size = 6
  for (const side of ['plain', 'upstream', 'downstream'] as const) {
    context.fillStyle = side === 'plain' ? palette.edge : palette[side]
    context.globalAlpha = side === 'plain' && highlighted ? 0.35 : 1
    context.beginPath()
    for (const head of strokes.heads) {
      if (head.side !== side) continue
      const x = head.x * camera.zoom + camera.x
      const y = head.y * camera.zoom + camera.y
      if (x < -10 || y < -10 || x > context.canvas.width || y > context.canvas.height) continue
      const length = size * camera.zoom
      context.moveTo(x, y)
      context.lineTo(x - length * 1.4, y - length * 0.7)
      context.lineTo(x - length * 1.4, y + length * 0.7)
      context.closePath()
    }
    context.fill()
  }
  context.globalAlpha = 1
}

/** Clears the canvas and draws the lines. */
export const paintLines = (scene: Scene): void => {
  const { context, camera, view, density, palette, strokes, highlighted } = scene
  context.setTransform(density, 0, 0, density, 0, 0)
  context.clearRect(0, 0, view.width, view.height)
  const { x, y, zoom } = camera
  context.setTransform(density * zoom, 0, 0, density * zoom, density * x, density * y)
  const thin = zoom < 0.25 ? 0.7 : zoom < 0.5 ? 1 : 1.4
  context.strokeStyle = palette.edge
  context.globalAlpha = highlighted ? 0.28 : zoom < 0.25 ? 0.6 : 1
  context.lineWidth = thin / zoom
  context.stroke(strokes.plain)
  context.globalAlpha = 1
  context.lineWidth = Math.max(1.4, 2 * Math.min(1, zoom)) / zoom
  context.strokeStyle = palette.upstream
  context.stroke(strokes.upstream)
  context.strokeStyle = palette.downstream
  context.stroke(strokes.downstream)
  context.setTransform(density, 0, 0, density, 0, 0)
  if (zoom >= 0.4) paintHeads(scene)
}

export interface BoxScene extends Scene {
  readonly graph: Graph
  readonly layout: Layout
  readonly area: Rectangle
  readonly highlight: Highlight | undefined
}

const inside = (box: Box, area: Rectangle): boolean =>
  box.x <= area.x + area.width &&
  box.y <= area.y + area.height &&
  box.x + box.width >= area.x &&
  box.y + box.height >= area.y

/** Draws the nodes as plain boxes: for views so wide that no label could be read. */
export const paintBoxes = (scene: BoxScene): void => {
  const { context, camera, density, palette, graph, layout, area, highlight } = scene
  const { zoom } = camera
  context.setTransform(density * zoom, 0, 0, density * zoom, density * camera.x, density * camera.y)
  layout.boxes.forEach((box, index) => {
    if (!inside(box, area)) return
    const node = graph.nodes[index]!
    const side = highlight ? sideOf(highlight, node.id) : undefined
    context.globalAlpha = side === 'apart' ? 0.18 : node.hidden ? 0.5 : 1
    context.fillStyle = node.color ?? palette.kinds.get(node.kind) ?? palette.edge
    context.fillRect(box.x, box.y, box.width, box.height)
    if (side !== 'self') return
    context.globalAlpha = 1
    context.strokeStyle = palette.self
    context.lineWidth = 3 / zoom
    const room = 3 / zoom
    context.strokeRect(box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room)
  })
  context.globalAlpha = 1
}

const kindVariable = (kind: Kind): string => `--kind-${kind.replaceAll('_', '-')}`

/** Reads the theme's colours off an element. */
export const paletteOf = (element: Element, kinds: readonly Kind[]): Palette => {
  const style = getComputedStyle(element)
  const value = (name: string): string => style.getPropertyValue(name).trim() || '#888'
  return {
    edge: value('--edge'),
    upstream: value('--upstream'),
    downstream: value('--downstream'),
    self: value('--accent'),
    kinds: new Map(kinds.map(kind => [kind, value(kindVariable(kind))])),
  }
}
