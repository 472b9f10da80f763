import type { GraphNode, Manifest, ModelNode } from '../core/manifest.ts'
import { graphNode } from '../core/manifest.ts'
import type { Graph } from '../graph/graph.ts'

/** One thing to run, with what must have ended before it. */
export interface Task {
  readonly node: GraphNode
  /** Ids of tasks of this plan. */
  readonly after: readonly string[]
  /** Length of the longest chain of tasks behind it: the longest goes first. */
  readonly weight: number
}

export interface TaskOptions {
  readonly manifest: Manifest
  readonly graph: Graph
  readonly selected: ReadonlySet<string>
  /** `build`: a test stands between what it tests and what is built on that. */
  readonly gated: boolean
}

/** Ephemeral models are no tasks: they are text within others. */
export const isEphemeral = (node: GraphNode | undefined): node is ModelNode =>
  node?.resource_type === 'model' && node.config.materialized === 'ephemeral'

type Edges = Map<string, Set<string>>

const connect = (edges: Edges, from: string, to: string): void => {
  const known = edges.get(to)
  if (known) known.add(from)
  else edges.set(to, new Set([from]))
}

/**
 * For each selected node its nearest selected ancestors: what lies between, unselected, hands its
 * own on. Each node's answer is computed once.
 */
const nearestSelected = (
  graph: Graph,
  isTask: (id: string) => boolean,
): ((id: string) => ReadonlySet<string>) => {
  const known = new Map<string, ReadonlySet<string>>()
  const through = (id: string): ReadonlySet<string> => {
    const cached = known.get(id)
    if (cached) return cached
    const found = new Set<string>()
    known.set(id, found)
    for (const parent of graph.parents(id)) {
      if (isTask(parent)) found.add(parent)
      else for (const ancestor of through(parent)) found.add(ancestor)
    }
    return found
  }
  return through
}

const descendantsOf = (graph: Graph): ((id: string) => ReadonlySet<string>) => {
  const known = new Map<string, ReadonlySet<string>>()
  return id => {
    const cached = known.get(id)
    if (cached) return cached
    const found = new Set<string>()
    const pending = [id]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const child of graph.children(next)) {
        if (found.has(child)) continue
        found.add(child)
        pending.push(child)
      }
    }
    known.set(id, found)
    return found
  }
}

const isBuilt = (node: GraphNode | undefined): boolean =>
  node !== undefined &&
  node.resource_type !== 'test' &&
  node.resource_type !== 'unit_test' &&
  node.resource_type !== 'operation'

/**
 * A test stops a node only when everything it tests lies upstream of that node. Of those nodes the
 * nearest are enough: what is behind them waits for them anyway.
 */
const gatedBy = (
  graph: Graph,
  manifest: Manifest,
  parents: readonly string[],
  descendants: (id: string) => ReadonlySet<string>,
): readonly string[] => {
  const [first, ...others] = parents
  if (first === undefined) return []
  const built = (id: string): boolean => isBuilt(graphNode(manifest, id))
  if (others.length === 0) return graph.children(first).filter(built)
  const sets = others.map(descendants)
  const common = [...descendants(first)].filter(id => built(id) && sets.every(set => set.has(id)))
  const all = new Set(common)
  return common.filter(id => !graph.parents(id).some(parent => all.has(parent)))
}

const addTestEdges = (
  edges: Edges,
  options: TaskOptions,
  isTask: (id: string) => boolean,
): void => {
  const { graph, manifest, selected } = options
  const descendants = descendantsOf(graph)
  // A gated node that is no task hands the gate on to the tasks below it.
  const tasksBelow = (id: string): readonly string[] =>
    isTask(id) ? [id] : graph.children(id).flatMap(tasksBelow)
  for (const id of selected) {
    const node = graphNode(manifest, id)
    if (node?.resource_type !== 'test') continue
    for (const gated of gatedBy(graph, manifest, graph.parents(id), descendants)) {
      for (const task of tasksBelow(gated)) if (task !== id) connect(edges, id, task)
    }
  }
}

// A unit test runs before its model and needs what the model reads.
const addUnitTestEdges = (
  edges: Edges,
  options: TaskOptions,
  through: (id: string) => ReadonlySet<string>,
  isTask: (id: string) => boolean,
): void => {
  for (const id of options.selected) {
    const node = graphNode(options.manifest, id)
    if (node?.resource_type !== 'unit_test') continue
    const after = new Set<string>()
    for (const model of node.depends_on.nodes) {
      for (const ancestor of through(model)) after.add(ancestor)
    }
    edges.set(id, after)
    if (!options.gated) continue
    for (const model of node.depends_on.nodes) if (isTask(model)) connect(edges, id, model)
  }
}

const weights = (ids: readonly string[], edges: Edges): ReadonlyMap<string, number> => {
  const children = new Map<string, string[]>()
  for (const [to, froms] of edges) {
    for (const from of froms) {
      const known = children.get(from)
      if (known) known.push(to)
      else children.set(from, [to])
    }
  }
  const known = new Map<string, number>()
  // Iterative: chains can be longer than the call stack.
  const order: string[] = []
  const visited = new Set<string>()
  for (const start of ids) {
    const stack: { readonly id: string; done: boolean }[] = [{ id: start, done: false }]
    for (let top = stack.pop(); top; top = stack.pop()) {
      if (top.done) order.push(top.id)
      else if (!visited.has(top.id)) {
        visited.add(top.id)
        stack.push({ id: top.id, done: true })
        for (const child of children.get(top.id) ?? []) stack.push({ id: child, done: false })
      }
    }
  }
  for (const id of order) {
    const behind = (children.get(id) ?? []).map(child => known.get(child) ?? 0)
    known.set(id, 1 + Math.max(0, ...behind))
  }
  return known
}

/** Plans what is selected: which task waits for which, and which goes first. */
export const planTasks = (options: TaskOptions): readonly Task[] => {
  const { graph, manifest, selected } = options
  const isTask = (id: string): boolean => {
    const node = selected.has(id) ? graphNode(manifest, id) : undefined
    return node !== undefined && node.resource_type !== 'source' && !isEphemeral(node)
  }
  const ids = graph.ids.filter(isTask)
  const through = nearestSelected(graph, isTask)
  const edges: Edges = new Map(ids.map(id => [id, new Set(through(id))]))
  addUnitTestEdges(edges, options, through, isTask)
  if (options.gated) addTestEdges(edges, options, isTask)
  const weight = weights(ids, edges)
  return ids.map(id => ({
    node: graphNode(manifest, id)!,
    after: [...(edges.get(id) ?? [])],
    weight: weight.get(id) ?? 1,
  }))
}
