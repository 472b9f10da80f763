import { duckdb } from '../../src/adapters/duckdb/index.ts'
import { build } from './driver.ts'

/*
 * The process that duckdb-open.test.ts kills: builds one table after another under a few names, and
 * says so before each.
 */
const [path = ''] = process.argv.slice(2)
const warehouse = await duckdb.connect(duckdb.parseTarget({ path }, '').settings, {
  signal: new AbortController().signal,
})
const schema = { database: 'bench', schema: 's' }
await warehouse.createSchemas([schema])
const session = await warehouse.session('Thread-1')
for (let i = 0; ; i++) {
  process.stdout.write(`${i}\n`)
  const relation = { ...schema, identifier: `t${i % 3}` }
  const lookup = async ({ identifier }: { identifier: string }) =>
    (await warehouse.relations([schema])).find(state => state.identifier === identifier)
  const sql = `select ${i} as run, range as n from range(200000)`
  await build(session, duckdb.dialect, lookup, { materialized: 'table', relation, sql })
}
