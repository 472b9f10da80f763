import { text } from './json.ts'
import type { Project } from './project.ts'
import type { Resource } from './resource.ts'
import { reach } from './walk.ts'
import { wildcard } from './wildcard.ts'

export interface Selected {
  readonly ids: ReadonlySet<string>
  /** What could not be understood, or named nothing. */
  readonly problems: readonly string[]
}

interface Atom {
  readonly text: string
  readonly method: string
  readonly value: string
  readonly childrensParents: boolean
  readonly parents: number
  readonly children: number
}

const ATOM = /^(@)?(?:(\d*)(\+))?(?:([\w.]+):)?(.*?)(?:(\+)(\d*))?$/

const depthOf = (plus: string | undefined, count: string | undefined): number =>
  plus === undefined ? 0 : count ? Number(count) : Number.POSITIVE_INFINITY

const readAtom = (text: string): Atom => {
  const [, at, before, plusBefore, method, value, plusAfter, after] = ATOM.exec(text) ?? []
  return {
    text,
    method: method ?? '',
    value: value ?? '',
    childrensParents: at !== undefined,
    parents: depthOf(plusBefore, before),
    children: depthOf(plusAfter, after),
  }
}

const pathMatch = (path: string, value: string): boolean => {
  const wanted = value.replace(/^\.\//, '').replace(/\/$/, '')
  return path === wanted || path.startsWith(`${wanted}/`) || wildcard(wanted)(path)
}

/** By name, by a file's last part, or by the first parts of the fully qualified name. */
const nameMatch = (resource: Resource, value: string): boolean => {
  if (value.includes('/')) return pathMatch(resource.path, value)
  const fits = wildcard(value)
  const unversioned = text(resource.entry.name)
  const names = [resource.id, resource.name, unversioned, `${unversioned}.v${resource.version}`]
  if (names.some(fits) || fits(resource.path.slice(resource.path.lastIndexOf('/') + 1))) return true
  const parts = value.split('.')
  const { fqn } = resource
  const begins = (from: readonly string[]): boolean =>
    parts.length <= from.length && parts.every((part, index) => wildcard(part)(from[index] ?? ''))
  return begins(fqn) || begins(fqn.slice(1))
}

const sourceMatch = (resource: Resource, value: string): boolean =>
  resource.kind === 'source' &&
  [
    resource.name,
    resource.name.split('.')[0] ?? '',
    `${resource.packageName}.${resource.name}`,
  ].some(wildcard(value))

const METHODS: ReadonlyMap<string, (resource: Resource, value: string) => boolean> = new Map([
  ['', nameMatch],
  ['fqn', nameMatch],
  ['path', (resource, value) => pathMatch(resource.path, value)],
  ['file', (resource, value) => wildcard(value)(resource.path.split('/').at(-1) ?? '')],
  ['tag', (resource, value) => resource.tags.some(wildcard(value))],
  ['source', sourceMatch],
  ['exposure', (resource, value) => resource.kind === 'exposure' && wildcard(value)(resource.name)],
  ['resource_type', (resource, value) => resource.kind === value],
  ['package', (resource, value) => wildcard(value)(resource.packageName)],
  ['group', (resource, value) => wildcard(value)(resource.group)],
  ['access', (resource, value) => resource.access === value],
])

const configMatch = (resource: Resource, key: string, value: string): boolean => {
  let at: unknown = resource.config
  for (const part of key.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return false
    at = (at as Record<string, unknown>)[part]
  }
  const fits = wildcard(value)
  return Array.isArray(at) ? at.some(item => fits(String(item))) : fits(String(at))
}

const matcherOf = ({ method, value }: Atom): ((resource: Resource) => boolean) | undefined => {
  if (method.startsWith('config.')) {
    return resource => configMatch(resource, method.slice('config.'.length), value)
  }
  const match = METHODS.get(method)
  return match && (resource => match(resource, value))
}

const selectAtom = (project: Project, candidates: readonly Resource[], atom: Atom): Selected => {
  const match = matcherOf(atom)
  if (!match) {
    return { ids: new Set(), problems: [`'${atom.method}' is not a method this graph knows`] }
  }
  const chosen = candidates.filter(match).map(({ id }) => id)
  if (chosen.length === 0) return { ids: new Set(), problems: [`nothing matches '${atom.text}'`] }
  const up = (id: string): readonly string[] => project.resources.get(id)?.parents ?? []
  const down = (id: string): readonly string[] => project.children.get(id) ?? []
  const ids = new Set(chosen)
  for (const id of reach(chosen, up, atom.parents)) ids.add(id)
  const below = reach(chosen, down, atom.childrensParents ? undefined : atom.children)
  for (const id of below) ids.add(id)
  if (atom.childrensParents) for (const id of reach([...ids], up)) ids.add(id)
  return { ids, problems: [] }
}

const intersect = (sets: readonly ReadonlySet<string>[]): ReadonlySet<string> => {
  const [first = new Set<string>(), ...others] = sets
  return new Set([...first].filter(id => others.every(set => set.has(id))))
}

const selectAll = (project: Project, candidates: readonly Resource[], text: string): Selected => {
  const problems: string[] = []
  const ids = new Set<string>()
  for (const term of text.split(/\s+/).filter(Boolean)) {
    const parts = term.split(',').filter(Boolean)
    const selected = parts.map(part => selectAtom(project, candidates, readAtom(part)))
    for (const part of selected) problems.push(...part.problems)
    for (const id of intersect(selected.map(part => part.ids))) ids.add(id)
  }
  return { ids, problems }
}

/**
 * Selects with dbt's grammar: a space unites, a comma intersects, `+name`, `name+`, `2+name+1` and
 * `@name` walk, `method:value` and wildcards match. An empty `include` is everything. Where dbt
 * would ask for `source:`, a bare name finds sources and exposures too.
 */
export const select = (project: Project, include: string, exclude: string): Selected => {
  const candidates = [...project.resources.values()].filter(({ kind }) => kind !== 'macro')
  const chosen: Selected =
    include.trim() === ''
      ? { ids: new Set(candidates.map(({ id }) => id)), problems: [] }
      : selectAll(project, candidates, include)
  const without = selectAll(project, candidates, exclude)
  return {
    ids: new Set([...chosen.ids].filter(id => !without.ids.has(id))),
    problems: [...chosen.problems, ...without.problems],
  }
}
