// Writes a project of any size for measuring: 60 % views, 25 % tables, 10 % incremental models, 5 %
// ephemeral ones, 8 levels, about two refs and two tests a model, a property file per 20 models.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const levels = 8

/** The same numbers for the same seed, on every machine. */
const random = seed => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const materialization = i => {
  const share = i % 20
  if (share < 12) return 'view'
  if (share < 17) return 'table'
  return share < 19 ? 'incremental' : 'ephemeral'
}

const columns = Array.from({ length: 8 }, (_, i) => `amount_${i}`)

const modelSql = (name, kind, parents) => {
  const config =
    kind === 'incremental'
      ? `{{ config(materialized='incremental', unique_key='id', tags=['nightly']) }}`
      : `{{ config(materialized='${kind}', tags=['nightly']) }}`
  const sums = columns
    .map(column => `    coalesce(source.${column}, 0) + 1 as ${column}`)
    .join(',\n')
  const from =
    parents.length === 0
      ? `(select 1 as id, ${columns.map((column, i) => `${i} as ${column}`).join(', ')})`
      : `{{ ref('${parents[0]}') }}`
  const joins = parents
    .slice(1)
    .map(
      (parent, i) => `left join {{ ref('${parent}') }} as other_${i} on other_${i}.id = source.id`,
    )
  const filter =
    kind === 'incremental'
      ? '{% if is_incremental() %}\nwhere source.id > (select max(id) from {{ this }})\n{% endif %}'
      : ''
  return `${config}\n\n-- ${name}: one row an id, with its amounts carried on from the level below\nselect\n    source.id,\n${sums}\nfrom ${from} as source\n${joins.join('\n')}\n${filter}\n`
}

const properties = models =>
  `models:\n${models
    .map(
      ({ name, kind }) =>
        `  - name: ${name}\n    description: "Amounts by id, level by level"\n    columns:\n      - name: id\n        description: The key\n${kind === 'ephemeral' ? '' : '        data_tests: [unique, not_null]\n'}      - name: amount_0\n        description: An amount`,
    )
    .join('\n')}\n`

/** @param {string} directory @param {number} count */
export const writeProject = (directory, count) => {
  const next = random(7)
  const perLevel = Math.ceil(count / levels)
  const models = Array.from({ length: count }, (_, i) => {
    const level = Math.floor(i / perLevel)
    const below = level === 0 ? 0 : Math.min(perLevel, count) * (level - 1)
    const parents = new Set()
    const wanted = level === 0 ? 0 : 1 + Math.floor(next() * 3)
    while (parents.size < wanted) parents.add(`model_${below + Math.floor(next() * perLevel)}`)
    return { name: `model_${i}`, kind: materialization(i), level, parents: [...parents] }
  })
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'dbt_project.yml'), 'name: synthetic\nversion: "1.0"\n')
  for (let level = 0; level < levels; level++)
    mkdirSync(join(directory, 'models', `level_${level}`), { recursive: true })
  for (const { name, kind, level, parents } of models)
    writeFileSync(
      join(directory, 'models', `level_${level}`, `${name}.sql`),
      modelSql(name, kind, parents),
    )
  for (let start = 0; start < models.length; start += 20)
    writeFileSync(
      join(directory, 'models', `properties_${start / 20}.yml`),
      properties(models.slice(start, start + 20)),
    )
}

if (process.argv[1]?.endsWith('synthetic-project.mjs'))
  writeProject(process.argv[2], Number(process.argv[3] ?? 1000))
