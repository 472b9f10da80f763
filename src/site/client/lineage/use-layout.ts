import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Graph } from './graph.ts'
import { type Layout, layout, QUICK_NODES } from './layout.ts'

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

interface Done {
  readonly graph: Graph
  readonly layout: Layout
}

/**
 * The layout of a graph: at once for a small one, else undefined until it is ready, so that the
 * page can say so first.
 */
export const useLayout = (graph: Graph): Layout | undefined => {
  const [done, setDone] = useState<Done | undefined>()
  const isQuick = graph.nodes.length <= QUICK_NODES
  const layOut = (): Layout => layout(boxWidths(graph), graph.edges)
  const quick = useMemo(() => (isQuick ? layOut() : undefined), [graph])
  useEffect(() => {
    if (isQuick) return undefined
    let timer = 0
    // A frame's callback comes before the frame is shown, the timer after it.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setDone({ graph, layout: layOut() }), 0)
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [graph])
  return quick ?? (done?.graph === graph ? done.layout : undefined)
}
