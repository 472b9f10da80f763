import { editsToFind, matchesInitials } from './approximate.ts'
import type { Project } from './project.ts'
import type { Kind, Resource } from './resource.ts'

interface Entry {
  readonly resource: Resource
  readonly name: string
  readonly words: readonly string[]
  readonly columns: readonly string[]
  readonly tags: readonly string[]
  readonly path: string
  readonly description: string
  readonly code: string
}

export type SearchIndex = readonly Entry[]

/** Where a word of the query was found. */
type Place = 'name' | 'column' | 'tag' | 'path' | 'description' | 'code'

export interface Hit {
  readonly resource: Resource
  readonly score: number
  /** The place of the weakest word, with the text that matched: why the hit is in the list. */
  readonly place: Place
  readonly matched: string
}

/** Readies a project for search(): everything that has a page and is not hidden. */
export const searchIndex = (project: Project): SearchIndex =>
  [...project.resources.values()]
    .filter(resource => !resource.hidden && !resource.builtin)
    .map(resource => ({
      resource,
      name: resource.label.toLowerCase().replaceAll(' ', '_'),
      words: resource.label.toLowerCase().split(/[^\p{L}\p{N}]+/u),
      columns: resource.columns.map(column => column.name.toLowerCase()),
      tags: resource.tags.map(tag => tag.toLowerCase()),
      path: resource.path.toLowerCase(),
      description: [resource.description, ...resource.columns.map(column => column.description)]
        .join('\n')
        .toLowerCase(),
      code: resource.rawCode.toLowerCase(),
    }))

interface Match {
  readonly score: number
  readonly place: Place
  readonly matched: string
}

const nameScore = (word: string, { name, words }: Entry): number => {
  if (name === word) return 100
  if (name.startsWith(word)) return 84
  if (words.includes(word)) return 78
  if (words.some(part => part.startsWith(word))) return 70
  if (name.includes(word)) return 60
  if (matchesInitials(word, name)) return 46
  const edits = editsToFind(word, name)
  return edits === undefined ? 0 : 44 - 6 * edits
}

const bestIn = (word: string, names: readonly string[], full: number): Match | undefined => {
  let best: { score: number; matched: string } | undefined
  for (const name of names) {
    const score = name === word ? full : name.startsWith(word) ? full - 4 : full - 8
    if (name.includes(word) && score > (best?.score ?? 0)) best = { score, matched: name }
  }
  return best && { ...best, place: full === 36 ? 'column' : 'tag' }
}

/** The best place of one word; names come before columns, tags, paths, prose and code. */
const matchWord = (word: string, entry: Entry): Match | undefined => {
  const score = nameScore(word, entry)
  if (score > 0) return { score, place: 'name', matched: entry.resource.label }
  const near = bestIn(word, entry.columns, 36) ?? bestIn(word, entry.tags, 35)
  if (near) return near
  if (entry.path.includes(word)) return { score: 20, place: 'path', matched: entry.resource.path }
  if (entry.description.includes(word)) return { score: 16, place: 'description', matched: word }
  if (word.length > 2 && entry.code.includes(word)) {
    return { score: 8, place: 'code', matched: word }
  }
  return undefined
}

const LIFT: Partial<Record<Kind, number>> = {
  model: 3,
  source: 2,
  exposure: 2,
  seed: 1,
  snapshot: 1,
  macro: -4,
  test: -24,
  unit_test: -12,
}

/**
 * The hits for a query, best first. Every word must be found somewhere in a resource; a name that
 * begins with the word ranks before one that holds it, then typing errors, then other places.
 */
export const search = (index: SearchIndex, query: string, limit: number): readonly Hit[] => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const hits: Hit[] = []
  for (const entry of index) {
    let weakest: Match | undefined
    let sum = 0
    for (const word of words) {
      const match = matchWord(word, entry)
      if (!match) {
        weakest = undefined
        break
      }
      sum += match.score
      if (!weakest || match.score < weakest.score) weakest = match
    }
    if (!weakest) continue
    const { resource } = entry
    const old = resource.version !== resource.latestVersion ? 1 : 0
    const score = sum / words.length + (LIFT[resource.kind] ?? 0) - old
    hits.push({ resource, score, place: weakest.place, matched: weakest.matched })
  }
  const order = (a: Hit, b: Hit): number =>
    b.score - a.score ||
    a.resource.label.length - b.resource.label.length ||
    a.resource.label.localeCompare(b.resource.label)
  return hits.sort(order).slice(0, limit)
}
