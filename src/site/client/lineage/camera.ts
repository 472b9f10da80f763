import type { Layout, Point } from './layout.ts'

/** Where the drawing stands on the screen: screen = world × zoom + (x, y), in pixels. */
export interface Camera extends Point {
  readonly zoom: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Rectangle extends Point, Size {}

const LEAST_ZOOM = 0.005
const MOST_ZOOM = 2.5

const clamp = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, value))

/** The world's point under a point of the screen. */
export const toWorld = (camera: Camera, point: Point): Point => ({
  x: (point.x - camera.x) / camera.zoom,
  y: (point.y - camera.y) / camera.zoom,
})

/** Moves the drawing by pixels of the screen. */
export const panned = (camera: Camera, dx: number, dy: number): Camera => ({
  ...camera,
  x: camera.x + dx,
  y: camera.y + dy,
})

/** Zooms by a factor; what lies under `point` stays there. */
export const zoomedAt = (camera: Camera, point: Point, factor: number): Camera => {
  const zoom = clamp(camera.zoom * factor, LEAST_ZOOM, MOST_ZOOM)
  const world = toWorld(camera, point)
  return { zoom, x: point.x - world.x * zoom, y: point.y - world.y * zoom }
}

/** Shows the whole drawing, centred, no larger than `most`. */
export const fitted = (drawing: Size, view: Size, most = 1): Camera => {
  const margin = Math.min(48, view.width / 12)
  const zoom = clamp(
    Math.min(
      (view.width - 2 * margin) / Math.max(1, drawing.width),
      (view.height - 2 * margin) / Math.max(1, drawing.height),
    ),
    LEAST_ZOOM,
    most,
  )
  return {
    zoom,
    x: (view.width - drawing.width * zoom) / 2,
    y: (view.height - drawing.height * zoom) / 2,
  }
}

/** Brings a box to the middle of the view, at `zoom`. */
export const centredOn = (box: Rectangle, view: Size, zoom: number): Camera => ({
  zoom,
  x: view.width / 2 - (box.x + box.width / 2) * zoom,
  y: view.height / 2 - (box.y + box.height / 2) * zoom,
})

/** Pans just so far that a box is inside the view. */
export const revealing = (camera: Camera, box: Rectangle, view: Size): Camera => {
  const room = 24
  const left = box.x * camera.zoom + camera.x
  const top = box.y * camera.zoom + camera.y
  const pastRight = left + box.width * camera.zoom - (view.width - room)
  const pastBottom = top + box.height * camera.zoom - (view.height - room)
  return panned(
    camera,
    left < room ? room - left : -Math.max(0, pastRight),
    top < room ? room - top : -Math.max(0, pastBottom),
  )
}

/** Holds the drawing back from leaving the view: a strip of it always shows. */
export const heldInView = (camera: Camera, drawing: Size, view: Size): Camera => {
  const strip = 60
  return {
    ...camera,
    x: clamp(camera.x, strip - drawing.width * camera.zoom, view.width - strip),
    y: clamp(camera.y, strip - drawing.height * camera.zoom, view.height - strip),
  }
}

/** The part of the world that shows, widened by `margin` pixels of the screen. */
export const visibleWorld = (camera: Camera, view: Size, margin: number): Rectangle => {
  const corner = toWorld(camera, { x: -margin, y: -margin })
  return {
    ...corner,
    width: (view.width + 2 * margin) / camera.zoom,
    height: (view.height + 2 * margin) / camera.zoom,
  }
}

/** The indices of the boxes that touch a rectangle. */
export const boxesIn = ({ boxes }: Layout, area: Rectangle): readonly number[] => {
  const found: number[] = []
  boxes.forEach((box, index) => {
    const apart =
      box.x > area.x + area.width ||
      box.y > area.y + area.height ||
      box.x + box.width < area.x ||
      box.y + box.height < area.y
    if (!apart) found.push(index)
  })
  return found
}

/** The box at a point of the world, or the nearest within `slack`. */
export const boxAt = ({ boxes }: Layout, point: Point, slack: number): number | undefined => {
  let best: number | undefined
  let nearest = slack
  boxes.forEach((box, index) => {
    const dx = Math.max(box.x - point.x, 0, point.x - box.x - box.width)
    const dy = Math.max(box.y - point.y, 0, point.y - box.y - box.height)
    const distance = Math.hypot(dx, dy)
    if (distance <= nearest) {
      nearest = distance
      best = index
    }
  })
  return best
}
