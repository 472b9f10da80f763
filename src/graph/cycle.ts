import type { Graph } from './graph.ts'

/** The nodes of some cycle, each the parent of the next; undefined when there is none. Linear time. */
export const findCycle = (graph: Graph): readonly string[] | undefined => {
  const done = new Set<string>()
  const depth = new Map<string, number>()
  for (const root of graph.ids) {
    if (done.has(root)) continue
    // Own stack: a chain of ten thousand models is deeper than JavaScript's.
    const path: { readonly id: string; next: number }[] = [{ id: root, next: 0 }]
    depth.set(root, 0)
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const child = graph.children(top.id)[top.next++]
      if (child === undefined) {
        done.add(top.id)
        depth.delete(top.id)
        path.pop()
        continue
      }
      const seenAt = depth.get(child)
      if (seenAt !== undefined) return path.slice(seenAt).map(step => step.id)
      if (done.has(child)) continue
      depth.set(child, path.length)
      path.push({ id: child, next: 0 })
    }
  }
  return undefined
}
