import type { RefObject } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Graph } from './graph.ts'
import { type Highlight, highlightOf } from './highlight.ts'
import { type Layout, layout as layOut } from './layout.ts'
import { type Frame, Stage } from './stage.ts'

interface Options {
  readonly graph: Graph
  readonly selected: string | undefined
  readonly embedded: boolean
  readonly theme: string
}

export interface StageParts {
  readonly host: RefObject<HTMLDivElement | null>
  readonly canvas: RefObject<HTMLCanvasElement | null>
  readonly layer: RefObject<HTMLDivElement | null>
  readonly stage: RefObject<Stage | null>
  readonly frame: Frame
  readonly layout: Layout
  readonly highlight: Highlight | undefined
}

const LEAST_WIDTH = 96
const MOST_WIDTH = 280
/** Room in a node beside its label, in pixels. */
const AROUND_LABEL = 50

/** The widths of the nodes' boxes, by their labels. */
const boxWidths = (graph: Graph): readonly number[] => {
  const context = document.createElement('canvas').getContext('2d')
  if (context) context.font = `500 13px ${getComputedStyle(document.body).fontFamily}`
  return graph.nodes.map(({ label }) => {
    const width = context ? context.measureText(label).width : label.length * 7.4
    return Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width + AROUND_LABEL)))
  })
}

/** Lays a graph out and keeps a stage for it while the component stands. */
export const useStage = ({ graph, selected, embedded, theme }: Options): StageParts => {
  const host = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const stage = useRef<Stage>(null)
  const [frame, setFrame] = useState<Frame>({ near: true, visible: [] })
  const layout = useMemo(() => layOut(boxWidths(graph), graph.edges), [graph])
  const highlight = useMemo(() => highlightOf(graph, selected), [graph, selected])
  useEffect(() => {
    if (!host.current || !canvas.current || !layer.current) return undefined
    const created = new Stage({
      host: host.current,
      canvas: canvas.current,
      layer: layer.current,
      embedded,
      onFrame: setFrame,
    })
    stage.current = created
    return () => created.close()
  }, [embedded])
  useEffect(() => stage.current?.show({ graph, layout, highlight }), [graph, layout, highlight])
  useEffect(() => stage.current?.recolour(), [theme])
  return { host, canvas, layer, stage, frame, layout, highlight }
}
