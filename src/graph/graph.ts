/** Who depends on whom. Nodes are the unique ids of everything enabled that can be selected. */
export interface Graph {
  /** In the order of the manifest's sections. */
  readonly ids: readonly string[]
  /** What a node depends on, each once, in the order written. Empty for unknown ids. */
  parents(id: string): readonly string[]
  children(id: string): readonly string[]
  has(id: string): boolean
}

const none: readonly string[] = []

/** Most nodes have one parent or two, so that this is worth some care. */
const knownOnce = (
  named: readonly string[],
  nodes: ReadonlyMap<string, unknown>,
): readonly string[] => {
  if (named.length === 0) return none
  const isSound = named.every((id, index) => nodes.has(id) && named.indexOf(id) === index)
  return isSound ? named : [...new Set(named)].filter(id => nodes.has(id))
}

/** A graph from the parents of each node; parents that are no nodes themselves are left out. */
export const graphOf = (parentsById: ReadonlyMap<string, readonly string[]>): Graph => {
  const parents = new Map<string, readonly string[]>()
  const children = new Map<string, string[]>()
  for (const [id, named] of parentsById) {
    const known = knownOnce(named, parentsById)
    parents.set(id, known)
    for (const parent of known) {
      const list = children.get(parent)
      if (list) list.push(id)
      else children.set(parent, [id])
    }
  }
  return {
    ids: [...parentsById.keys()],
    parents: id => parents.get(id) ?? none,
    children: id => children.get(id) ?? none,
    has: id => parents.has(id),
  }
}
