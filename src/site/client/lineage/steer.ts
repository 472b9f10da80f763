import type { Graph } from './graph.ts'
import type { Layout } from './layout.ts'

export type Direction = 'left' | 'right' | 'up' | 'down'

const nearestTo = (layout: Layout, from: number, among: readonly number[]): number | undefined => {
  const origin = layout.boxes[from]!
  let best: number | undefined
  let least = Number.POSITIVE_INFINITY
  for (const index of among) {
    const box = layout.boxes[index]!
    const distance = Math.abs(box.y - origin.y) + Math.abs(box.x - origin.x) / 4
    if (distance < least) {
      least = distance
      best = index
    }
  }
  return best
}

/**
 * The node an arrow key leads to: left a parent, right a child, up and down the next one in the
 * column. Undefined where there is none.
 */
export const steer = (
  graph: Graph,
  layout: Layout,
  from: number,
  to: Direction,
): number | undefined => {
  if (to === 'left') {
    return nearestTo(
      layout,
      from,
      graph.edges.filter(edge => edge[1] === from).map(edge => edge[0]),
    )
  }
  if (to === 'right') {
    return nearestTo(
      layout,
      from,
      graph.edges.filter(edge => edge[0] === from).map(edge => edge[1]),
    )
  }
  const origin = layout.boxes[from]!
  const sign = to === 'up' ? -1 : 1
  const column = layout.boxes.flatMap((box, index) =>
    Math.abs(box.x - origin.x) < 1 && (box.y - origin.y) * sign > 0 ? [index] : [],
  )
  return nearestTo(layout, from, column)
}
