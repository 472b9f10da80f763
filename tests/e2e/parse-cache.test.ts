import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'

/*
 * A project whose files, variables and surroundings change at random. After each change it is parsed
 * with what is kept of the parses before, and from nothing: both must tell and write the same.
 */

const steps = Number(process.env.STEPS ?? 120)
const seed = Number(process.env.SEED ?? 11)

const random = (() => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
})()
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T

/** What a file may hold; undefined: there is no such file. The first is where it begins. */
type Variants = readonly (string | undefined)[]

const model = (name: string, refs: readonly string[]): Variants => {
  const from = (parent: string) => `select * from {{ ref('${parent}') }}`
  return [
    from(refs[0] ?? 'numbers'),
    ...refs.map(from),
    `{{ config(materialized='table', tags=['a']) }} ${from(refs[0] ?? 'numbers')}`,
    `{{ config(alias='${name}_alias') }} ${from(refs[0] ?? 'numbers')}`,
    `{{ config(schema='side', meta={'a': 1.0}) }} ${from(refs[0] ?? 'numbers')}`,
    `{{ config(enabled=var('on', true)) }} ${from(refs[0] ?? 'numbers')}`,
    `{% if env_var('SIDE', 'x') == 'y' %}${from('other')}{% else %}${from('numbers')}{% endif %}`,
    `{{ picked() }} ${from(refs[0] ?? 'numbers')}`,
    `{% if flags.FULL_REFRESH %}${from('other')}{% endif %} ${from(refs[0] ?? 'numbers')}`,
    `{{ stamp() }} {{ config(tags=['t' ~ run_started_at.minute]) }} ${from('numbers')}`,
    `{{ config(enabled=false) }} ${from('numbers')}`,
    `{{ config(alias='other') }} ${from('numbers')}`,
    `{{ config(group='g', access='private') }} ${from('numbers')}`,
    `{{ config(materialized='incremental', unique_key='id') }} ${from('other')} {% if is_incremental() %}x{% endif %}`,
    `select * from {{ source('raw', 'things') }} -- {{ target.schema }}`,
    `select * from {{ tools.chosen() }}`,
  ]
}

const files: Readonly<Record<string, Variants>> = {
  'dbt_project.yml': [
    "name: shop\nversion: '1.0'\nvars: {start: 1}\non-run-end: [\"select '{{ run_started_at }}'\"]\n",
    "name: shop\nversion: '1.0'\nvars: {start: 1.0}\n",
    "name: shop\nversion: '1.0'\nvars: {start: 2, picked: other}\nmodels: {shop: {+tags: [p], +schema: \"{{ env_var('SIDE', 'x') }}\"}}\n",
    'name: shop\nversion: \'1.0\'\non-run-start: ["{{ stamp() }}", "{{ log(invocation_id) }}"]\nmodels: {+grants: {select: [a]}}\n',
    "name: shop\nversion: '1.0'\nvars: {tools: {picked: other}}\n",
  ],
  'profiles.yml': [
    'shop: {target: dev, outputs: {dev: {type: duckdb, path: a.duckdb}, prod: {type: duckdb, path: a.duckdb, schema: prod}}}\n',
    "shop: {target: dev, outputs: {dev: {type: duckdb, path: a.duckdb, schema: \"{{ env_var('SIDE', 'x') }}\"}, prod: {type: duckdb, path: b.duckdb}}}\n",
  ],
  'vars.yml': [undefined, undefined, undefined, 'vars: {start: 7}\n'],
  '.dbtignore': [undefined, undefined, 'models/extra.sql\n'],
  'seeds/numbers.csv': ['id\n1\n', 'id\n2\n', 'id,b\n1,2\n'],
  'models/other.sql': ['select 1 as id', 'select 2 as id', 'select 3 as id -- longer'],
  'models/first.sql': model('first', ['numbers', 'other']),
  'models/second.sql': model('second', ['first', 'other', 'dim']),
  'models/marts/third.sql': [...model('third', ['second', 'first']), undefined],
  'models/marts/loop.sql': [
    "select * from {{ ref('first') }}",
    "select * from {{ ref('loop') }}",
    "select * from {{ ref('third') }}",
    "select * from {{ ref('missing') }}",
    'select {% if %}',
    undefined,
  ],
  // Always there: what depends on more than its own text.
  'models/by_env.sql': [
    "{% if env_var('SIDE', 'x') == 'y' %}select * from {{ ref('other') }}{% endif %}",
    "{{ config(tags=[env_var('SIDE', 'x')]) }} select 1 as id",
  ],
  'models/by_flag.sql': [
    "{% if flags.FULL_REFRESH %}select * from {{ ref('other') }}{% endif %}",
    "{{ config(tags=['t' ~ target.threads]) }} select 1 as id",
  ],
  'models/by_time.sql': [
    "{{ config(tags=['t' ~ run_started_at.minute]) }} select 1 as id",
    "{{ config(tags=['t' ~ modules.datetime.datetime.now().minute]) }} select 1 as id",
  ],
  'models/by_macro.sql': ['{{ picked() }} select 1 as id', '{{ stamp() }} {{ tools.chosen() }}'],
  'models/extra.sql': [undefined, 'select 1 as id', "select * from {{ ref('third') }}"],
  'models/dim_v1.sql': ["select * from {{ ref('other') }}", 'select 1 as id, 2 as b'],
  'models/dim_v2.sql': ["select * from {{ ref('first') }}", "select * from {{ ref('numbers') }}"],
  'models/docs.md': ['{% docs a %}one{% enddocs %}', '{% docs a %}two{% enddocs %}'],
  'models/_models.yml': [
    'models:\n- name: first\n  description: "{{ doc(\'a\') }}"\n  columns: [{name: id, data_tests: [unique, not_null]}]\n- name: dim\n  latest_version: 2\n  versions: [{v: 1}, {v: 2}]\n',
    "models:\n- name: first\n  config: {tags: [yaml], materialized: \"{{ var('how', 'view') }}\"}\n  columns: [{name: id, data_tests: [{positive: {arguments: {than: \"{{ var('start', 0) }}\"}}}]}]\n- name: dim\n  latest_version: 1\n  versions: [{v: 1}, {v: 2}]\n",
    'models:\n- name: first\n  config: {group: g, access: private}\n- name: dim\n  latest_version: 2\n  versions: [{v: 1, config: {enabled: false}}, {v: 2}]\ngroups: [{name: g, owner: {name: me}}]\n',
    'models:\n- name: first\n- name: nobody\n- name: dim\n  versions: [{v: 1}, {v: 2, columns: [{name: id, data_tests: [unique]}]}]\nexposures: [{name: e, type: dashboard, owner: {name: x}, depends_on: ["ref(\'second\')"]}]\n',
    'models:\n- name: dim\n  versions: [{v: 1}, {v: 2}]\nunit_tests: [{name: u, model: second, given: [], expect: {rows: []}}]\n',
  ],
  'models/_sources.yml': [
    'sources: [{name: raw, tables: [{name: things}]}]\n',
    'sources: [{name: raw, schema: "{{ target.schema }}_raw", tables: [{name: things, columns: [{name: id, data_tests: [unique]}]}]}]\n',
    'sources: [{name: raw, tables: [{name: things, config: {enabled: "{{ var(\'on\', true) }}"}}]}]\n',
  ],
  'macros/picked.sql': [
    "{% macro picked() %}-- {{ ref(var('picked', 'numbers')) }}{% endmacro %}",
    "{% macro picked() %}{% do ref('other') %}{% endmacro %}",
    '{% macro picked() %}{{ config(tags=["macro"]) }}{% endmacro %}',
  ],
  'macros/stamp.sql': [
    '{% macro stamp() %}-- {{ run_started_at }}{% endmacro %}',
    "{% macro stamp() %}{{ config(tags=['s' ~ modules.datetime.datetime.now().minute]) }}{% endmacro %}",
    '{% macro stamp() %}-- never{% endmacro %}',
  ],
  'macros/names.sql': [
    undefined,
    '{% macro generate_schema_name(name, node) %}{{ target.schema }}{{ env_var("SIDE", "x") if name }}{% endmacro %}',
    '{% macro generate_alias_name(custom=none, node=none) %}{{ custom or node.name }}_{{ var("start", 0) }}{% endmacro %}',
  ],
  'macros/positive.sql': [
    '{% test positive(model, column_name, than=0) %}select * from {{ model }} where {{ column_name }} <= {{ than }}{% endtest %}',
    "{% test positive(model, column_name, than=0) %}{{ config(severity='warn') }}select * from {{ model }} join {{ ref('other') }}{% endtest %}",
  ],
  'tests/single.sql': [
    "select * from {{ ref('first') }} where false",
    "{{ config(severity='warn') }} select * from {{ ref('second') }}",
    "select * from {{ ref('missing') }}",
    undefined,
  ],
  'analyses/look.sql': ["select * from {{ ref('first') }}", "select * from {{ ref('other') }}"],
  'snapshots/kept.sql': [
    "{% snapshot kept %}{{ config(strategy='check', unique_key='id', check_cols='all') }}select * from {{ ref('other') }}{% endsnapshot %}",
    "{% snapshot kept %}{{ config(strategy='check', unique_key='id', check_cols=['id'], target_schema='s') }}select * from {{ ref('first') }}{% endsnapshot %}",
    "{% snapshot kept %}{{ config(strategy='check', unique_key='id', check_cols='all') }}select * from {{ ref('other') }}{% endsnapshot %}{% snapshot more %}{{ config(strategy='check', unique_key='id', check_cols='all') }}select 1 as id{% endsnapshot %}",
  ],
  'dbt_packages/tools/dbt_project.yml': [
    "name: tools\nversion: '1.0'\nvars: {picked: numbers}\n",
    "name: tools\nversion: '1.0'\nvars: {picked: other}\n",
  ],
  'dbt_packages/tools/macros/chosen.sql': [
    "{% macro chosen() %}{{ ref(var('picked', 'numbers')) }}{% endmacro %}",
    "{% macro chosen() %}{{ ref('other') }}{% endmacro %}",
  ],
  'dbt_packages/tools/models/tool.sql': [
    "select '{{ var('picked') }}' as id",
    "select * from {{ ref(var('picked')) }}",
  ],
}

const paths = Object.keys(files)

const surroundings = {
  SIDE: [undefined, 'x', 'y', 'z'],
  arguments: [
    '',
    '--full-refresh',
    '--vars {"on":false}',
    '--vars {"how":"table"}',
    '--vars {"start":1.0}',
    '--target prod',
    '--threads 3',
  ],
} as const

const folder = mkdtempSync(join(tmpdir(), 'navo-parse-'))
afterAll(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

const write = (path: string, text: string | undefined): void => {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  if (text === undefined) rmSync(file, { force: true })
  else writeFileSync(file, text)
}

interface Parse {
  readonly told: string
  readonly manifest: unknown
  /** Whether some node was made by an earlier parse. */
  readonly hasOld: boolean
}

const parse = async (
  command: readonly string[],
  side: string | undefined,
  target: string,
): Promise<Parse> => {
  const lines: string[] = []
  const stream = { write: (text: string) => lines.push(text) > 0, isTTY: false, on: () => stream }
  const file = join(folder, target, 'manifest.json')
  rmSync(file, { force: true })
  const began = Date.now() / 1000
  const code = await main({
    argv: [...command, '--target-path', target],
    env: { HOME: folder, NAVO_LOG_PATH: target, ...(side === undefined ? {} : { SIDE: side }) },
    workingDirectory: folder,
    stdout: stream as never,
    stderr: stream as never,
    interactive: false,
    processId: 1,
    signal: new AbortController().signal,
  })
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '{}'
  let hasOld = false
  const manifest = JSON.parse(text, (key, value) => {
    if (key === 'metadata') return undefined
    if (key !== 'created_at') return value
    if (value < began - 0.001) hasOld = true
    return 0
  })
  const told = lines
    .join('')
    .replaceAll(target, 'target')
    .replaceAll(/^\d\d:\d\d:\d\d {2}/gm, '')
    .replaceAll(/\d+\.\d+ ?s(?:econds)?/g, '<time>')
    .split('\n')
    .sort()
  return { told: `exit ${code}\n${told.join('\n')}`, manifest, hasOld }
}

it('a kept parse never gives another result than a parse from nothing', {
  timeout: 600_000,
}, async () => {
  for (const [path, [text]] of Object.entries(files)) write(path, text)
  let side: string | undefined
  let given = ''
  let failed = 0
  let kept = 0
  const start = Date.now() + 3_600_000
  vi.useFakeTimers({ toFake: ['Date'] })
  for (let step = 0; step < steps; step++) {
    const changes: string[] = []
    for (let more = 0; step > 0 && more < pick([0, 1, 1, 1, 2, 3]); more++) {
      const kind = random()
      if (kind < 0.15) side = pick(surroundings.SIDE)
      else if (kind < 0.3) given = pick(surroundings.arguments)
      else {
        // Half of the edits are of models; most lead back, so that mistakes do not pile up.
        const edited = pick([paths, paths.filter(path => /^models.*sql$/.test(path))])
        const path = pick(edited)
        const text = random() < 0.5 ? files[path]?.[0] : pick(files[path] ?? [])
        write(path, text)
        changes.push(`${path}: ${text}`)
      }
    }
    const command = [pick(['parse', 'parse', 'ls']), ...given.split(' ').filter(Boolean)]
    // Both parses of a step begin at one moment, as much later as files need to be trusted.
    vi.setSystemTime(start + step * 61_000)
    const warm = await parse(command, side, 'target')
    const cold = await parse([...command, '--no-partial-parse'], side, 'target_cold')
    const context = `step ${step} of seed ${seed}: ${command.join(' ')}, SIDE=${side}\n${changes.join('\n')}`
    expect(warm.told, context).toBe(cold.told)
    expect(warm.manifest, context).toEqual(cold.manifest)
    if (warm.hasOld) kept++
    if (warm.told.startsWith('exit 0')) continue
    failed++
    // Out of a mistake, before others join it.
    if (random() < 0.4) for (const path of paths) write(path, files[path]?.[0])
  }
  // The test shows nothing where nothing is kept, or nothing can be parsed.
  if (process.env.SEED) console.log({ seed, kept, failed })
  expect(kept).toBeGreaterThan(steps / 5)
  expect(failed).toBeLessThan(steps / 2)
})
