import type { Point } from './layout.ts'

export interface Gestures {
  pan(dx: number, dy: number): void
  zoom(at: Point, factor: number): void
  /** A drag has begun or ended; no click follows one. */
  dragging(active: boolean): void
}

interface Options {
  /** The wheel zooms only with Ctrl or ⌘ held, so that a page around the drawing can scroll. */
  readonly wheelNeedsKey: boolean
}

const DRAG_THRESHOLD = 4

const local = (element: Element, event: { clientX: number; clientY: number }): Point => {
  const box = element.getBoundingClientRect()
  return { x: event.clientX - box.left, y: event.clientY - box.top }
}

const wheelFactor = (event: WheelEvent): number => {
  const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : 1
  // A pinch on a touchpad comes as small steps with Ctrl set.
  const speed = event.ctrlKey && Math.abs(event.deltaY) < 50 ? 0.01 : 0.0016
  return Math.exp(-event.deltaY * lines * speed)
}

/** Listens for wheel, drag and pinch on an element; returns the function that stops listening. */
export const listen = (element: HTMLElement, to: Gestures, options: Options): (() => void) => {
  const pointers = new Map<number, Point>()
  let begun: Point | undefined
  let dragging = false

  const spread = (): number => {
    const [a, b] = [...pointers.values()]
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
  }
  const onWheel = (event: WheelEvent): void => {
    if (options.wheelNeedsKey && !event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    to.zoom(local(element, event), wheelFactor(event))
  }
  const onDown = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' && event.button !== 0) return
    pointers.set(event.pointerId, local(element, event))
    begun = local(element, event)
  }
  const onMove = (event: PointerEvent): void => {
    const last = pointers.get(event.pointerId)
    if (!last) return
    const now = local(element, event)
    const before = spread()
    if (!dragging) {
      const far = begun && Math.hypot(now.x - begun.x, now.y - begun.y) > DRAG_THRESHOLD
      if (!far && pointers.size < 2) return
      dragging = true
      to.dragging(true)
      element.setPointerCapture(event.pointerId)
    }
    pointers.set(event.pointerId, now)
    to.pan((now.x - last.x) / pointers.size, (now.y - last.y) / pointers.size)
    const [a, b] = [...pointers.values()]
    if (a && b && before > 0) {
      to.zoom({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, spread() / before)
    }
  }
  const onUp = (event: PointerEvent): void => {
    pointers.delete(event.pointerId)
    if (pointers.size > 0 || !dragging) return
    dragging = false
    // The click that ends a drag arrives after this event.
    setTimeout(() => to.dragging(false), 0)
  }
  const stop = new AbortController()
  const { signal } = stop
  element.addEventListener('wheel', onWheel, { passive: false, signal })
  element.addEventListener('pointerdown', onDown, { signal })
  element.addEventListener('pointermove', onMove, { signal })
  element.addEventListener('pointerup', onUp, { signal })
  element.addEventListener('pointercancel', onUp, { signal })
  return () => stop.abort()
}
