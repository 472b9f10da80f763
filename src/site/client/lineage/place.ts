import type { Columns } from './order.ts'
import { type Edges, linksOf } from './rank.ts'

/**
 * The places nearest to the wanted ones (by weighted squares) that keep the order and the gaps:
 * runs that would overlap are pooled and share one shift (pool adjacent violators).
 */
export const spread = (
  wanted: readonly number[],
  weights: readonly number[],
  gaps: readonly number[],
): readonly number[] => {
  const offsets: number[] = []
  const pools: { value: number; weight: number; size: number }[] = []
  let offset = 0
  wanted.forEach((want, index) => {
    if (index > 0) offset += gaps[index - 1]!
    offsets.push(offset)
    let pool = { value: want - offset, weight: weights[index]!, size: 1 }
    for (let last = pools.at(-1); last && last.value > pool.value; last = pools.at(-1)) {
      pools.pop()
      const weight = last.weight + pool.weight
      const value = (last.value * last.weight + pool.value * pool.weight) / weight
      pool = { value, weight, size: last.size + pool.size }
    }
    pools.push(pool)
  })
  const shifts = pools.flatMap(({ value, size }) => new Array<number>(size).fill(value))
  return shifts.map((shift, index) => shift + offsets[index]!)
}

export interface PlaceOptions {
  readonly columns: Columns
  readonly edges: Edges
  /** Nodes from this index on are bends of long edges: thin, and kept straight. */
  readonly firstBend: number
  /** The distance between the middles of two nodes, of two bends, and of a node and a bend. */
  readonly gap: number
  readonly bendGap: number
  readonly mixedGap: number
  readonly sweeps: number
}

const mean = (of: readonly number[], places: Float64Array): number => {
  let sum = 0
  for (const node of of) sum += places[node]!
  return sum / of.length
}

/** The height of each node's centre: near its neighbours, in the columns' order, gaps kept. */
export const placeVertically = (options: PlaceOptions): Float64Array => {
  const { columns, edges, firstBend, gap, bendGap, mixedGap, sweeps } = options
  const count = columns.reduce((sum, column) => sum + column.length, 0)
  const { parents, children } = linksOf(count, edges)
  const places = new Float64Array(count)
  const isBend = (node: number): boolean => node >= firstBend
  const gapsOf = (column: readonly number[]): readonly number[] =>
    column.slice(1).map((node, index) => {
      const bends = Number(isBend(node)) + Number(isBend(column[index]!))
      return bends === 0 ? gap : bends === 1 ? mixedGap : bendGap
    })
  const gaps = columns.map(gapsOf)
  columns.forEach((column, index) => {
    let at = -gaps[index]!.reduce((sum, one) => sum + one, 0) / 2
    column.forEach((node, row) => {
      places[node] = at
      at += gaps[index]![row] ?? 0
    })
  })
  const settle = (index: number, wantedOf: (node: number) => number): void => {
    const column = columns[index]!
    const weights = column.map(node => (isBend(node) ? 8 : 1))
    const placed = spread(column.map(wantedOf), weights, gaps[index]!)
    column.forEach((node, row) => {
      places[node] = placed[row]!
    })
  }
  const near = (node: number, first: readonly number[], other: readonly number[]): number =>
    first.length > 0 ? mean(first, places) : other.length > 0 ? mean(other, places) : places[node]!
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    for (let index = 1; index < columns.length; index += 1) {
      settle(index, node => near(node, parents[node]!, children[node]!))
    }
    for (let index = columns.length - 2; index >= 0; index -= 1) {
      settle(index, node => near(node, children[node]!, parents[node]!))
    }
  }
  // A last look at both sides at once takes the tilt of the last direction out.
  for (let index = 0; index < columns.length; index += 1) {
    settle(index, node => {
      const both = [...parents[node]!, ...children[node]!]
      return both.length > 0 ? mean(both, places) : places[node]!
    })
  }
  return places
}
