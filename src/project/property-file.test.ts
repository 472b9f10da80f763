import { describe, expect, test } from 'vitest'
import { type PropertyFile, readPropertyFile } from './property-file.ts'
import { YamlDate } from './yaml-value.ts'

const read = (text: string): PropertyFile =>
  readPropertyFile({
    path: 'models/schema.yml',
    relativePath: 'schema.yml',
    text,
    projectName: 'shop',
    render: template => {
      if (template.includes('fail')) throw new Error('no such thing')
      return template.replaceAll("{{ var('x') }}", 'X')
    },
  })
const messages = (text: string) => read(text).errors.map(error => error.message)

describe('models', () => {
  const file = read(`
version: 2
models:
  - name: orders
    description: "{{ doc('orders') }}"
    meta: {owner: ann}
    group: finance
    config: {tags: ["{{ var('x') }}"], pre_hook: "{{ this }}"}
    data_tests:
      - unique: {arguments: {column_name: id}}
    columns:
      - name: id
        description: "{{ var('x') }}"
        data_type: int
        tags: [a, b]
        config: {tags: b, meta: {k: 1}}
        meta: {j: 2}
        constraints: [{type: not_null}, {type: foreign_key, to: ref('c'), to_columns: [id]}]
        tests: [not_null, {dbt_utils.fancy: {arguments: {where_clause: "{{ var('x') }}"}, config: {severity: warn}, name: custom}}]
      - name: b
    constraints: [{type: primary_key, columns: [id]}]
    latest_version: 2
    deprecation_date: 2025-01-31 10:00:00+01:00
    versions:
      - v: 1
        defined_in: old
        columns: [{include: all, exclude: [b]}, {name: c}]
        tests: []
      - v: 2
        config: {alias: "{{ var('x') }}"}
`)
  const [model] = file.models
  test('is read without complaint', () => {
    expect([file.errors, file.warnings]).toEqual([[], []])
  })
  test('what stands beside config: and belongs into it is moved; rendering is dbt’s', () => {
    expect(model).toMatchObject({
      name: 'orders',
      description: "{{ doc('orders') }}",
      config: { tags: ['X'], pre_hook: '{{ this }}', meta: { owner: 'ann' }, group: 'finance' },
      unrenderedConfig: { tags: ["{{ var('x') }}"] },
      latest_version: 2,
      deprecation_date: '2025-01-31T10:00:00+01:00',
      at: ['models', 0],
    })
  })
  test('columns', () => {
    expect(model?.columns[0]).toMatchObject({
      description: "{{ var('x') }}",
      data_type: 'int',
      tags: ['a', 'b'],
      meta: { j: 2, k: 1 },
      quote: null,
      at: ['models', 0, 'columns', 0],
    })
    expect(model?.columns[0]?.constraints).toEqual([
      {
        type: 'not_null',
        name: null,
        expression: null,
        warn_unenforced: true,
        warn_unsupported: true,
        to: null,
        to_columns: [],
      },
      {
        type: 'foreign_key',
        name: null,
        expression: null,
        warn_unenforced: true,
        warn_unsupported: true,
        to: "ref('c')",
        to_columns: ['id'],
      },
    ])
    expect(model?.constraints[0]).toMatchObject({ type: 'primary_key', columns: ['id'] })
  })
  test('tests are taken apart, unrendered', () => {
    expect(model?.columns[0]?.data_tests[1]).toEqual({
      name: 'fancy',
      namespace: 'dbt_utils',
      customName: 'custom',
      description: '',
      args: { where_clause: "{{ var('x') }}" },
      config: { severity: 'warn' },
      at: ['models', 0, 'columns', 0, 'tests', 1],
    })
  })
  test('versions have their own columns and tests', () => {
    expect(
      model?.versions.map(({ v, defined_in, columns, data_tests, config }) => [
        v,
        defined_in,
        columns.map(c => c.name),
        data_tests.length,
        config,
      ]),
    ).toEqual([
      [1, 'old', ['id', 'c'], 0, {}],
      [2, null, ['id', 'b'], 1, { alias: 'X' }],
    ])
  })
  test('places on demand', () => {
    expect(file.spanOf(['models', 0, 'columns', 0, 'tests', 1])).toMatchObject({ line: 19 })
  })
})

describe('sources', () => {
  const [source] = read(`
sources:
  - name: raw
    schema: "s_{{ var('x') }}"
    tags: [t]
    quoting: {database: true}
    freshness: {warn_after: {count: 12, period: hour}, filter: a > b}
    loaded_at_field: at
    tables:
      - name: users
        identifier: u
        freshness:
        loaded_at_field: null
        external: {location: "s3://{{ var('x') }}", partitions: [{name: day, data_type: date}], extra: 1}
        columns: [{name: id, tests: [unique]}]
      - name: events
`).sources
  test('tables, with what is not set told from what is set to nothing', () => {
    expect(source).toMatchObject({
      name: 'raw',
      schema: 's_X',
      unrenderedSchema: "s_{{ var('x') }}",
      tags: ['t'],
      quoting: { database: true, schema: null, identifier: null },
      freshness: {
        warn_after: { count: 12, period: 'hour' },
        error_after: { count: null, period: null },
        filter: 'a > b',
      },
      loaded_at_field: 'at',
      overrides: null,
    })
    const [users, events] = source?.tables ?? []
    expect(users).toMatchObject({
      identifier: 'u',
      freshness: null,
      loaded_at_field: null,
      external: {
        location: 's3://X',
        file_format: null,
        row_format: null,
        tbl_properties: null,
        partitions: [{ name: 'day', data_type: 'date' }],
        extra: 1,
      },
    })
    expect(users?.columns[0]?.data_tests[0]?.name).toBe('unique')
    expect([events?.freshness, events?.loaded_at_field, events?.external]).toEqual([
      undefined,
      undefined,
      null,
    ])
  })
})

describe('the other sections', () => {
  const file = read(`
seeds: [{name: s, config: {column_types: {a: int}}, quote_columns: true}]
snapshots: [{name: sn, relation: "ref('a')", config: {strategy: check}}]
analyses: [{name: an}]
macros: [{name: m, arguments: [{name: x, type: string}], docs: {show: false}}]
exposures: [{name: e, type: dashboard, owner: {email: a@b.c}, depends_on: ["ref('a')"], maturity: high}]
groups: [{name: g, owner: {name: ann}}]
unit_tests:
  - name: u
    model: orders
    given: [{input: ref('a'), rows: [{id: 1, day: 2024-01-01}]}, {input: this, format: csv, rows: "id\\n1"}]
    expect: {rows: [{id: 1}]}
    overrides: {vars: {v: 1}}
data_tests: [{name: singular, description: "{{ doc('x') }}", config: {severity: warn}}]
`)
  test('are typed', () => {
    expect(file.errors).toEqual([])
    expect(file.seeds[0]).toMatchObject({ name: 's', quote_columns: true })
    expect(file.snapshots[0]).toMatchObject({ name: 'sn', relation: "ref('a')" })
    expect(file.analyses[0]?.name).toBe('an')
    expect(file.macros[0]).toMatchObject({
      arguments: [{ name: 'x', type: 'string', description: '' }],
      docs: { show: false, node_color: null },
    })
    expect(file.exposures[0]).toMatchObject({
      type: 'dashboard',
      depends_on: ["ref('a')"],
      maturity: 'high',
    })
    expect(file.groups[0]).toMatchObject({ name: 'g', owner: { name: 'ann' } })
    expect(file.unit_tests[0]).toMatchObject({
      model: 'orders',
      given: [
        { input: "ref('a')", format: 'dict', rows: [{ id: 1, day: '2024-01-01' }] },
        { input: 'this', format: 'csv', rows: 'id\n1' },
      ],
      overrides: { macros: {}, vars: { v: 1 }, env_vars: {} },
      versions: null,
    })
    expect(file.data_tests[0]).toMatchObject({ name: 'singular', config: { severity: 'warn' } })
  })
})

describe('complaints are dbt’s', () => {
  const invalid = (section: string, entry: string, what: string) =>
    `Invalid ${section} config given in models/schema.yml @ ${section}: ${entry} - ${what}`
  const patch =
    "'original_file_path': 'models/schema.yml', 'yaml_key': 'models', 'package_name': 'shop'"
  test.each([
    [
      'models: [{name: 1}]',
      invalid('models', `{'name': 1, ${patch}}`, "at path ['name']: 1 is not of type 'string'"),
    ],
    [
      'models: [{name: a, columns: [x]}]',
      invalid(
        'models',
        `{'name': 'a', 'columns': ['x'], ${patch}}`,
        "at path ['columns'][0]: 'x' is not of type 'object'",
      ),
    ],
    [
      'models: [{name: a, columns: [{name: b, quote: x}]}]',
      "at path ['columns'][0]['quote']: 'x' is not valid under any of the given schemas",
    ],
    [
      'models: [{name: a, columns: [{nam: b}]}]',
      "at path ['columns'][0]: 'name' is a required property",
    ],
    [
      'models: [{name: a, tests: [x], data_tests: [y]}]',
      "at path []: Invalid test config: cannot have both 'tests' and 'data_tests' defined",
    ],
    [
      'models: [{name: a, meta: {x: 1}, config: {meta: {}}}]',
      "In models/schema.yml: found meta dictionary in 'config' dictionary and as top-level key.",
    ],
    [
      'models: [{name: a, latest_version: 3, versions: [{v: 1}]}]',
      "latest_version: 3 is not one of model 'a' versions: [1] ",
    ],
    [
      'models: [{name: a, versions: [{v: 1}, {v: "1"}]}]',
      "Found duplicate version: '1' in versions list of model 'a'",
    ],
    [
      'models: [{name: a, versions: [{v: 1, columns: [{include: x}]}]}]',
      "include must be one of ('all', '*') or a list of strings",
    ],
    [
      'models: [{name: a, columns: [{name: b, constraints: [{type: odd}]}]}]',
      'Invalid constraint type on column b',
    ],
    [
      'models: [{name: a, tests: [{unique: }]}]',
      "Invalid test config given in models/schema.yml:\n\ttest arguments must be a dict, got <class 'NoneType'> (value None)\n\t@: UnparsedModelUpdate(original_file_path='mode...ne)",
    ],
    [
      'models: {a: 1}',
      "The schema file at models/schema.yml is invalid because the value of 'models' is not a list",
    ],
    [
      'models: [a]',
      "The schema file at models/schema.yml is invalid because a list element for 'models' is not a dictionary",
    ],
    [
      'models: [{nam: a}]',
      "The schema file at models/schema.yml is invalid because a list element for 'models' does not have a name attribute.",
    ],
    [
      'sources: [{name: a, loaded_at_field: ""}]',
      'at path []: loaded_at_field cannot be an empty string.',
    ],
    [
      'sources: [{name: a, freshness: {warn_after: {count: x}}}]',
      "at path ['freshness']: {'warn_after': {'count': 'x'}} is not valid under any of the given schemas",
    ],
    [
      'exposures: [{name: a, type: x, owner: {name: b}}]',
      invalid(
        'exposures',
        "{'name': 'a', 'type': 'x', 'owner': {'name': 'b'}}",
        "at path ['type']: 'x' is not one of ['dashboard', 'notebook', 'analysis', 'ml', 'application']",
      ),
    ],
    [
      'exposures: [{name: a, type: ml, owner: {}}]',
      "at path []: Exposure owner must have at least one of 'name' or 'email'.",
    ],
    ['groups: [{name: a}]', "at path []: 'owner' is a required property"],
    [
      'unit_tests: [{name: a, model: b, given: [], expect: {rows: []}, versions: {include: [1], exclude: [2]}}]',
      'Unit tests can not both include and exclude versions.',
    ],
    [
      'models: [{name: a, config: {alias: "{{ fail }}"}}]',
      'Could not render {{ fail }}: no such thing',
    ],
    ['a: b: c', 'Error reading shop: schema.yml - Runtime Error\n  Syntax error near line 1'],
    [
      '- a',
      "Error reading shop: schema.yml - Runtime Error\n  Contents of file 'models/schema.yml' are not valid. Dictionary expected.",
    ],
  ])('%s', (text, message) => {
    expect(messages(text)).toEqual([expect.stringContaining(message)])
  })
  test('several at once, each with its place; sound entries stay', () => {
    const file = read(
      'models:\n  - name: 1\n  - name: ok\n  - name: b\n    columns: x\n    tests: y\n',
    )
    expect(file.models.map(model => model.name)).toEqual(['ok'])
    expect(file.errors.map(error => [error.at?.line, error.kind])).toEqual([
      [2, 'Parsing Error'],
      [6, 'Parsing Error'],
      [5, 'Parsing Error'],
    ])
  })
  test('mistakes in descriptions of singular tests only warn', () => {
    const file = read('data_tests: [{name: 5}]')
    expect([file.errors.length, file.warnings.length]).toEqual([0, 1])
  })
})

describe('warnings', () => {
  test('unknown keys, with the nearest known one or the right place', () => {
    const { warnings } = read(
      'model: []\nmodels:\n  - name: a\n    desc: x\n    materialized: table\n    columns: [{name: b, tsets: []}]\n',
    )
    expect(warnings.map(({ message, hint, at }) => [message, hint, at?.line])).toEqual([
      ["Unknown key 'model' of the file in models/schema.yml", "did you mean 'models'?", 1],
      ["Unknown key 'desc' of model 'a' in models/schema.yml", "did you mean 'description'?", 4],
      [
        "Unknown key 'materialized' of model 'a' in models/schema.yml",
        "'materialized' is a config: put it under 'config:'",
        5,
      ],
      ["Unknown key 'tsets' of column 'b' in models/schema.yml", "did you mean 'tests'?", 6],
    ])
  })
  test('repeated keys', () => {
    const file = read('models:\n  - name: a\n    description: x\n    description: y\n')
    expect(file.models[0]?.description).toBe('y')
    expect(file.warnings[0]).toMatchObject({
      message: "Duplicate key 'description' in models/schema.yml; the last one counts",
      at: { line: 4, column: 5 },
    })
  })
})

test('an empty file holds nothing', () => {
  expect(read('')).toMatchObject({ models: [], errors: [], warnings: [] })
})

test('dates stay dates where nothing is rendered', () => {
  const [model] = read('models: [{name: a, tests: [{t: {arguments: {d: 2024-01-01}}}]}]').models
  expect(model?.data_tests[0]?.args.d).toEqual(new YamlDate('date', '2024-01-01'))
})
