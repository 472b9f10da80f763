import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { KIND_TEXT, type Resource } from '../data/resource.ts'
import { resourceHref } from '../data/route.ts'
import { Icon, KindIcon } from '../parts/icons.tsx'
import type { Graph } from './graph.ts'
import { type Highlight, highlightOf, sideOf } from './highlight.ts'
import { type Box, layout as layOut } from './layout.ts'
import { createStage, type Frame, type Stage } from './stage.ts'
import { type Direction, steer } from './steer.ts'

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

const ARROWS: ReadonlyMap<string, Direction> = new Map([
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
])

const LEAST_WIDTH = 96
const MOST_WIDTH = 280

/** The widths of the nodes' boxes, by their labels. */
const boxWidths = (graph: Graph): readonly number[] => {
  const context = document.createElement('canvas').getContext('2d')
  const family = getComputedStyle(document.body).fontFamily
  if (context) context.font = `500 13px ${family}`
  return graph.nodes.map(({ label }) => {
    const width = context ? context.measureText(label).width : label.length * 7.4
    return Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width + 50)))
  })
}

const described = (graph: Graph, highlight: Highlight): string => {
  const node = graph.nodes[graph.indexOf.get(highlight.id)!]!
  return `${node.label}, ${KIND_TEXT[node.kind].one}, ${highlight.ancestors.size} upstream, ${highlight.descendants.size} downstream`
}

interface NodeProps {
  readonly node: Resource
  readonly box: Box
  readonly side: string
  readonly focused: boolean
  onSelect(): void
  onOpen(): void
}

const Node = ({ node, box, side, focused, onSelect, onOpen }: NodeProps) => {
  const hidden = node.hidden ? ' is-hidden' : ''
  const style = {
    transform: `translate(${box.x}px, ${box.y}px)`,
    width: `${box.width}px`,
    height: `${box.height}px`,
    ...(node.color === undefined ? {} : { '--node': node.color }),
  }
  const onClick = (event: MouseEvent): void => {
    // With a modifier the link behaves as a link: a new tab, a new window.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    onSelect()
  }
  return (
    <a
      class={`node kind-${node.kind.replaceAll('_', '-')} ${side}${focused ? ' focus' : ''}${hidden}`}
      href={resourceHref(node)}
      style={style}
      data-id={node.id}
      data-side={side}
      title={node.hidden ? `${node.label} (hidden from the docs)` : node.label}
      tabIndex={-1}
      draggable={false}
      onClick={onClick}
      onDblClick={onOpen}
    >
      <KindIcon kind={node.kind} />
      <span>{node.label}</span>
    </a>
  )
}

interface ControlProps {
  readonly stage: () => Stage | undefined
}

const Controls = ({ stage }: ControlProps) => (
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

/**
 * The lineage drawing: drag to pan, wheel or pinch to zoom, click to select, double-click to open;
 * with the keyboard arrows walk, Enter opens, Escape lets go, + − 0 zoom.
 */
export const LineageView = (props: Props) => {
  const { graph, selected, focus, embedded, theme, label, onSelect, onOpen } = props
  const host = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const stage = useRef<Stage | undefined>(undefined)
  const [frame, setFrame] = useState<Frame>({ near: true, visible: [] })
  const [hovered, setHovered] = useState<{ index: number; x: number; y: number } | undefined>()
  const layout = useMemo(() => layOut(boxWidths(graph), graph.edges), [graph])
  const highlight = useMemo(() => highlightOf(graph, selected), [graph, selected])

  useEffect(() => {
    if (!host.current || !canvas.current || !layer.current) return undefined
    const created = createStage({
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

  const selectIndex = (index: number | undefined): void =>
    onSelect(index === undefined ? undefined : graph.nodes[index]?.id)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = selected === undefined ? undefined : graph.indexOf.get(selected)
    const arrow = ARROWS.get(event.key)
    if (arrow) {
      const own = focus === undefined ? undefined : graph.indexOf.get(focus)
      const next = at === undefined ? (own ?? 0) : steer(graph, layout, at, arrow)
      if (next !== undefined) {
        selectIndex(next)
        stage.current?.reveal(next)
      }
    } else if (event.key === 'Enter' && at !== undefined) onOpen(graph.nodes[at]!)
    else if (event.key === 'Escape' && selected !== undefined) onSelect(undefined)
    else if (event.key === '+' || event.key === '=') stage.current?.zoomBy(1.4)
    else if (event.key === '-') stage.current?.zoomBy(1 / 1.4)
    else if (event.key === '0') stage.current?.fit()
    else return
    event.preventDefault()
  }
  const picked = (event: MouseEvent): number | undefined =>
    stage.current?.pick({ x: event.clientX, y: event.clientY })
  const onClick = (event: MouseEvent): void => {
    if (stage.current?.dragged()) return
    const onNode = event.target instanceof Element && event.target.closest('.node')
    if (!onNode) selectIndex(frame.near ? undefined : picked(event))
  }
  const onDblClick = (event: MouseEvent): void => {
    const index = frame.near ? undefined : picked(event)
    if (index !== undefined) onOpen(graph.nodes[index]!)
  }
  const onPointerMove = (event: PointerEvent): void => {
    const index = frame.near || stage.current?.dragged() ? undefined : picked(event)
    const box = host.current?.getBoundingClientRect()
    setHovered(
      index === undefined || !box
        ? undefined
        : { index, x: event.clientX - box.left, y: event.clientY - box.top },
    )
  }
  // On a page the drawing takes the room it needs at its natural size, within reason.
  const height = Math.round(Math.min(440, Math.max(170, layout.height + 110)))
  const style = embedded ? { height: `${height}px` } : undefined
  const tip = hovered && !frame.near ? graph.nodes[hovered.index] : undefined
  return (
    <div class={`graph ${embedded ? 'embedded' : 'full'}`} style={style}>
      <div
        ref={host}
        class="graph-host"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the drawing is one stop, steered by keys
        tabIndex={0}
        aria-label={`${label}. Arrow keys walk along the lineage, Enter opens, plus and minus zoom.`}
        onClickCapture={event => {
          if (stage.current?.dragged()) {
            event.preventDefault()
            event.stopPropagation()
          }
        }}
        onClick={onClick}
        onDblClick={onDblClick}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setHovered(undefined)}
      >
        <canvas ref={canvas} />
        <div ref={layer} class="graph-layer">
          {frame.visible.map(index => {
            const node = graph.nodes[index]
            const box = layout.boxes[index]
            return (
              node &&
              box && (
                <Node
                  key={node.id}
                  node={node}
                  box={box}
                  side={highlight ? sideOf(highlight, node.id) : 'none'}
                  focused={node.id === focus}
                  onSelect={() => onSelect(node.id)}
                  onOpen={() => onOpen(node)}
                />
              )
            )
          })}
        </div>
        {tip && hovered && (
          <div class="graph-tip" style={{ left: `${hovered.x}px`, top: `${hovered.y}px` }}>
            <KindIcon kind={tip.kind} />
            {tip.label}
          </div>
        )}
      </div>
      <Controls stage={() => stage.current} />
      <div class="visually-hidden" aria-live="polite">
        {highlight ? described(graph, highlight) : ''}
      </div>
    </div>
  )
}
