import type { JsonObject } from './json.ts'

/** What the site has pages for, in the order in which lists show them. */
export const KINDS = [
  'model',
  'source',
  'seed',
  'snapshot',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
  'function',
  'analysis',
  'macro',
  'test',
  'unit_test',
] as const

export type Kind = (typeof KINDS)[number]

interface KindText {
  readonly one: string
  readonly many: string
}

export const KIND_TEXT: Readonly<Record<Kind, KindText>> = {
  model: { one: 'model', many: 'models' },
  source: { one: 'source', many: 'sources' },
  seed: { one: 'seed', many: 'seeds' },
  snapshot: { one: 'snapshot', many: 'snapshots' },
  exposure: { one: 'exposure', many: 'exposures' },
  metric: { one: 'metric', many: 'metrics' },
  semantic_model: { one: 'semantic model', many: 'semantic models' },
  saved_query: { one: 'saved query', many: 'saved queries' },
  function: { one: 'function', many: 'functions' },
  analysis: { one: 'analysis', many: 'analyses' },
  macro: { one: 'macro', many: 'macros' },
  test: { one: 'data test', many: 'data tests' },
  unit_test: { one: 'unit test', many: 'unit tests' },
}

export const isKind = (value: string): value is Kind => (KINDS as readonly string[]).includes(value)

/** Kinds that are drawn in the lineage unless the reader asks for others. */
export const LINEAGE_KINDS: readonly Kind[] = [
  'source',
  'seed',
  'model',
  'snapshot',
  'function',
  'semantic_model',
  'metric',
  'saved_query',
  'exposure',
]

export interface Column {
  readonly name: string
  /** The warehouse's type, else the one that the project states, else ''. */
  readonly type: string
  readonly description: string
  readonly tags: readonly string[]
  readonly meta: JsonObject
  readonly constraints: readonly string[]
  /** What the project says of it stands in the manifest. */
  readonly documented: boolean
  /** Found in the warehouse; undefined when the catalog has no entry for the relation. */
  readonly inWarehouse: boolean | undefined
}

/** One thing of the project that has a page. */
export interface Resource {
  readonly id: string
  readonly kind: Kind
  /** What it is called in a ref: `orders`; for a source `raw.orders`. */
  readonly name: string
  /** The name with its version: `orders v2`. */
  readonly label: string
  readonly packageName: string
  /** The file it is defined in, relative to its package. */
  readonly path: string
  readonly fqn: readonly string[]
  readonly description: string
  readonly tags: readonly string[]
  readonly meta: JsonObject
  readonly config: JsonObject
  readonly columns: readonly Column[]
  readonly database: string
  readonly schema: string
  readonly relation: string
  readonly materialized: string
  readonly version: string
  readonly latestVersion: string
  readonly access: string
  readonly group: string
  readonly rawCode: string
  readonly compiledCode: string
  /** Ids of nodes it reads, in order of first use; only those that exist. */
  readonly parents: readonly string[]
  readonly macros: readonly string[]
  /** `docs.show: false`: left out of tree and search, marked in the lineage. */
  readonly hidden: boolean
  /** Belongs to the tool, not to the project. */
  readonly builtin: boolean
  /** `docs.node_color`, when it is a colour. */
  readonly color: string | undefined
  /** The manifest's own entry, for what only one kind has. */
  readonly entry: JsonObject
  /** The catalog's entry; undefined when there is none. */
  readonly catalog: JsonObject | undefined
}
