import { KINDS } from '../data/resource.ts'
import {
  boxAt,
  boxesIn,
  type Camera,
  centredOn,
  fitted,
  heldInView,
  panned,
  type Size,
  toWorld,
  visibleWorld,
  zoomedAt,
} from './camera.ts'
import { listen } from './gestures.ts'
import type { Graph } from './graph.ts'
import type { Highlight } from './highlight.ts'
import type { Layout, Point } from './layout.ts'
import { paintBoxes, paintLines, paletteOf, type Strokes, strokesOf } from './paint.ts'

/** How the nodes show: as elements of the page, or, when they are too many or too small, painted. */
export interface Frame {
  readonly near: boolean
  /** The nodes that need an element. */
  readonly visible: readonly number[]
}

interface Picture {
  readonly graph: Graph
  readonly layout: Layout
  readonly highlight: Highlight | undefined
}

export interface StageOptions {
  readonly host: HTMLElement
  readonly canvas: HTMLCanvasElement
  /** Holds the nodes' elements; it is moved and scaled as a whole. */
  readonly layer: HTMLElement
  readonly embedded: boolean
  onFrame(frame: Frame): void
}

/** Draws a picture into a host element and moves the camera. */
export interface Stage {
  show(picture: Picture): void
  fit(): void
  zoomBy(factor: number): void
  centreOn(index: number): void
  /** Moves just so far that a node is inside the view. */
  reveal(index: number): void
  /** The node under a point of the browser's window. */
  pick(client: Point): number | undefined
  /** Reads the theme's colours again. */
  recolour(): void
  readonly dragged: () => boolean
  close(): void
}

const NEAR_ZOOM = 0.42
const MOST_ELEMENTS = 450
const MARGIN = 160

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index])

const stillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Makes a stage. It listens and draws until close(). */
export const createStage = (options: StageOptions): Stage => {
  const { host, canvas, layer, embedded, onFrame } = options
  const context = canvas.getContext('2d')
  let camera: Camera = { x: 0, y: 0, zoom: 1 }
  let size: Size = { width: 0, height: 0 }
  let picture: Picture | undefined
  let strokes: Strokes | undefined
  let palette = paletteOf(host, KINDS)
  let frame: Frame = { near: true, visible: [] }
  let pending = 0
  let moving = 0
  let untouched = true
  let dragged = false

  const draw = (): void => {
    pending = 0
    if (!context || !picture || !strokes || size.width === 0) return
    const { graph, layout, highlight } = picture
    const area = visibleWorld(camera, size, MARGIN)
    const inView = camera.zoom >= NEAR_ZOOM ? boxesIn(layout, area) : []
    const near = camera.zoom >= NEAR_ZOOM && inView.length <= MOST_ELEMENTS
    const density = devicePixelRatio || 1
    const highlighted = highlight !== undefined
    const scene = { context, camera, view: size, density, palette, strokes, highlighted }
    paintLines(scene)
    if (!near) paintBoxes({ ...scene, graph, layout, area, highlight })
    layer.style.transform = `translate(${camera.x}px, ${camera.y}px) scale(${camera.zoom})`
    host.dataset.zoom = camera.zoom.toFixed(3)
    host.dataset.mode = near ? 'near' : 'far'
    const visible = near ? inView : []
    if (near === frame.near && same(visible, frame.visible)) return
    frame = { near, visible }
    onFrame(frame)
  }
  const schedule = (): void => {
    pending ||= requestAnimationFrame(draw)
  }
  const moveTo = (next: Camera): void => {
    camera = picture ? heldInView(next, picture.layout, size) : next
    schedule()
  }
  const glideTo = (goal: Camera): void => {
    cancelAnimationFrame(moving)
    if (stillness()) {
      moveTo(goal)
      return
    }
    const from = camera
    const began = performance.now()
    const step = (now: number): void => {
      const part = Math.min(1, Math.max(0, (now - began) / 220))
      const eased = 1 - (1 - part) ** 3
      const between = (a: number, b: number): number => a + (b - a) * eased
      camera = {
        x: between(from.x, goal.x),
        y: between(from.y, goal.y),
        zoom: between(from.zoom, goal.zoom),
      }
      draw()
      if (part < 1) moving = requestAnimationFrame(step)
    }
    moving = requestAnimationFrame(step)
  }
  const whole = (): Camera => (picture ? fitted(picture.layout, size, embedded ? 1 : 1.1) : camera)
  const resize = (): void => {
    const width = host.clientWidth
    const height = host.clientHeight
    if (width === size.width && height === size.height) return
    const before = size
    size = { width, height }
    const density = devicePixelRatio || 1
    canvas.width = Math.round(width * density)
    canvas.height = Math.round(height * density)
    if (untouched) camera = whole()
    else camera = panned(camera, (width - before.width) / 2, (height - before.height) / 2)
    draw()
  }
  const observer = new ResizeObserver(resize)
  observer.observe(host)
  const stop = listen(
    host,
    {
      pan(dx, dy) {
        cancelAnimationFrame(moving)
        untouched = false
        moveTo(panned(camera, dx, dy))
      },
      zoom(at, factor) {
        cancelAnimationFrame(moving)
        untouched = false
        moveTo(zoomedAt(camera, at, factor))
      },
      dragging(active) {
        dragged = active
        host.classList.toggle('dragging', active)
      },
    },
    { wheelNeedsKey: embedded },
  )
  return {
    show(next) {
      const isNew = picture?.layout !== next.layout
      picture = next
      strokes = strokesOf(next.graph, next.layout, next.highlight)
      if (isNew) {
        cancelAnimationFrame(moving)
        untouched = true
        camera = whole()
        frame = { near: false, visible: [] }
      }
      draw()
    },
    fit() {
      untouched = true
      glideTo(whole())
    },
    zoomBy(factor) {
      untouched = false
      glideTo(zoomedAt(camera, { x: size.width / 2, y: size.height / 2 }, factor))
    },
    centreOn(index) {
      const box = picture?.layout.boxes[index]
      if (!box) return
      untouched = false
      glideTo(centredOn(box, size, Math.max(camera.zoom, 0.8)))
    },
    reveal(index) {
      const box = picture?.layout.boxes[index]
      if (!box) return
      const left = box.x * camera.zoom + camera.x
      const top = box.y * camera.zoom + camera.y
      const right = left + box.width * camera.zoom
      const bottom = top + box.height * camera.zoom
      const room = 24
      const dx = left < room ? room - left : Math.min(0, size.width - room - right)
      const dy = top < room ? room - top : Math.min(0, size.height - room - bottom)
      if (dx === 0 && dy === 0) return
      untouched = false
      glideTo(panned(camera, dx, dy))
    },
    pick({ x, y }) {
      if (!picture) return undefined
      const box = host.getBoundingClientRect()
      const world = toWorld(camera, { x: x - box.left, y: y - box.top })
      return boxAt(picture.layout, world, frame.near ? 0 : 6 / camera.zoom)
    },
    recolour() {
      palette = paletteOf(host, KINDS)
      schedule()
    },
    dragged: () => dragged,
    close() {
      stop()
      observer.disconnect()
      cancelAnimationFrame(pending)
      cancelAnimationFrame(moving)
    },
  }
}
