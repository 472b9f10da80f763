import { describe, expect, it } from 'vitest'
import { boxAt, boxesIn, fitted, heldInView, toWorld, visibleWorld, zoomedAt } from './camera.ts'
import { layout } from './layout.ts'

const view = { width: 800, height: 600 }

describe('the camera', () => {
  it('zooms around the pointer and stays within its limits', () => {
    const before = { x: 30, y: -20, zoom: 0.5 }
    const point = { x: 200, y: 100 }
    const after = zoomedAt(before, point, 1.7)
    expect(toWorld(after, point).x).toBeCloseTo(toWorld(before, point).x)
    expect(toWorld(after, point).y).toBeCloseTo(toWorld(before, point).y)
    expect(zoomedAt(before, point, 1000).zoom).toBe(2.5)
    expect(zoomedAt(before, point, 0).zoom).toBe(0.005)
  })

  it('fits a drawing into the middle, never above its natural size', () => {
    expect(fitted({ width: 100, height: 50 }, view)).toEqual({ zoom: 1, x: 350, y: 275 })
    const small = fitted({ width: 8000, height: 100 }, view)
    expect(small.zoom).toBeCloseTo(704 / 8000)
    expect(small.x).toBeCloseTo(48)
  })

  it('never loses the drawing', () => {
    const drawing = { width: 400, height: 300 }
    const held = heldInView({ x: 9000, y: -9000, zoom: 1 }, drawing, view)
    expect(held).toEqual({ x: 740, y: -240, zoom: 1 })
  })

  it('finds boxes by area and by point', () => {
    const drawn = layout([100, 100], [[0, 1]])
    const camera = { x: 0, y: 0, zoom: 1 }
    expect(boxesIn(drawn, visibleWorld(camera, { width: 50, height: 50 }, 0))).toEqual([0])
    expect(boxAt(drawn, { x: 10, y: 10 }, 0)).toBe(0)
    expect(boxAt(drawn, { x: 110, y: 10 }, 0)).toBeUndefined()
    expect(boxAt(drawn, { x: 110, y: 10 }, 12)).toBe(0)
  })
})
