import type { TestNode } from '../core/manifest.ts'
import type { AdapterResponse, QueryResult } from '../core/query-result.ts'
import { dataTest, testOutcome } from '../plan/materialize/data-test.ts'
import { tableConfig } from './build-node.ts'
import { type Compiled, writeOutput } from './compile-node.ts'
import type { Thread } from './node-context.ts'
import type { RunEnvironment } from './run-environment.ts'
import { sqlSource } from './sql-source.ts'

/** How many failing rows are fetched for the terminal. */
const sampleRows = 5

export interface TestResult {
  readonly status: 'pass' | 'fail' | 'warn'
  readonly message: string | null
  readonly failures: number
  readonly response: AdapterResponse
  readonly sample: QueryResult | undefined
}

/** Runs a compiled data test. Throws NavoError when its query fails. */
export const runTest = async (
  environment: RunEnvironment,
  thread: Thread,
  node: TestNode,
  compiled: Compiled,
): Promise<TestResult> => {
  const { dialect } = environment.facts
  const session = await thread.session()
  const model = tableConfig(environment, node)
  const relation = { database: node.database, schema: node.schema, identifier: node.alias }
  const stores = node.relation_name !== null
  const test = await dataTest({
    sql: compiled.sql,
    model,
    relation,
    existing: stores ? await environment.relations.get(relation) : undefined,
    storeFailures: environment.flags.storeFailures,
    dialect,
    source: sqlSource(compiled.context.scope),
  })
  try {
    for (const step of test.steps) await session.apply(step)
  } catch (error) {
    if (session.inTransaction) await session.rollback()
    throw error
  }
  if (test.stored) environment.relations.added(test.stored)
  writeOutput(environment, 'run', compiled.node, test.sql)
  const result = await session.query(test.sql)
  const outcome = testOutcome(result, node.config)
  const status = outcome.status === 'warn' && environment.flags.warnError ? 'fail' : outcome.status
  const sampleSql = test.stored ? `select * from ${dialect.render(test.stored)}` : compiled.sql
  return {
    ...outcome,
    status,
    response: result.response,
    sample: status === 'fail' ? await sample(environment, thread, sampleSql) : undefined,
  }
}

/** The first failing rows; a query that cannot be cut short gives none. */
const sample = async (
  environment: RunEnvironment,
  thread: Thread,
  sql: string,
): Promise<QueryResult | undefined> => {
  const session = await thread.session()
  try {
    return await session.query(
      environment.facts.dialect.limit(`select * from (\n${sql}\n) failing_rows`, sampleRows),
    )
  } catch {
    // The test's verdict stands without it.
    return undefined
  }
}
