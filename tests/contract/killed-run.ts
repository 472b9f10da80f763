import { duckdb } from '../../src/adapters/duckdb/index.ts'
import { build } from './driver.ts'

/** What the process that duckdb-open.test.ts kills does: builds one table after another under three names, and says so before each. */
export const buildForever = async (path: string): Promise<never> => {
  const { settings } = duckdb.parseTarget({ path }, '')
  const warehouse = await duckdb.connect(settings, { signal: new AbortController().signal })
  const schema = { database: 'bench', schema: 's' }
  await warehouse.createSchemas([schema])
  const session = await warehouse.session('Thread-1')
  const lookup = async ({ identifier }: { readonly identifier: string }) =>
    (await warehouse.relations([schema])).find(state => state.identifier === identifier)
  for (let i = 0; ; i++) {
    process.stdout.write(`${i}\n`)
    const relation = { ...schema, identifier: `t${i % 3}` }
    const sql = `select ${i} as run, range as n from range(200000)`
    await build(session, duckdb.dialect, lookup, { materialized: 'table', relation, sql })
  }
}
