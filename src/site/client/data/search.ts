import MiniSearch, { type Query, type SearchResult } from 'minisearch'
import type { Project } from './project.ts'
import type { Kind, Resource } from './resource.ts'

/** Where a word of the query was found, best first. */
const PLACES = ['name', 'column', 'tag', 'path', 'description', 'code'] as const

type Place = (typeof PLACES)[number]

/** What is indexed of a resource, and what a hit there is worth: names come before all else. */
const WORTH = {
  name: 4000,
  /** The words of the name. */
  nameWord: 1200,
  /** Its initials, and the name from every letter on, so that a part of it is found too. */
  namePart: 300,
  column: 16,
  tag: 16,
  path: 4,
  description: 2,
  code: 1,
} as const

type Field = keyof typeof WORTH

const FIELDS = Object.keys(WORTH) as readonly Field[]
const NAME_FIELDS: readonly Field[] = ['name', 'nameWord', 'namePart']

const placeOf = (field: Field): Place => (field.startsWith('name') ? 'name' : (field as Place))

export interface SearchIndex {
  readonly words: MiniSearch<Resource>
  readonly resources: ReadonlyMap<string, Resource>
}

export interface Hit {
  readonly resource: Resource
  readonly score: number
  /** The place of the weakest word, with the text that matched: why the hit is in the list. */
  readonly place: Place
  readonly matched: string
}

const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+/gu) ?? []

const identifiersOf = (text: string): readonly string[] =>
  text.match(/[\p{L}\p{N}][\p{L}\p{N}_]*/gu) ?? []

/** Each identifier, from each of its words on: `item_id` and `id`. Beginnings of these are found. */
const tokensOf = (text: string): string[] => {
  const tokens = new Set<string>()
  for (const identifier of identifiersOf(text)) {
    tokens.add(identifier)
    for (let at = identifier.indexOf('_'); at >= 0; at = identifier.indexOf('_', at + 1)) {
      tokens.add(identifier.slice(at + 1))
    }
  }
  tokens.delete('')
  return [...tokens]
}

const endsOf = (name: string): readonly string[] =>
  Array.from({ length: Math.max(0, name.length - 3) }, (_, at) => name.slice(at + 1))

const nameTokens = (label: string, field: Field): string[] => {
  const name = label.replaceAll(' ', '_')
  const words = wordsOf(label)
  switch (field) {
    case 'name':
      // Without its separators too: `dimcus` finds `dim_customers`.
      return [name, words.join('')]
    case 'nameWord':
      return [...words]
    default:
      return [words.map(word => word[0]).join(''), ...endsOf(name)]
  }
}

const textOf = (resource: Resource, field: string): string => {
  switch (field as Field | 'id') {
    case 'id':
      return resource.id
    case 'name':
    case 'nameWord':
    case 'namePart':
      return resource.label
    case 'column':
      return resource.columns.map(column => column.name).join(' ')
    case 'tag':
      return resource.tags.join(' ')
    case 'path':
      return resource.path
    case 'description':
      return [resource.description, ...resource.columns.map(column => column.description)].join(' ')
    case 'code':
      return resource.rawCode
  }
}

/** Readies a project for search(): everything that has a page and is not hidden. */
export const searchIndex = (project: Project): SearchIndex => {
  const words = new MiniSearch<Resource>({
    fields: [...FIELDS],
    extractField: textOf,
    tokenize: (text, field) =>
      field !== undefined && NAME_FIELDS.includes(field as Field)
        ? nameTokens(text, field as Field)
        : tokensOf(text),
    processTerm: term => term.toLowerCase(),
  })
  const found = [...project.resources.values()].filter(({ hidden, builtin }) => !hidden && !builtin)
  words.addAll(found)
  return { words, resources: new Map(found.map(resource => [resource.id, resource])) }
}

const LIFT: Partial<Record<Kind, number>> = {
  model: 1.03,
  source: 1.02,
  exposure: 1.02,
  seed: 1.01,
  snapshot: 1.01,
  macro: 0.3,
  test: 0.02,
  unit_test: 0.03,
}

const liftOf = ({ kind, version, latestVersion }: Resource): number =>
  (LIFT[kind] ?? 1) * (version === latestVersion ? 1 : 0.99)

/** How many typing errors a word of this length may hold and still be found; a swap counts two. */
const errorsIn = (word: string): number => (word.length < 4 ? 0 : word.length < 5 ? 1 : 2)

/** Everywhere, as it is and as a beginning. */
const asTyped = (word: string): Query => ({ queries: [word], prefix: true })

/** In names also with typing errors. */
const withErrors = (word: string): Query => ({
  combineWith: 'OR',
  queries: [
    asTyped(word),
    { queries: [word], fields: ['name', 'nameWord'], fuzzy: errorsIn(word) },
  ],
})

/** The best place of a word among those of a result. */
const bestPlace = (word: string, { match }: SearchResult): readonly [Place, term: string] => {
  const all = Object.entries(match)
  const own = all.filter(([term]) => term.startsWith(word))
  const places = (own.length > 0 ? own : all).flatMap(([term, fields]) =>
    fields.map(field => [placeOf(field as Field), term] as const),
  )
  places.sort(([a], [b]) => PLACES.indexOf(a) - PLACES.indexOf(b))
  return places[0] ?? ['code', word]
}

const matchedIn = (resource: Resource, place: Place, term: string): string => {
  const has = (text: string): boolean => text.toLowerCase().includes(term)
  switch (place) {
    case 'name':
      return resource.label
    case 'column':
      return resource.columns.find(({ name }) => has(name))?.name ?? term
    case 'tag':
      return resource.tags.find(has) ?? term
    case 'path':
      return resource.path
    default:
      return term
  }
}

/**
 * The hits for a query, best first. Every word must be found somewhere in a resource; a name that
 * begins with the word ranks before one that holds it, then come other places. Where nothing is found,
 * typing errors in names are forgiven.
 */
export const search = (index: SearchIndex, query: string, limit: number): readonly Hit[] => {
  const words = identifiersOf(query.toLowerCase())
  if (words.length === 0) return []
  const find = (queryFor: (word: string) => Query): readonly SearchResult[] =>
    index.words.search(
      { combineWith: 'AND', queries: words.map(queryFor) },
      {
        tokenize: word => [word],
        boost: WORTH,
        boostDocument: id => liftOf(index.resources.get(String(id))!),
      },
    )
  const exact = find(asTyped)
  const hits = (exact.length > 0 ? exact : find(withErrors)).map(result => {
    const resource = index.resources.get(String(result.id))!
    const places = words.map(word => bestPlace(word, result))
    places.sort(([a], [b]) => PLACES.indexOf(b) - PLACES.indexOf(a))
    const [place, term] = places[0]!
    return { resource, score: result.score, place, matched: matchedIn(resource, place, term) }
  })
  const order = (a: Hit, b: Hit): number =>
    b.score - a.score ||
    a.resource.label.length - b.resource.label.length ||
    a.resource.label.localeCompare(b.resource.label)
  return hits.sort(order).slice(0, limit)
}
