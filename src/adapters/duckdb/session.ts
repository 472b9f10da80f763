import type { DuckDBConnection, DuckDBMaterializedResult } from '@duckdb/node-api'
import type { Column } from '../../core/column.ts'
import type { Cell, QueryResult } from '../../core/query-result.ts'
import type { Relation } from '../../core/relation.ts'
import type { Step, StepReport } from '../../core/step.ts'
import type { ConnectOptions, Session } from '../adapter.ts'
import { cellConverter, type Driver } from './cells.ts'
import { isInterrupt, statementError } from './errors.ts'
import { dropRelation, isReferenced, swapRelations } from './foreign-keys.ts'
import { render } from './names.ts'
import { loadSeed } from './seed.ts'

/** Sessions that work on tables tied by foreign keys take turns: two such transactions would conflict. */
export interface Lock {
  /** Resolves with the function that frees the lock. */
  acquire(): Promise<() => void>
}

export interface SessionParts {
  readonly name: string
  readonly driver: Driver
  readonly connection: DuckDBConnection
  readonly options: ConnectOptions
  readonly transactions: boolean
  readonly foreignKeys: Lock
}

/** While a statement is being cancelled, `interrupt` is repeated: one that comes before the statement has begun is lost. */
const INTERRUPT_EVERY_MS = 50

/** One connection: one statement at a time, a transaction of its own. */
export class DuckDbSession implements Session {
  readonly name: string
  #open = false
  #closed = false
  #inFlight: Promise<unknown> = Promise.resolve()
  #unlock: (() => void) | undefined
  readonly #parts: SessionParts

  constructor(parts: SessionParts) {
    this.name = parts.name
    this.#parts = parts
  }

  get inTransaction(): boolean {
    return this.#open
  }

  async query(sql: string): Promise<QueryResult> {
    const { options, driver } = this.#parts
    options.signal.throwIfAborted()
    return toQueryResult(driver, await this.#send(sql))
  }

  async columns(of: Relation): Promise<readonly Column[]> {
    try {
      return await this.#describe(render(of))
    } catch (error) {
      if (/does not exist/i.test((error as Error).message)) return []
      throw error
    }
  }

  describe(sql: string): Promise<readonly Column[]> {
    return this.#describe(`select * from (\n${sql}\n) as __dbt_sbq where false limit 0`)
  }

  async apply(step: Step): Promise<StepReport> {
    switch (step.kind) {
      case 'sql': {
        const { rowsAffected } = await this.query(step.sql)
        return {
          message: 'OK',
          sql: step.sql,
          ...(rowsAffected === undefined ? {} : { rows: rowsAffected }),
        }
      }
      case 'hook':
        await this.query(step.sql)
        return {}
      case 'begin':
        await this.begin()
        return {}
      case 'commit':
        await this.commit()
        return {}
      case 'load':
        return loadSeed(this, step)
      case 'swap':
        return { sql: await swapRelations(this, step) }
      case 'drop':
        return { sql: await dropRelation(this, step.relation, step.rebuilt ?? []) }
      case 'lock':
        await this.#lock(step.relation, step.ifReferenced)
        return {}
      case 'warn':
        return {}
    }
  }

  async begin(): Promise<void> {
    if (!this.#parts.transactions || this.#open) return
    await this.query('BEGIN')
    this.#open = true
  }

  async commit(): Promise<void> {
    if (!this.#open) return this.#release()
    // DuckDB ends the transaction whether the commit succeeds or not.
    this.#open = false
    try {
      await this.query('COMMIT')
    } finally {
      this.#release()
    }
  }

  async rollback(): Promise<void> {
    const open = this.#open
    this.#open = false
    // Not by `query`: a run that is being cancelled rolls back too.
    if (open && !this.#closed) await this.#run('ROLLBACK').catch(() => undefined)
    this.#release()
  }

  async release(): Promise<void> {
    if (this.#closed) return
    // Whoever gives the session back while it works wants no result.
    this.#parts.connection.interrupt()
    await this.#inFlight.catch(() => undefined)
    await this.rollback()
    this.#closed = true
    this.#parts.connection.closeSync()
  }

  async #describe(source: string): Promise<readonly Column[]> {
    const inner = /^select/.test(source) ? `(${source})` : source
    const result = await this.query(`select column_name, column_type from (describe ${inner})`)
    return result.rows.map(([name, type]) => ({ name: String(name), type: String(type) }))
  }

  async #lock(relation: Relation, ifReferenced: boolean): Promise<void> {
    if (this.#unlock !== undefined) return
    this.#unlock = await this.#parts.foreignKeys.acquire()
    if (ifReferenced && !(await isReferenced(this, relation))) this.#release()
  }

  #release(): void {
    this.#unlock?.()
    this.#unlock = undefined
  }

  async #send(sql: string): Promise<DuckDBMaterializedResult> {
    const { options } = this.#parts
    const sent = options.decorate?.(sql, this.name) ?? sql
    options.onSql?.(sent, this.name)
    try {
      return await this.#run(sent)
    } catch (error) {
      if (options.signal.aborted && isInterrupt(error)) options.signal.throwIfAborted()
      throw statementError(error, sql, sent)
    }
  }

  async #run(sql: string): Promise<DuckDBMaterializedResult> {
    const { connection, options } = this.#parts
    const result = connection.run(sql)
    this.#inFlight = result
    let repeat: NodeJS.Timeout | undefined
    const interrupt = (): void => {
      connection.interrupt()
      repeat = setInterval(() => connection.interrupt(), INTERRUPT_EVERY_MS)
    }
    const cancellable = sql !== 'ROLLBACK'
    if (cancellable) options.signal.addEventListener('abort', interrupt, { once: true })
    try {
      return await result
    } finally {
      options.signal.removeEventListener('abort', interrupt)
      clearInterval(repeat)
    }
  }
}

const toQueryResult = async (
  driver: Driver,
  result: DuckDBMaterializedResult,
): Promise<QueryResult> => {
  const names = result.columnNames()
  const types = result.columnTypes()
  const columns = names.map((name, i) => ({ name, type: String(types[i]) }))
  const converters = types.map(type => cellConverter(driver, type))
  const rows = (await result.getRows()).map(row =>
    row.map((value, i): Cell => converters[i]?.(value) ?? null),
  )
  const changed = result.returnType === driver.ResultReturnType.CHANGED_ROWS
  return {
    columns,
    rows,
    ...(changed ? { rowsAffected: Number(result.rowsChanged) } : {}),
    response: { _message: 'OK' },
  }
}
