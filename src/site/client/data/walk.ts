/** Who stands next to an id, in one direction. */
export type Neighbours = (id: string) => readonly string[]

/**
 * Everything that can be reached from `start` in at most `depth` steps, `start` itself left out.
 * Cycles are walked once.
 */
export const reach = (
  start: Iterable<string>,
  next: Neighbours,
  depth = Number.POSITIVE_INFINITY,
): ReadonlySet<string> => {
  const begin = new Set(start)
  const found = new Set<string>()
  let edge: readonly string[] = [...begin]
  for (let step = 0; step < depth && edge.length > 0; step += 1) {
    const further: string[] = []
    for (const id of edge) {
      for (const neighbour of next(id)) {
        if (found.has(neighbour) || begin.has(neighbour)) continue
        found.add(neighbour)
        further.push(neighbour)
      }
    }
    edge = further
  }
  return found
}
