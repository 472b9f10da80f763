import type { Camera } from './camera.ts'

const DURATION = 220 // milliseconds

export interface Glide {
  go(from: Camera, to: Camera): void
  stop(): void
}

/** Moves a camera smoothly, or at once for readers who asked for no motion. */
export const createGlide = (set: (camera: Camera) => void): Glide => {
  let running = 0
  return {
    go(from, to) {
      cancelAnimationFrame(running)
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
        set(to)
        return
      }
      const began = performance.now()
      const step = (now: number): void => {
        const part = Math.min(1, Math.max(0, (now - began) / DURATION))
        const eased = 1 - (1 - part) ** 3
        const between = (a: number, b: number): number => a + (b - a) * eased
        set({
          x: between(from.x, to.x),
          y: between(from.y, to.y),
          zoom: between(from.zoom, to.zoom),
        })
        if (part < 1) running = requestAnimationFrame(step)
      }
      running = requestAnimationFrame(step)
    },
    stop() {
      cancelAnimationFrame(running)
    },
  }
}
