import type { RefObject } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Graph } from './graph.ts'
import { type Highlight, highlightOf } from './highlight.ts'
import type { Layout } from './layout.ts'
import { type Frame, Stage } from './stage.ts'

interface Options {
  readonly graph: Graph
  readonly layout: Layout
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
  readonly highlight: Highlight | undefined
}

/** Keeps a stage for a laid out graph while the component stands. */
export const useStage = ({ graph, layout, selected, embedded, theme }: Options): StageParts => {
  const host = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const stage = useRef<Stage>(null)
  const [frame, setFrame] = useState<Frame>({ near: true, visible: [] })
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
  return { host, canvas, layer, stage, frame, highlight }
}
