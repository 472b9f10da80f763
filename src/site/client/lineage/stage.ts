import { KINDS } from '../data/resource.ts'
import {
  boxAt,
  boxesIn,
  type Camera,
  centredOn,
  fitted,
  heldInView,
  panned,
  revealing,
  type Size,
  toWorld,
  visibleWorld,
  zoomedAt,
} from './camera.ts'
import { listen } from './gestures.ts'
import { createGlide, type Glide } from './glide.ts'
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

interface StageOptions {
  readonly host: HTMLElement
  readonly canvas: HTMLCanvasElement
  /** Holds the nodes' elements; it is moved and scaled as a whole. */
  readonly layer: HTMLElement
  readonly embedded: boolean
  onFrame(frame: Frame): void
}

const NEAR_ZOOM = 0.42
const MOST_ELEMENTS = 450
const MARGIN = 160

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index])

/**
 * Draws a picture into a host element and moves the camera. A class, since it holds listeners, a
 * canvas and running animations from its making to close().
 */
export class Stage {
  readonly #options: StageOptions
  readonly #context: CanvasRenderingContext2D | null
  readonly #observer: ResizeObserver
  readonly #stopListening: () => void
  readonly #glide: Glide
  #camera: Camera = { x: 0, y: 0, zoom: 1 }
  #size: Size = { width: 0, height: 0 }
  #picture: Picture | undefined
  #strokes: Strokes | undefined
  #palette: ReturnType<typeof paletteOf>
  #frame: Frame = { near: true, visible: [] }
  #pending = 0
  /** Nobody has moved the camera yet: it goes on showing the whole. */
  #untouched = true
  #dragged = false

  constructor(options: StageOptions) {
    const { host, canvas, embedded } = options
    this.#options = options
    this.#context = canvas.getContext('2d')
    this.#palette = paletteOf(host, KINDS)
    this.#glide = createGlide(camera => {
      this.#camera = camera
      this.#draw()
    })
    this.#observer = new ResizeObserver(() => this.#resize())
    this.#observer.observe(host)
    const gestures = {
      pan: (dx: number, dy: number) => this.#moveTo(panned(this.#camera, dx, dy)),
      zoom: (at: Point, factor: number) => this.#moveTo(zoomedAt(this.#camera, at, factor)),
      dragging: (active: boolean) => {
        this.#dragged = active
        host.classList.toggle('dragging', active)
      },
    }
    this.#stopListening = listen(host, gestures, { wheelNeedsKey: embedded })
  }

  show(picture: Picture): void {
    const isNew = this.#picture?.layout !== picture.layout
    this.#picture = picture
    this.#strokes = strokesOf(picture.graph, picture.layout, picture.highlight)
    if (isNew) {
      this.#glide.stop()
      this.#untouched = true
      this.#camera = this.#whole()
      this.#frame = { near: false, visible: [] }
    }
    this.#draw()
  }

  fit(): void {
    this.#glideTo(this.#whole())
    this.#untouched = true
  }

  zoomBy(factor: number): void {
    const middle = { x: this.#size.width / 2, y: this.#size.height / 2 }
    this.#glideTo(zoomedAt(this.#camera, middle, factor))
  }

  /** Moves just so far that a node is inside the view. */
  reveal(index: number): void {
    const box = this.#picture?.layout.boxes[index]
    if (!box) return
    // Far away labels cannot be read: there the node comes near, in the middle.
    this.#glideTo(
      this.#frame.near
        ? revealing(this.#camera, box, this.#size)
        : centredOn(box, this.#size, this.#camera.zoom),
    )
  }

  /** The node under a point of the browser's window. */
  pick(client: Point): number | undefined {
    if (!this.#picture) return undefined
    const { left, top } = this.#options.host.getBoundingClientRect()
    const world = toWorld(this.#camera, { x: client.x - left, y: client.y - top })
    return boxAt(this.#picture.layout, world, this.#frame.near ? 0 : 6 / this.#camera.zoom)
  }

  /** Reads the theme's colours again. */
  recolour(): void {
    this.#palette = paletteOf(this.#options.host, KINDS)
    this.#schedule()
  }

  /** A drag is going on, or has just ended: the click that follows is part of it. */
  get dragged(): boolean {
    return this.#dragged
  }

  close(): void {
    this.#stopListening()
    this.#observer.disconnect()
    this.#glide.stop()
    cancelAnimationFrame(this.#pending)
  }

  #whole(): Camera {
    const most = this.#options.embedded ? 1 : 1.1
    return this.#picture ? fitted(this.#picture.layout, this.#size, most) : this.#camera
  }

  #held(camera: Camera): Camera {
    return this.#picture ? heldInView(camera, this.#picture.layout, this.#size) : camera
  }

  #moveTo(camera: Camera): void {
    this.#glide.stop()
    this.#untouched = false
    this.#camera = this.#held(camera)
    this.#schedule()
  }

  #glideTo(camera: Camera): void {
    this.#untouched = false
    this.#glide.go(this.#camera, this.#held(camera))
  }

  #resize(): void {
    const { host, canvas } = this.#options
    const before = this.#size
    const size = { width: host.clientWidth, height: host.clientHeight }
    if (size.width === before.width && size.height === before.height) return
    this.#size = size
    const density = devicePixelRatio || 1
    canvas.width = Math.round(size.width * density)
    canvas.height = Math.round(size.height * density)
    const [dx, dy] = [(size.width - before.width) / 2, (size.height - before.height) / 2]
    this.#camera = this.#untouched ? this.#whole() : panned(this.#camera, dx, dy)
    this.#draw()
  }

  #schedule(): void {
    this.#pending ||= requestAnimationFrame(() => this.#draw())
  }

  #draw(): void {
    this.#pending = 0
    if (!this.#context || !this.#picture || !this.#strokes || this.#size.width === 0) return
    const { graph, layout, highlight } = this.#picture
    const camera = this.#camera
    const area = visibleWorld(camera, this.#size, MARGIN)
    const inView = camera.zoom >= NEAR_ZOOM ? boxesIn(layout, area) : []
    const near = camera.zoom >= NEAR_ZOOM && inView.length <= MOST_ELEMENTS
    const scene = {
      context: this.#context,
      camera,
      view: this.#size,
      density: devicePixelRatio || 1,
      palette: this.#palette,
      strokes: this.#strokes,
      highlighted: highlight !== undefined,
    }
    paintLines(scene)
    if (!near) paintBoxes({ ...scene, graph, layout, area, highlight })
    this.#publish({ near, visible: near ? inView : [] })
  }

  /** Moves the elements along, and asks for others when other nodes have come into view. */
  #publish(frame: Frame): void {
    const { host, layer, onFrame } = this.#options
    const { x, y, zoom } = this.#camera
    layer.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`
    host.dataset.zoom = zoom.toFixed(3)
    host.dataset.mode = frame.near ? 'near' : 'far'
    if (frame.near === this.#frame.near && same(frame.visible, this.#frame.visible)) return
    this.#frame = frame
    onFrame(frame)
  }
}
