import { describe, expect, test } from 'vitest'
import { CompilationError, ErrorList, RuntimeError } from '../../core/errors.ts'
import type { NavoEvent, NodeInfo } from '../../core/events.ts'
import type { NodeResult } from '../../core/result.ts'
import { plain } from './paint.ts'
import { type RecordOptions, recordsOf } from './records.ts'

const options: RecordOptions = {
  paint: plain,
  width: 80,
  print: true,
  nodeLines: true,
  read: file =>
    file === 'models/bad.sql' ? 'select 1\nfrom {{ ref("nope") }}\n'.split('\n') : undefined,
}

const lines = (...events: readonly NavoEvent[]): readonly string[] =>
  events.flatMap(event => recordsOf(event, options)).map(record => record.msg)

const node = (type: string, name: string, more: Partial<NodeInfo> = {}): NodeInfo => ({
  unique_id: `${type}.shop.${name}`,
  node_name: name,
  node_path: `${name}.sql`,
  resource_type: type,
  materialized: type === 'model' ? 'table' : type,
  meta: {},
  node_checksum: '',
  original_file_path: `models/${name}.sql`,
  compiled_path: null,
  node_relation: { database: 'shop', schema: 'main', alias: name, relation_name: null },
  ...more,
})

const result = (of: NodeInfo, more: Partial<NodeResult> = {}): NodeResult => ({
  unique_id: of.unique_id,
  status: 'success',
  timing: [],
  thread_id: 'Thread-1 (worker)',
  execution_time: 0.234,
  message: 'OK',
  failures: null,
  adapter_response: {},
  compiled: true,
  compiled_code: null,
  relation_name: null,
  ...more,
})

const finished = (of: NodeInfo, more: Partial<NodeResult> = {}): NavoEvent => ({
  kind: 'nodeFinished',
  node: of,
  index: 1,
  total: 6,
  result: result(of, more),
})

const ended = (...parts: readonly (readonly [NodeInfo, Partial<NodeResult>])[]): NavoEvent => ({
  kind: 'runFinished',
  command: 'build',
  results: parts.map(([of, more]) => result(of, more)),
  nodes: new Map(parts.map(([of]) => [of.unique_id, of])),
  elapsed: 0.46,
  cancelled: false,
})

// The expected lines are those of dbt 1.12.6 for the same nodes.
describe('lines of nodes', () => {
  test.each<[string, NavoEvent, string]>([
    [
      'start',
      { kind: 'nodeStarted', node: node('model', 'a'), index: 1, total: 6 },
      '1 of 6 START sql table model main.a ............................................ [RUN]',
    ],
    [
      'model',
      finished(node('model', 'a')),
      '1 of 6 OK created sql table model main.a ....................................... [OK in 0.23s]',
    ],
    [
      'broken model',
      finished(node('model', 'bad'), { status: 'error', message: 'Runtime Error …' }),
      '1 of 6 ERROR creating sql table model main.bad ................................. [ERROR in 0.23s]',
    ],
    [
      'skipped',
      finished(node('model', 'b'), { status: 'skipped', message: null }),
      '1 of 6 SKIP relation main.b .................................................... [SKIP]',
    ],
    [
      'seed',
      finished(node('seed', 's'), { message: 'INSERT 3' }),
      '1 of 6 OK loaded seed file main.s .............................................. [INSERT 3 in 0.23s]',
    ],
    [
      'snapshot',
      finished(node('snapshot', 'sn')),
      '1 of 6 OK snapshotted main.sn .................................................. [OK in 0.23s]',
    ],
    [
      'test',
      finished(node('test', 'not_null_a_id'), { status: 'pass', failures: 0 }),
      '1 of 6 PASS not_null_a_id ...................................................... [PASS in 0.23s]',
    ],
    [
      'failed test',
      finished(node('test', 't'), { status: 'fail', failures: 2 }),
      '1 of 6 FAIL 2 t ................................................................ [FAIL 2 in 0.23s]',
    ],
    [
      'unit test',
      finished(node('unit_test', 'ut', { unique_id: 'unit_test.shop.b.ut', node_relation: null }), {
        status: 'pass',
        failures: 0,
      }),
      '1 of 6 PASS b::ut .............................................................. [PASS in 0.23s]',
    ],
    [
      'source',
      finished(node('source', 's', { source_name: 'raw' }), { status: 'error' }),
      '1 of 6 ERROR STALE freshness of raw.s .......................................... [ERROR STALE in 0.23s]',
    ],
  ])('%s', (_, event, line) => {
    expect(lines(event)).toEqual([line])
  })
})

test('the end of a build', () => {
  const failing = node('test', 'singbad', {
    original_file_path: 'tests/singbad.sql',
    compiled_path: 'target/compiled/shop/tests/singbad.sql',
  })
  const sample = {
    columns: [{ name: 'x', type: 'INTEGER' }],
    rows: [[1]],
    response: { _message: 'OK' },
  }
  expect(
    lines(
      ended(
        [node('model', 'a'), {}],
        [node('model', 'v', { materialized: 'view' }), {}],
        [
          failing,
          {
            status: 'fail',
            failures: 2,
            message: 'Got 2 results, configured to fail if != 0',
            sample,
          },
        ],
        [node('model', 'b'), { status: 'skipped', message: null }],
        [
          node('test', 'careful', { original_file_path: 'models/s.yml' }),
          { status: 'warn', failures: 1, message: 'Got 1 result, configured to warn if != 0' },
        ],
        [node('exposure', 'dash'), { status: 'no-op', message: null }],
      ),
    ),
  ).toEqual([
    '',
    'Finished running 1 exposure, 2 table models, 2 data tests, 1 view model in 0 hours 0 minutes and 0.46 seconds (0.46s).',
    '',
    'Completed with 1 error, 0 partial successes, and 1 warning:',
    '',
    '[ERROR]: in test singbad (tests/singbad.sql)',
    '  Got 2 results, configured to fail if != 0',
    '',
    '  compiled code at target/compiled/shop/tests/singbad.sql',
    '',
    '  first 1 of 2 rows:\n  | x |\n  | - |\n  | 1 |',
    '',
    '[WARNING]: in test careful (models/s.yml)',
    '[WARNING]: Got 1 result, configured to warn if != 0',
    '',
    'Done. PASS=2 WARN=1 ERROR=1 SKIP=1 NO-OP=1 REUSED=0 TOTAL=6',
  ])
})

describe('errors that stop a command', () => {
  const missing = new CompilationError("depends on a node named 'nope' which was not found", {
    subject: { resourceType: 'model', name: 'bad', path: 'models/bad.sql' },
    at: { file: 'models/bad.sql', line: 2, column: 13, endColumn: 19 },
    hint: "did you mean 'nape'?",
  })
  test('show where, and a hint', () => {
    expect(lines({ kind: 'failed', error: missing })).toEqual([
      [
        '[ERROR]: Encountered an error:',
        'Compilation Error in model bad (models/bad.sql)',
        "  depends on a node named 'nope' which was not found",
        '  models/bad.sql:2:13',
        '      2 | from {{ ref("nope") }}',
        '        |             ^^^^^^',
        "  hint: did you mean 'nape'?",
      ].join('\n'),
    ])
  })
  test('are all shown; JSON has what dbt says only', () => {
    const error = new ErrorList([missing, new RuntimeError('second')])
    const [record] = recordsOf({ kind: 'failed', error }, options)
    expect(record?.name).toBe('MainEncounteredError')
    expect(record?.data).toEqual({
      exc: "Compilation Error in model bad (models/bad.sql)\n  depends on a node named 'nope' which was not found\nRuntime Error\n  second",
    })
    expect(record?.msg).toContain('\n\nRuntime Error\n  second')
  })
  test('only bugs show a stack', () => {
    const names = recordsOf({ kind: 'failed', error: new TypeError('oops') }, options)
    expect(names.map(record => record.name)).toEqual(['MainEncounteredError', 'MainStackTrace'])
  })
})

test('print() is an answer and can be turned off', () => {
  const event: NavoEvent = { kind: 'template', text: 'hi', level: 'print', node: undefined }
  expect(recordsOf(event, options)).toMatchObject([{ name: 'PrintEvent', answer: true }])
  expect(recordsOf(event, { ...options, print: false })).toEqual([])
})

test('node_info is in the shape of dbt', () => {
  const [record] = recordsOf(finished(node('model', 'a')), options)
  expect(Object.keys(record?.data ?? {}).sort()).toEqual([
    'description',
    'execution_time',
    'index',
    'node_info',
    'status',
    'total',
  ])
  expect(record).toMatchObject({
    name: 'LogModelResult',
    code: 'Q012',
    thread: 'Thread-1 (worker)',
    data: {
      index: 1,
      total: 6,
      execution_time: 0.234,
      description: 'sql table model main.a',
      status: 'OK',
      node_info: {
        node_status: 'success',
        resource_type: 'model',
        node_relation: { alias: 'a', database: 'shop', relation_name: '', schema: 'main' },
      },
    },
  })
})
