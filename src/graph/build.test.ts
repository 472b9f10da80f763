import { describe, expect, test } from 'vitest'
import type { Manifest } from '../core/manifest.ts'
import { buildGraph } from './build.ts'
import { ancestors, descendants } from './walk.ts'

/** A manifest of models only: name to the names of its parents. */
const models = (parents: Readonly<Record<string, readonly string[]>>): Manifest => {
  const nodes = Object.entries(parents).map(
    ([name, above]) =>
      [
        name,
        {
          unique_id: name,
          original_file_path: `models/${name}.sql`,
          depends_on: { nodes: above },
          config: { enabled: true },
        },
      ] as const,
  )
  const none = new Map()
  return {
    nodes: new Map(nodes),
    sources: new Map([['s', {}]]),
    exposures: none,
    unit_tests: none,
  } as unknown as Manifest
}

describe('edges', () => {
  const graph = buildGraph(models({ a: ['s'], b: ['a', 'a', 'gone'], c: ['b', 's'] }))
  test('each once, in the order written; what is not in the manifest has none', () => {
    expect(graph.ids).toEqual(['s', 'a', 'b', 'c'])
    expect(graph.parents('b')).toEqual(['a'])
    expect(graph.parents('c')).toEqual(['b', 's'])
    expect(graph.children('s')).toEqual(['a', 'c'])
    expect(graph.children('nope')).toEqual([])
    expect(graph.has('gone')).toBe(false)
  })
  test('walks, with and without depth', () => {
    expect([...ancestors(graph, ['c'])].toSorted()).toEqual(['a', 'b', 's'])
    expect([...ancestors(graph, ['c'], 1)].toSorted()).toEqual(['b', 's'])
    expect([...descendants(graph, ['a'])].toSorted()).toEqual(['b', 'c'])
    expect([...descendants(graph, ['a', 'b'], 1)].toSorted()).toEqual(['b', 'c'])
    expect([...descendants(graph, ['a'], 0)]).toEqual([])
  })
})

describe('cycles', () => {
  test('are named with their path, and the file of the first', () => {
    const run = () => buildGraph(models({ x: [], a: ['c', 'x'], b: ['a'], c: ['b'] }))
    expect(run).toThrow('Found a cycle: a --> b --> c --> a')
    expect(run).toThrow(
      expect.objectContaining({ at: { file: 'models/a.sql', line: 1, column: 1 } }),
    )
  })
  test('a model that refers to itself', () => {
    expect(() => buildGraph(models({ a: ['a'] }))).toThrow('Found a cycle: a --> a')
  })
  test('a chain of fifty thousand is no problem', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, i) => [`m${i}`, i === 0 ? [] : [`m${i - 1}`]]),
    )
    const graph = buildGraph(models(chain))
    expect(descendants(graph, ['m0']).size).toBe(49_999)
    expect(() => buildGraph(models({ ...chain, m0: ['m49999'] }))).toThrow('Found a cycle: m0 -->')
  })
})
