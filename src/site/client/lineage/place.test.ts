import { describe, expect, it } from 'vitest'
import { spread } from './place.ts'

describe('spread', () => {
  it('leaves places that are far enough apart', () => {
    expect(spread([0, 50, 90], [1, 1, 1], [40, 40])).toEqual([0, 50, 90])
  })

  it('pushes apart what is too near, about its middle', () => {
    expect(spread([10, 10], [1, 1], [40])).toEqual([-10, 30])
    expect(spread([10, 10, 10], [1, 1, 1], [30, 30])).toEqual([-20, 10, 40])
  })

  it('lets the heavier one stay', () => {
    expect(spread([0, 0], [3, 1], [40])).toEqual([-10, 30])
  })

  it('keeps the order of what wants to cross', () => {
    expect(spread([100, 0], [1, 1], [40])).toEqual([30, 70])
  })
})
