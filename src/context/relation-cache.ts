import { type Relation, type RelationState, relationKey, type Schema } from '../core/relation.ts'

const schemaKey = (schema: { readonly database: string | null; readonly schema: string | null }) =>
  `${schema.database ?? ''}\u0000${schema.schema ?? ''}`.toLowerCase()

/** Lists the relations of schemas; one call for all of them. */
export type ListRelations = (schemas: readonly Schema[]) => Promise<readonly RelationState[]>

/**
 * What is known to exist in the warehouse. Schemas are listed once, on first need, and kept true by
 * what the run itself makes and drops: dbt's relation cache.
 */
export class RelationCache {
  readonly #list: ListRelations
  readonly #relations = new Map<string, RelationState>()
  readonly #schemas = new Map<string, Promise<void>>()

  constructor(list: ListRelations) {
    this.#list = list
  }

  /** Lists the schemas that are not known yet, in one query. */
  async load(schemas: readonly Schema[]): Promise<void> {
    const unknown = new Map<string, Schema>()
    for (const schema of schemas) {
      if (!this.#schemas.has(schemaKey(schema))) unknown.set(schemaKey(schema), schema)
    }
    if (unknown.size > 0) {
      const loading = this.#list([...unknown.values()]).then(relations => {
        for (const relation of relations) this.#relations.set(relationKey(relation), relation)
      })
      for (const key of unknown.keys()) this.#schemas.set(key, loading)
    }
    await Promise.all(schemas.map(schema => this.#schemas.get(schemaKey(schema))))
  }

  /** The relation of that name, or undefined; lists its schema when that has not been done. */
  async get(relation: Relation): Promise<RelationState | undefined> {
    if (relation.schema !== null) {
      await this.load([{ database: relation.database, schema: relation.schema }])
    }
    return this.#relations.get(relationKey(relation))
  }

  async inSchema(schema: Schema): Promise<readonly RelationState[]> {
    await this.load([schema])
    const key = schemaKey(schema)
    return [...this.#relations.values()].filter(relation => schemaKey(relation) === key)
  }

  added(relation: RelationState): void {
    this.#relations.set(relationKey(relation), relation)
  }

  dropped(relation: Relation): void {
    this.#relations.delete(relationKey(relation))
  }

  renamed(from: Relation, to: Relation): void {
    const state = this.#relations.get(relationKey(from))
    this.#relations.delete(relationKey(from))
    if (state) this.added({ ...state, ...to })
  }

  droppedSchema(schema: Schema): void {
    const key = schemaKey(schema)
    for (const [name, relation] of this.#relations) {
      if (schemaKey(relation) === key) this.#relations.delete(name)
    }
  }
}
