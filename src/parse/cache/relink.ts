import type { ManifestNode } from '../../core/manifest.ts'

/** Entries of parent_map and child_map that change. */
export interface Relinked {
  readonly parents: ReadonlyMap<string, readonly string[]>
  readonly children: ReadonlyMap<string, readonly string[]>
}

type Neighbours = ReadonlyMap<string, readonly string[]>

const parentsOf = (node: ManifestNode): readonly string[] =>
  'nodes' in node.depends_on ? [...new Set(node.depends_on.nodes)].sort() : []

/**
 * What new dependencies of some nodes change in the maps of parents and children; undefined when
 * they lead into a cycle.
 */
export const relink = (
  nodes: readonly ManifestNode[],
  parentMap: Neighbours,
  childMap: Neighbours,
): Relinked | undefined => {
  const parents = new Map<string, readonly string[]>()
  const children = new Map<string, Set<string>>()
  const childrenOf = (id: string): Set<string> => {
    const known = children.get(id) ?? new Set(childMap.get(id))
    children.set(id, known)
    return known
  }
  for (const node of nodes) {
    const id = node.unique_id
    const now = parentsOf(node)
    const before = parentMap.get(id) ?? []
    if (now.join('\n') === before.join('\n')) continue
    parents.set(id, now)
    for (const parent of before) childrenOf(parent).delete(id)
    for (const parent of now) childrenOf(parent).add(id)
  }
  const known = (id: string): readonly string[] => parents.get(id) ?? parentMap.get(id) ?? []
  if ([...parents.keys()].some(id => isAncestor(id, known(id), known))) return undefined
  return {
    parents,
    children: new Map(
      [...children].flatMap(([id, ids]) => (childMap.has(id) ? [[id, [...ids].sort()]] : [])),
    ),
  }
}

const isAncestor = (
  id: string,
  from: readonly string[],
  parentsOfId: (id: string) => readonly string[],
): boolean => {
  const seen = new Set<string>()
  const open = [...from]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === id) return true
    if (seen.has(next)) continue
    seen.add(next)
    open.push(...parentsOfId(next))
  }
  return false
}
