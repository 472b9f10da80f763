import { text } from './json.ts'
import type { Project } from './project.ts'
import { KIND_TEXT, KINDS, type Kind, type Resource } from './resource.ts'

interface Leaf {
  readonly type: 'leaf'
  readonly key: string
  readonly label: string
  readonly id: string
  readonly kind: Kind
}

interface Branch {
  readonly type: 'branch'
  readonly key: string
  readonly label: string
  readonly children: readonly TreeNode[]
  /** How many leaves stand below it. */
  readonly count: number
}

export type TreeNode = Leaf | Branch

/** The ways in which the sidebar can be ordered. */
export type TreeMode = 'folders' | 'database' | 'groups'

interface Draft {
  readonly branches: Map<string, Draft>
  readonly leaves: Leaf[]
}

const draft = (): Draft => ({ branches: new Map(), leaves: [] })

const put = (root: Draft, path: readonly string[], leaf: Leaf): void => {
  let at = root
  for (const step of path) {
    let next = at.branches.get(step)
    if (!next) {
      next = draft()
      at.branches.set(step, next)
    }
    at = next
  }
  at.leaves.push(leaf)
}

const byLabel = (a: { readonly label: string }, b: { readonly label: string }): number =>
  a.label.localeCompare(b.label, 'en', { numeric: true })

/** The place in the order of kinds of the first kind that a branch holds: models before macros. */
const kindRank = (node: TreeNode): number =>
  node.type === 'leaf'
    ? KINDS.indexOf(node.kind)
    : Math.min(...node.children.map(child => kindRank(child)))

const byKind = (a: TreeNode, b: TreeNode): number => kindRank(a) - kindRank(b) || byLabel(a, b)

type Order = 'asPut' | 'byKind' | 'byLabel'

const finish = (from: Draft, prefix: string, order: Order): readonly TreeNode[] => {
  const branches = [...from.branches].map(([label, below]): Branch => {
    const key = `${prefix}/${label}`
    const children = finish(below, key, order === 'asPut' ? 'byKind' : 'byLabel')
    const count = children.reduce(
      (sum, child) => sum + (child.type === 'leaf' ? 1 : child.count),
      0,
    )
    return { type: 'branch', key, label, children, count }
  })
  if (order !== 'asPut') branches.sort(order === 'byKind' ? byKind : byLabel)
  return [...branches, ...from.leaves.sort(byLabel)]
}

const visible = (resource: Resource): boolean =>
  !resource.hidden &&
  !resource.builtin &&
  resource.kind !== 'unit_test' &&
  !(resource.kind === 'test' && resource.entry.test_metadata)

const folderPlace = (resource: Resource): readonly string[] => {
  if (resource.kind === 'source') {
    return ['Sources', resource.name.slice(0, resource.name.indexOf('.'))]
  }
  if (resource.kind === 'exposure') return ['Exposures', text(resource.entry.type) || 'other']
  const folders = resource.path.split('/').slice(0, -1)
  const home = folders.length === 0 ? [KIND_TEXT[resource.kind].many] : folders
  return [resource.packageName, ...home]
}

const leafLabel = (resource: Resource): string =>
  resource.kind === 'source' ? resource.name.slice(resource.name.indexOf('.') + 1) : resource.label

const byFolder = (project: Project, resources: readonly Resource[]): readonly TreeNode[] => {
  const root = draft()
  // The order of the first branches is fixed: the project, its inputs and outputs, then packages.
  for (const first of [project.name, 'Sources', 'Exposures']) root.branches.set(first, draft())
  for (const resource of resources) {
    const leaf: Leaf = {
      type: 'leaf',
      key: resource.id,
      label: leafLabel(resource),
      id: resource.id,
      kind: resource.kind,
    }
    put(root, folderPlace(resource), leaf)
  }
  return finish(root, 'folders', 'asPut').filter(node => node.type === 'leaf' || node.count > 0)
}

/** The last part of a relation's name: what the warehouse calls it. */
const identifier = (resource: Resource): string =>
  text(resource.entry.identifier) || text(resource.entry.alias) || resource.name

const byDatabase = (resources: readonly Resource[]): readonly TreeNode[] => {
  const root = draft()
  for (const resource of resources) {
    const { id, kind, database, schema, relation } = resource
    const stored = relation !== '' && resource.materialized !== 'ephemeral' && kind !== 'test'
    if (!stored) continue
    const leaf: Leaf = { type: 'leaf', key: id, label: identifier(resource), id, kind }
    put(root, [database || 'default', schema], leaf)
  }
  return finish(root, 'database', 'byLabel')
}

const byGroup = (resources: readonly Resource[]): readonly TreeNode[] => {
  const root = draft()
  for (const resource of resources) {
    const { id, kind, group } = resource
    if (group === '' || kind === 'test') continue
    put(root, [group], { type: 'leaf', key: id, label: leafLabel(resource), id, kind })
  }
  return finish(root, 'groups', 'byLabel')
}

/** The sidebar's tree. What is hidden, built in or a generic test has no place in it. */
export const projectTree = (project: Project, mode: TreeMode): readonly TreeNode[] => {
  const resources = [...project.resources.values()].filter(visible)
  switch (mode) {
    case 'folders':
      return byFolder(project, resources)
    case 'database':
      return byDatabase(resources)
    case 'groups':
      return byGroup(resources)
  }
}

/** The keys of the branches above a leaf, outermost first; empty when it is not in the tree. */
export const pathTo = (nodes: readonly TreeNode[], id: string): readonly string[] => {
  for (const node of nodes) {
    if (node.type === 'leaf') {
      if (node.id === id) return [node.key]
      continue
    }
    const below = pathTo(node.children, id)
    if (below.length > 0) return [node.key, ...below]
  }
  return []
}

export interface Row {
  readonly node: TreeNode
  readonly depth: number
  readonly parent: string | undefined
}

/** The rows that show when the given branches are open. */
export const openRows = (nodes: readonly TreeNode[], open: ReadonlySet<string>): readonly Row[] => {
  const rows: Row[] = []
  const walk = (level: readonly TreeNode[], depth: number, parent: string | undefined): void => {
    for (const node of level) {
      rows.push({ node, depth, parent })
      if (node.type === 'branch' && open.has(node.key)) walk(node.children, depth + 1, node.key)
    }
  }
  walk(nodes, 0, undefined)
  return rows
}
