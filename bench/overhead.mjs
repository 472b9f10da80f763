// What navo adds to the SQL of 1,000 small models: a run, beside the same statements sent by the driver.
//   node bench/overhead.mjs [models]
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure, navo, show } from './measure.mjs'

const count = Number(process.argv[2] ?? 1000)
const folder = mkdtempSync(join(tmpdir(), 'navo-bench-'))
mkdirSync(join(folder, 'models'))
writeFileSync(join(folder, 'dbt_project.yml'), 'name: small\nmodels:\n  +materialized: table\n')
for (let i = 0; i < count; i++) {
  const from =
    i < 100
      ? 'select 1 as id, 2 as amount'
      : `select id, amount + 1 as amount from {{ ref('m_${i - 100}') }}`
  writeFileSync(join(folder, 'models', `m_${i}.sql`), `${from}\n`)
}

const clean = () => {
  for (const name of readdirSync(folder))
    if (name.startsWith('navo.duckdb') || name.startsWith('raw.duckdb')) rmSync(join(folder, name))
}

// One run leaves the statements that the raw run sends, in an order that works.
clean()
const run = measure('node', [navo, 'run', '--threads', '1', '--quiet'], {
  cwd: folder,
  runs: 3,
  before: clean,
})
const statements = Array.from({ length: count }, (_, i) =>
  readFileSync(join(folder, 'target/run/small/models', `m_${i}.sql`), 'utf8').replaceAll(
    '"navo".',
    '"raw".',
  ),
)
const raw = join(folder, 'raw.mjs')
writeFileSync(join(folder, 'statements.json'), JSON.stringify(statements))
writeFileSync(
  raw,
  `import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '${new URL('../node_modules/@duckdb/node-api/lib/index.js', import.meta.url)}'
const instance = await DuckDBInstance.create('${join(folder, 'raw.duckdb')}')
const connection = await instance.connect()
for (const [i, sql] of JSON.parse(readFileSync('${join(folder, 'statements.json')}', 'utf8')).entries()) {
  await connection.run('begin')
  await connection.run(sql)
  await connection.run(\`alter table "raw"."main"."m_\${i}__dbt_tmp" rename to "m_\${i}"\`)
  await connection.run('commit')
}
connection.closeSync()
instance.closeSync()
`,
)
const floor = measure('node', [raw], { cwd: folder, runs: 3, before: clean })
show(`navo run, ${count} small tables, 1 thread`, run)
show('the same statements by the driver', floor)
console.log(
  `${(((run.wall - floor.wall) / count) * 1000).toFixed(2)} ms a model of wall time, ${(run.memory - floor.memory).toFixed(0)} MiB more`,
)
rmSync(folder, { recursive: true, force: true })
