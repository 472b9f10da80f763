import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Session, Warehouse } from '../../src/adapters/adapter.ts'
import { duckdb } from '../../src/adapters/duckdb/index.ts'
import type { JsonObject } from '../../src/core/json.ts'
import type { Relation, RelationState } from '../../src/core/relation.ts'
import { type Build, type Built, build } from './driver.ts'

/** A path in a folder of its own. */
export const temporaryPath = (name: string): string =>
  join(mkdtempSync(join(tmpdir(), 'navo-contract-')), name)

/** Opens a DuckDB file by a profile's keys. */
export const openDuckDb = (
  profile: JsonObject,
  signal: AbortSignal = new AbortController().signal,
): Promise<Warehouse> => duckdb.connect(duckdb.parseTarget(profile, '').settings, { signal })

/** A database with the schema `s`, and a short way to build nodes in it. */
export interface Workbench {
  readonly path: string
  readonly warehouse: Warehouse
  readonly session: Session
  at(identifier: string): Relation
  lookup(relation: Relation): Promise<RelationState | undefined>
  run(node: Build, session?: Session): Promise<Built>
  relations(): Promise<readonly string[]>
}

export const openWorkbench = async (profile: JsonObject = {}): Promise<Workbench> => {
  const path = String(profile.path ?? temporaryPath('bench.duckdb'))
  const warehouse = await openDuckDb({ ...profile, path })
  const schema = { database: 'bench', schema: 's' }
  await warehouse.createSchemas([schema])
  const session = await warehouse.session('Thread-1')
  const states = (): Promise<readonly RelationState[]> => warehouse.relations([schema])
  const lookup = async (relation: Relation): Promise<RelationState | undefined> =>
    (await states()).find(({ identifier }) => identifier === relation.identifier)
  return {
    path,
    warehouse,
    session,
    at: identifier => ({ ...schema, identifier }),
    lookup,
    run: (node, other = session) => build(other, duckdb.dialect, lookup, node),
    relations: async () => (await states()).map(({ type, identifier }) => `${type} ${identifier}`),
  }
}
