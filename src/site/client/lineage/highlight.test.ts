import { describe, expect, it } from 'vitest'
import { readProject } from '../data/project.ts'
import { graphOf } from './graph.ts'
import { edgeSide, highlightOf, sideOf } from './highlight.ts'
import { layout } from './layout.ts'
import { steer } from './steer.ts'

const node = (name: string, parents: readonly string[]) => [
  name,
  { resource_type: 'model', name, depends_on: { nodes: parents } },
]

const project = readProject(
  {
    nodes: Object.fromEntries([
      node('a', []),
      node('b', ['a']),
      node('c', ['a']),
      node('d', ['b', 'c']),
      node('e', ['d', 'a']),
    ]),
  },
  undefined,
)

describe('highlightOf', () => {
  const graph = graphOf(project, project.resources.keys())
  const lit = highlightOf(graph, 'b')!

  it('lights what a node comes from and what comes from it', () => {
    expect(['a', 'b', 'c', 'd', 'e'].map(id => sideOf(lit, id))).toEqual([
      'upstream',
      'self',
      'apart',
      'downstream',
      'downstream',
    ])
  })

  it('lights only edges on the way, not the short cut past the node', () => {
    expect(edgeSide(lit, 'a', 'b')).toBe('upstream')
    expect(edgeSide(lit, 'b', 'd')).toBe('downstream')
    expect(edgeSide(lit, 'd', 'e')).toBe('downstream')
    expect(edgeSide(lit, 'a', 'e')).toBe('apart')
    expect(edgeSide(lit, 'c', 'd')).toBe('apart')
  })

  it('walks only what is drawn', () => {
    const part = graphOf(project, ['a', 'd', 'e'])
    expect(highlightOf(part, 'e')?.ancestors).toEqual(new Set(['a', 'd']))
    expect(highlightOf(part, 'b')).toBeUndefined()
  })

  it('is steered by arrow keys', () => {
    const drawn = layout([90, 90, 90, 90, 90], graph.edges)
    const at = (id: string): number => graph.indexOf.get(id)!
    expect(steer(graph, drawn, at('d'), 'right')).toBe(at('e'))
    expect([at('b'), at('c')]).toContain(steer(graph, drawn, at('d'), 'left'))
    expect(steer(graph, drawn, at('a'), 'left')).toBeUndefined()
    const below = drawn.boxes[at('b')]!.y < drawn.boxes[at('c')]!.y ? 'down' : 'up'
    expect(steer(graph, drawn, at('b'), below)).toBe(at('c'))
  })
})
