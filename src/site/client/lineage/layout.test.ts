import { describe, expect, it } from 'vitest'
import { layout, NODE_HEIGHT } from './layout.ts'

type Edge = readonly [number, number]

const overlaps = (result: ReturnType<typeof layout>): number => {
  let count = 0
  result.boxes.forEach((a, index) => {
    for (const b of result.boxes.slice(index + 1)) {
      const apart =
        a.x + a.width <= b.x ||
        b.x + b.width <= a.x ||
        a.y + a.height <= b.y ||
        b.y + b.height <= a.y
      if (!apart) count += 1
    }
  })
  return count
}

const randomEdges = (count: number): readonly Edge[] => {
  let state = 11
  const random = (): number => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
  return Array.from({ length: count - 20 }, (_, at) => {
    const to = at + 20
    return [Math.floor(random() * to), to] as const
  })
}

describe('layout', () => {
  it('draws a chain straight, from left to right', () => {
    const { boxes, lines } = layout(
      [100, 100, 100],
      [
        [0, 1],
        [1, 2],
      ],
    )
    expect(new Set(boxes.map(box => Math.round(box.y)))).toEqual(new Set([0]))
    expect(boxes[0]!.x + 100).toBeLessThan(boxes[1]!.x)
    expect(boxes[1]!.x + 100).toBeLessThan(boxes[2]!.x)
    expect(lines[0]!.points).toEqual([
      { x: boxes[0]!.x + 100, y: NODE_HEIGHT / 2 },
      { x: boxes[1]!.x, y: NODE_HEIGHT / 2 },
    ])
  })

  it('puts a source beside its first reader, not at the far left', () => {
    const { boxes } = layout(
      [80, 80, 80, 80],
      [
        [0, 1],
        [1, 2],
        [3, 2],
      ],
    )
    expect(boxes[3]!.x).toBe(boxes[1]!.x)
  })

  it('crosses no lines where none need cross', () => {
    const { boxes } = layout(
      [80, 80, 80, 80],
      [
        [0, 3],
        [1, 2],
      ],
    )
    const order = (a: number, b: number): boolean => boxes[a]!.y < boxes[b]!.y
    expect(order(0, 1)).toBe(order(3, 2))
  })

  it('lets no two boxes overlap, with long edges between them', () => {
    const edges = randomEdges(300)
    const result = layout(new Array<number>(300).fill(160), edges)
    expect(overlaps(result)).toBe(0)
    expect(result.lines).toHaveLength(edges.length)
    expect(Math.min(...result.boxes.map(box => box.y))).toBe(0)
    expect(Math.max(...result.boxes.map(box => box.y + box.height))).toBeCloseTo(result.height)
  })

  it('survives cycles, doubled edges and nothing at all', () => {
    expect(layout([], [])).toEqual({ boxes: [], lines: [], width: 0, height: 0 })
    const { boxes } = layout(
      [80, 80, 80],
      [
        [0, 1],
        [1, 2],
        [2, 0],
        [0, 1],
      ],
    )
    expect(boxes).toHaveLength(3)
    expect(boxes.every(box => Number.isFinite(box.x) && Number.isFinite(box.y))).toBe(true)
  })

  it('sets single nodes in a block under the rest', () => {
    const result = layout(new Array<number>(12).fill(100), [[0, 1]])
    expect(overlaps(result)).toBe(0)
    expect(Math.min(...result.boxes.slice(2).map(box => box.y))).toBeGreaterThan(NODE_HEIGHT)
  })
})
