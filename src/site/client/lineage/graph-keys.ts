import type { Graph } from './graph.ts'
import type { Layout } from './layout.ts'
import type { Stage } from './stage.ts'
import { type Direction, steer } from './steer.ts'

const ARROWS: ReadonlyMap<string, Direction> = new Map([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
])

interface Steering {
  readonly graph: Graph
  readonly layout: Layout
  readonly stage: Stage
  readonly selected: string | undefined
  /** Where walking begins when nothing is selected. */
  readonly start: string | undefined
  onSelect(index: number | undefined): void
  onOpen(index: number): void
}

const walk = (direction: Direction, steering: Steering): void => {
  const { graph, layout, stage, selected, start, onSelect } = steering
  const at = selected === undefined ? undefined : graph.indexOf.get(selected)
  const first = start === undefined ? 0 : (graph.indexOf.get(start) ?? 0)
  const next = at === undefined ? first : steer(graph, layout, at, direction)
  if (next === undefined) return
  onSelect(next)
  stage.reveal(next)
}

/** Does what a key means in the drawing; false for keys that mean nothing there. */
export const onGraphKey = (key: string, steering: Steering): boolean => {
  const { graph, stage, selected, onSelect, onOpen } = steering
  const at = selected === undefined ? undefined : graph.indexOf.get(selected)
  const arrow = ARROWS.get(key)
  if (arrow) walk(arrow, steering)
  else if (key === 'Enter' && at !== undefined) onOpen(at)
  else if (key === 'Escape' && at !== undefined) onSelect(undefined)
  else if (key === '+' || key === '=') stage.zoomBy(1.4)
  else if (key === '-') stage.zoomBy(1 / 1.4)
  else if (key === '0') stage.fit()
  else return false
  return true
}
