import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { NavoEvent, NodeInfo } from '../../core/events.ts'
import { jsonSink } from './json.ts'
import { logFile } from './log-file.ts'
import { plain } from './paint.ts'
import { plainSink } from './plain.ts'
import { prettySink } from './pretty.ts'
import type { LeastLevel, LogContext } from './sink.ts'

const context: LogContext = {
  invocationId: 'abc',
  processId: 7,
  now: () => new Date('2026-01-02T03:04:05.678Z'),
  scrub: text => text.replaceAll('hush', '*****'),
}

const capture = (columns?: number) => {
  const written: string[] = []
  return {
    out: {
      write: (text: string) => written.push(text),
      isTTY: columns !== undefined,
      columns,
      rows: 24,
    },
    text: () => written.join(''),
  }
}

const options = (out: { write: (text: string) => unknown }, least: LeastLevel = 'info') => ({
  out,
  least,
  paint: plain,
  width: 80,
  print: true,
  nodeLines: true,
  read: () => undefined,
})

const started: NavoEvent = { kind: 'started', version: '1.0.0', command: 'run' }
const answer: NavoEvent = { kind: 'answer', name: 'PrintEvent', text: 'a', data: { msg: 'a' } }
const failed: NavoEvent = { kind: 'failed', error: new Error('hush now') }

describe('plain', () => {
  test('stamps lines, not answers', () => {
    const { out, text } = capture()
    const sink = plainSink({ ...options(out), style: 'text', reset: '' }, context)
    for (const event of [started, answer]) sink.handle(event)
    expect(text()).toBe('03:04:05  Running with navo=1.0.0\na\n')
  })
  test('quiet keeps answers and errors, and hides secrets', () => {
    const { out, text } = capture()
    const sink = plainSink({ ...options(out, 'error'), style: 'text', reset: '' }, context)
    for (const event of [started, answer, failed]) sink.handle(event)
    expect(text()).toContain('a\n03:04:05  [ERROR]: Encountered an error:\nInternal Error\n  *****')
    expect(text()).not.toContain('Running')
    expect(text()).not.toContain('hush')
  })
  test('none is nothing', () => {
    const { out, text } = capture()
    const sink = plainSink({ ...options(out, 'none'), style: 'text', reset: '' }, context)
    for (const event of [started, answer, failed]) sink.handle(event)
    expect(text()).toBe('')
  })
})

test('json: one object a line in the shape of dbt', () => {
  const { out, text } = capture()
  jsonSink(options(out), context).handle(started)
  expect(text().endsWith('\n')).toBe(true)
  expect(JSON.parse(text())).toEqual({
    data: { log_version: 3, version: '=1.0.0' },
    info: {
      category: '',
      code: 'A001',
      extra: {},
      invocation_id: 'abc',
      level: 'info',
      msg: 'Running with navo=1.0.0',
      name: 'MainReportVersion',
      pid: 7,
      thread: 'MainThread',
      ts: '2026-01-02T03:04:05.678000Z',
    },
  })
})

const node: NodeInfo = {
  unique_id: 'model.shop.a_model_with_quite_a_long_name',
  node_name: 'a_model_with_quite_a_long_name',
  node_path: 'a.sql',
  resource_type: 'model',
  materialized: 'table',
  meta: {},
  node_checksum: '',
  original_file_path: 'models/a.sql',
  compiled_path: null,
  node_relation: {
    database: 'shop',
    schema: 'main',
    alias: 'a_model_with_quite_a_long_name',
    relation_name: null,
  },
}

describe('pretty', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const run = (columns: number) => {
    const screen = capture(columns)
    const sink = prettySink(options(screen.out), context)
    sink.handle({ kind: 'runStarted', total: 2, threads: 1, target: 'dev' })
    sink.handle({ kind: 'nodeStarted', node, index: 1, total: 2 })
    vi.advanceTimersByTime(250)
    return { screen, sink }
  }

  test('shows what runs, and no START lines', () => {
    const { screen, sink } = run(80)
    expect(screen.text()).toContain('0 of 2 done')
    expect(screen.text()).toContain('▸ sql table model main.a_model_with_quite_a_long_name')
    expect(screen.text()).not.toContain('START')
    sink.close()
  })
  test('cuts lines to the width and leaves nothing behind', () => {
    const { screen, sink } = run(30)
    const drawn = screen
      .text()
      .split('\n')
      .filter(line => line.includes('▸'))
    expect(drawn.every(line => stripVTControlCharacters(line).length <= 30)).toBe(true)
    sink.handle({
      kind: 'runFinished',
      command: 'run',
      results: [],
      nodes: new Map(),
      elapsed: 1,
      cancelled: true,
    })
    const after = screen.text()
    vi.advanceTimersByTime(500)
    expect(screen.text()).toBe(after)
    expect(after.trimEnd().endsWith('TOTAL=0')).toBe(true)
  })
})

describe('log file', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'navo-log-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('rolls over before it grows past its limit', () => {
    const log = logFile(folder, 25)
    for (const text of ['first line\n', 'second line\n', 'third line\n']) log.stream.write(text)
    log.close()
    expect(readdirSync(folder).sort()).toEqual(['navo.log', 'navo.log.1'])
    expect(readFileSync(join(folder, 'navo.log'), 'utf8')).toBe('third line\n')
    expect(readFileSync(join(folder, 'navo.log.1'), 'utf8')).toBe('first line\nsecond line\n')
  })
  test('a folder that cannot be made stops nothing', () => {
    const log = logFile('/dev/null/logs', 0)
    expect(() => log.stream.write('x')).not.toThrow()
    log.close()
  })
})
