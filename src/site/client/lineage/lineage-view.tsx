import { useState } from 'preact/hooks'
import { KIND_TEXT, type Resource } from '../data/resource.ts'
import { Icon, KindIcon } from '../parts/icons.tsx'
import type { Graph } from './graph.ts'
import { onGraphKey } from './graph-keys.ts'
import { type Highlight, sideOf } from './highlight.ts'
import type { Layout } from './layout.ts'
import { NodeLink } from './node-link.tsx'
import type { Stage } from './stage.ts'
import { useLayout } from './use-layout.ts'
import { type StageParts, useStage } from './use-stage.ts'

interface Props {
  readonly graph: Graph
  readonly selected: string | undefined
  /** The resource whose page the drawing stands on. */
  readonly focus?: string
  readonly embedded: boolean
  readonly theme: string
  readonly label: string
  onSelect(id: string | undefined): void
  onOpen(resource: Resource): void
}

interface LaidOut extends Props {
  readonly layout: Layout
}

const described = (graph: Graph, highlight: Highlight): string => {
  const node = graph.nodes[graph.indexOf.get(highlight.id)!]!
  return `${node.label}, ${KIND_TEXT[node.kind].one}, ${highlight.ancestors.size} upstream, ${highlight.descendants.size} downstream`
}

const Controls = ({ stage }: { stage: () => Stage | null }) => (
  <div class="graph-controls">
    <button
      type="button"
      aria-label="Zoom in"
      title="Zoom in (+)"
      onClick={() => stage()?.zoomBy(1.5)}
    >
      <Icon name="plus" />
    </button>
    <button
      type="button"
      aria-label="Zoom out"
      title="Zoom out (−)"
      onClick={() => stage()?.zoomBy(1 / 1.5)}
    >
      <Icon name="minus" />
    </button>
    <button
      type="button"
      aria-label="Fit to view"
      title="Fit to view (0)"
      onClick={() => stage()?.fit()}
    >
      <Icon name="fit" />
    </button>
  </div>
)

/** The elements of the nodes that are in view and near enough to be read. */
const Nodes = ({ view, parts }: { view: LaidOut; parts: StageParts }) => (
  <>
    {parts.frame.visible.map(index => {
      const node = view.graph.nodes[index]
      const box = view.layout.boxes[index]
      return (
        node &&
        box && (
          <NodeLink
            key={node.id}
            node={node}
            box={box}
            side={parts.highlight ? sideOf(parts.highlight, node.id) : 'none'}
            focused={node.id === view.focus}
            onSelect={() => view.onSelect(node.id)}
            onOpen={() => view.onOpen(node)}
          />
        )
      )
    })}
  </>
)

interface Hovered {
  readonly index: number
  readonly x: number
  readonly y: number
}

/** In the far view, where nodes are only painted: the name of the one under the pointer. */
const Tip = ({ graph, hovered }: { graph: Graph; hovered: Hovered | undefined }) => {
  const node = hovered && graph.nodes[hovered.index]
  return node ? (
    <div class="graph-tip" style={{ left: `${hovered.x}px`, top: `${hovered.y}px` }}>
      <KindIcon kind={node.kind} />
      {node.label}
    </div>
  ) : null
}

/** What pointer and keys do, beside panning and zooming, which the stage sees to itself. */
const useHandlers = (view: LaidOut, parts: StageParts) => {
  const { graph, layout, selected, focus, onSelect, onOpen } = view
  const { stage, frame, host } = parts
  const [hovered, setHovered] = useState<Hovered | undefined>()
  const select = (index: number | undefined): void =>
    onSelect(index === undefined ? undefined : graph.nodes[index]?.id)
  const open = (index: number): void => onOpen(graph.nodes[index]!)
  /** The painted node under the pointer; near nodes are elements and hear of it themselves. */
  const picked = (event: MouseEvent): number | undefined =>
    frame.near ? undefined : stage.current?.pick({ x: event.clientX, y: event.clientY })
  return {
    hovered: frame.near ? undefined : hovered,
    onClickCapture(event: MouseEvent): void {
      if (!stage.current?.dragged) return
      event.preventDefault()
      event.stopPropagation()
    },
    onClick(event: MouseEvent): void {
      const onNode = event.target instanceof Element && event.target.closest('.node')
      if (!onNode) select(picked(event))
    },
    onDblClick(event: MouseEvent): void {
      const index = picked(event)
      if (index !== undefined) open(index)
    },
    onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || !stage.current) return
      const steering = { graph, layout, stage: stage.current, selected, start: focus }
      const known = onGraphKey(event.key, { ...steering, onSelect: select, onOpen: open })
      if (known) event.preventDefault()
    },
    onPointerMove(event: PointerEvent): void {
      const index = stage.current?.dragged ? undefined : picked(event)
      const box = host.current?.getBoundingClientRect()
      if (index === undefined || !box) setHovered(undefined)
      else setHovered({ index, x: event.clientX - box.left, y: event.clientY - box.top })
    },
    onPointerLeave: () => setHovered(undefined),
  }
}

/** On a page the drawing takes the room it needs at its natural size, within reason. */
const naturalHeight = ({ height }: Layout): string =>
  `${Math.round(Math.min(440, Math.max(170, height + 110)))}px`

const Drawing = (props: LaidOut) => {
  const { graph, embedded, label, layout } = props
  const parts = useStage(props)
  const { hovered, ...handlers } = useHandlers(props, parts)
  const { highlight } = parts
  const style = embedded ? { height: naturalHeight(layout) } : undefined
  return (
    <div class={`graph ${embedded ? 'embedded' : 'full'}`} style={style}>
      <div
        ref={parts.host}
        class="graph-host"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing is one stop, steered by keys
        tabIndex={0}
        aria-label={`${label}. Arrow keys walk along the lineage, Enter opens, plus and minus zoom.`}
        {...handlers}
      >
        <canvas ref={parts.canvas} />
        <div ref={parts.layer} class="graph-layer">
          <Nodes view={props} parts={parts} />
        </div>
        <Tip graph={graph} hovered={hovered} />
      </div>
      <Controls stage={() => parts.stage.current} />
      <div class="visually-hidden" aria-live="polite">
        {highlight ? described(graph, highlight) : ''}
      </div>
    </div>
  )
}

/**
 * The lineage drawing: drag to pan, wheel or pinch to zoom, click to select, double-click to open;
 * with the keyboard arrows walk, Enter opens, Escape lets go, + − 0 zoom. A large graph is laid out
 * after the page has shown itself.
 */
export const LineageView = (props: Props) => {
  const { graph, embedded } = props
  const layout = useLayout(graph)
  return layout ? (
    <Drawing {...props} layout={layout} />
  ) : (
    <p class={`graph graph-wait ${embedded ? 'embedded' : 'full'}`} role="status">
      Laying out {graph.nodes.length.toLocaleString('en')} nodes…
    </p>
  )
}
