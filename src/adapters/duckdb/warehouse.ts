import { setMaxListeners } from 'node:events'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { SourceNode } from '../../core/manifest.ts'
import type { RelationState, Schema } from '../../core/relation.ts'
import type { CatalogTable, ConnectOptions, Session, Warehouse } from '../adapter.ts'
import { catalogSql, relationsSql, toCatalog, toRelations } from './catalog.ts'
import type { Driver } from './cells.ts'
import { messageOf, openError, statementError } from './errors.ts'
import { externalGlob, externalSelect } from './external.ts'
import { makeLock } from './lock.ts'
import { literal, quote, render } from './names.ts'
import { DuckDbSession } from './session.ts'
import { extensionStatements, settingStatements, setupStatements } from './setup-sql.ts'
import type { DuckDbTarget } from './target.ts'

/**
 * Opens the database: one instance for the invocation, a connection a session.
 * @throws DatabaseError when the file is held by another process (which it names), is no database,
 *   or cannot be written; RuntimeError for options DuckDB does not know
 */
export const connect = async (
  target: DuckDbTarget,
  options: ConnectOptions,
): Promise<Warehouse> => {
  const driver: Driver = await import('@duckdb/node-api')
  const instance = await openInstance(driver, target)
  try {
    await setUp(instance, target)
    return new DuckDbWarehouse({ driver, instance, target, options })
  } catch (error) {
    instance.closeSync()
    throw error
  }
}

const setUp = async (instance: DuckDBInstance, target: DuckDbTarget): Promise<void> => {
  const connection = await instance.connect()
  try {
    for (const extension of target.extensions) await loadExtension(connection, extension)
    // Settings are tried here too, so that a wrong one is told before anything runs.
    for (const sql of [...setupStatements(target), ...settingStatements(target)])
      await runSetup(connection, sql)
  } finally {
    connection.closeSync()
  }
}

interface WarehouseParts {
  readonly driver: Driver
  readonly instance: DuckDBInstance
  readonly target: DuckDbTarget
  readonly options: ConnectOptions
}

class DuckDbWarehouse implements Warehouse {
  readonly version: string
  readonly #parts: WarehouseParts
  readonly #foreignKeys = makeLock()
  readonly #sessions = new Set<DuckDbSession>()
  #master: Promise<Session> | undefined

  constructor(parts: WarehouseParts) {
    this.#parts = parts
    this.version = `DuckDB ${parts.driver.version()}`
  }

  async session(name: string, signal?: AbortSignal): Promise<Session> {
    const { driver, instance, target, options } = this.#parts
    const connection = await instance.connect()
    for (const sql of settingStatements(target)) await runSetup(connection, sql)
    const session = new DuckDbSession({
      name,
      driver,
      connection,
      options: signal === undefined ? options : { ...options, signal: either(options, signal) },
      transactions: !target.disableTransactions,
      foreignKeys: this.#foreignKeys,
    })
    this.#sessions.add(session)
    return session
  }

  async createSchemas(schemas: readonly Schema[]): Promise<void> {
    const master = await this.#ownSession()
    const { rows } = await master.query(
      `select lower(d.database_name), lower(s.schema_name), d.type
from duckdb_databases() d left join duckdb_schemas() s using (database_name)`,
    )
    const existing = new Set(rows.map(([database, schema]) => `${database}.${schema}`))
    // Attached databases of other products have no schemas to be made.
    const foreign = new Set(
      rows.flatMap(([database, , type]) =>
        /^(sqlite|mysql)$/.test(String(type)) ? [database] : [],
      ),
    )
    for (const { database, schema } of schemas) {
      const key = `${database ?? ''}.${schema}`.toLowerCase()
      if (existing.has(key) || foreign.has((database ?? '').toLowerCase())) continue
      existing.add(key)
      const name = database === null ? quote(schema) : `${quote(database)}.${quote(schema)}`
      await master.query(`create schema if not exists ${name}`)
    }
  }

  async relations(schemas: readonly Schema[]): Promise<readonly RelationState[]> {
    return toRelations(await (await this.#ownSession()).query(relationsSql(schemas)))
  }

  async prepareSources(sources: readonly SourceNode[], projectDir: string): Promise<void> {
    const external = sources.filter(source => source.external?.location)
    if (external.length === 0) return
    const master = await this.#ownSession()
    await this.createSchemas(external.map(({ database, schema }) => ({ database, schema })))
    await master.begin()
    try {
      for (const source of external) {
        const glob = externalGlob(source, projectDir)
        const { rows } = await master.query(
          `select 1 from glob(${literal(glob)}) where not regexp_matches(parse_filename(file), '^[._]') limit 1`,
        )
        const { database, schema, identifier } = source
        const view = render({ database, schema, identifier })
        const query = externalSelect(source, glob, rows.length === 0)
        await master.query(`create or replace view ${view} as (\n${query}\n)`)
      }
      await master.commit()
    } catch (error) {
      await master.rollback()
      throw error
    }
  }

  async catalog(schemas: readonly Schema[]): Promise<readonly CatalogTable[]> {
    return toCatalog(await (await this.#ownSession()).query(catalogSql(schemas)))
  }

  async close(): Promise<void> {
    const { instance } = this.#parts
    for (const session of this.#sessions) await session.release()
    this.#sessions.clear()
    // The last one out writes the log into the file.
    instance.closeSync()
  }

  /** The connection that serves the invocation as a whole. */
  #ownSession(): Promise<Session> {
    this.#master ??= this.session('master')
    return this.#master
  }
}

const either = ({ signal }: ConnectOptions, other: AbortSignal): AbortSignal => {
  const any = AbortSignal.any([signal, other])
  // Node counts listeners that are gone, too, and would warn of a leak.
  setMaxListeners(0, any)
  return any
}

const openInstance = async (driver: Driver, target: DuckDbTarget): Promise<DuckDBInstance> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await driver.DuckDBInstance.create(target.path, { ...target.configOptions })
    } catch (error) {
      const again = attempt < target.connectAttempts && /^IO Error/.test(messageOf(error))
      if (!again) throw openError(error, target.path)
      await new Promise(resolve => setTimeout(resolve, 1000 * 2 ** (attempt - 1)))
    }
  }
}

const loadExtension = async (
  connection: DuckDBConnection,
  extension: DuckDbTarget['extensions'][number],
): Promise<void> => {
  const { load, install } = extensionStatements(extension)
  try {
    await connection.run(load)
  } catch {
    await runSetup(connection, install)
    await runSetup(connection, load)
  }
}

const runSetup = async (connection: DuckDBConnection, sql: string): Promise<void> => {
  try {
    await connection.run(sql)
  } catch (error) {
    throw statementError(error, sql, sql)
  }
}
