import type { NodeInfo } from '../../core/events.ts'
import type { JsonObject } from '../../core/json.ts'
import type { NodeResult } from '../../core/result.ts'
import { fancyLine } from './fancy-line.ts'
import type { LogRecord } from './log-record.ts'
import type { Paint } from './paint.ts'

/** Where a node stands among all that run. */
export interface Position {
  readonly index: number
  readonly total: number
}

export interface NodeRecordOptions {
  readonly paint: Paint
  readonly width: number
}

/** `node_info` of dbt's events. Times are UTC without a zone, as there. */
export const nodeInfoData = (
  node: NodeInfo,
  status: string,
  times: { readonly started?: Date; readonly finished?: Date } = {},
): JsonObject => ({
  materialized: node.materialized ?? '',
  meta: node.meta,
  node_checksum: node.node_checksum,
  node_finished_at: times.finished ? pythonTime(times.finished) : '',
  node_name: node.node_name,
  node_path: node.node_path,
  node_relation: {
    alias: node.node_relation?.alias ?? '',
    database: node.node_relation?.database ?? '',
    relation_name: node.node_relation?.relation_name ?? '',
    schema: node.node_relation?.schema ?? '',
  },
  node_started_at: times.started ? pythonTime(times.started) : '',
  node_status: status,
  resource_type: node.resource_type,
  unique_id: node.unique_id,
})

const pythonTime = (date: Date): string => date.toISOString().replace('Z', '000')

const relationOf = (node: NodeInfo): string =>
  `${node.node_relation?.schema ?? ''}.${node.node_relation?.alias ?? node.node_name}`

/** What dbt calls a node in its lines: `sql table model main.a`, `seed file main.s`, `test x`. */
export const descriptionOf = (node: NodeInfo): string => {
  switch (node.resource_type) {
    case 'model':
      return `sql ${node.materialized} model ${relationOf(node)}`
    case 'seed':
      return `seed file ${relationOf(node)}`
    case 'snapshot':
      return `snapshot ${relationOf(node)}`
    case 'source':
      return `freshness of ${node.source_name}.${node.node_name}`
    case 'unit_test':
      return `unit_test ${unitTestName(node)}`
    default:
      return `${node.resource_type} ${node.node_name}`
  }
}

/** `model::test`, as dbt calls unit tests. */
const unitTestName = (node: NodeInfo): string => {
  const [, , model = '', ...name] = node.unique_id.split('.')
  return name.length === 0 ? node.node_name : `${model}::${node.node_name}`
}

export const startRecord = (
  node: NodeInfo,
  at: Position,
  options: NodeRecordOptions,
  thread: string | undefined,
): LogRecord => {
  const description = descriptionOf(node)
  return {
    name: 'LogStartLine',
    code: 'Q011',
    level: 'info',
    msg: fancyLine({ ...at, text: `START ${description}`, status: 'RUN', width: options.width }),
    data: { ...at, description, node_info: nodeInfoData(node, 'started') },
    ...(thread === undefined ? {} : { thread }),
  }
}

/** The line of a node that is done: LogModelResult and its kin. */
export const resultRecord = (
  node: NodeInfo,
  result: NodeResult,
  at: Position,
  options: NodeRecordOptions,
): LogRecord => {
  const { paint, width } = options
  const started = result.timing[0]?.started_at
  const finished = result.timing.at(-1)?.completed_at
  const info = nodeInfoData(node, result.status, {
    ...(started ? { started } : {}),
    ...(finished ? { finished } : {}),
  })
  const seconds = result.execution_time
  const common = { ...at, node_info: info, execution_time: seconds, status: result.status }
  const thread = result.thread_id
  const line = (text: string, status: string): string =>
    fancyLine({ ...at, text, status, seconds, width })
  if (result.status === 'skipped') return skipRecord(node, at, info, options, thread)
  if (result.status === 'no-op') {
    const description = descriptionOf(node)
    return {
      name: 'LogNodeNoOpResult',
      code: 'Q019',
      level: 'info',
      msg: line(`NO-OP ${description}`, paint.yellow('NO-OP')),
      data: { ...common, description },
      thread,
    }
  }
  const failed = result.status === 'error'
  const level = failed ? 'error' : 'info'
  switch (node.resource_type) {
    case 'test':
    case 'unit_test':
      return testRecord(node, result, at, options, info)
    case 'seed': {
      const { schema = '', alias = node.node_name } = node.node_relation ?? {}
      const message = String(result.message ?? 'OK')
      return {
        name: 'LogSeedResult',
        code: 'Q016',
        level,
        msg: failed
          ? line(`ERROR loading seed file ${schema}.${alias}`, paint.red('ERROR'))
          : line(`OK loaded seed file ${schema}.${alias}`, paint.green(message)),
        data: { ...common, schema, relation: alias, result_message: message },
        thread,
      }
    }
    case 'snapshot': {
      const description = relationOf(node)
      const message = String(result.message ?? 'OK')
      return {
        name: 'LogSnapshotResult',
        code: 'Q015',
        level,
        msg: failed
          ? line(`ERROR snapshotting ${description}`, paint.red('ERROR'))
          : line(`OK snapshotted ${description}`, paint.green(message)),
        data: { ...common, description, cfg: {}, result_message: message },
        thread,
      }
    }
    case 'source':
      return freshnessRecord(node, result, at, options, info)
    default: {
      const description = descriptionOf(node)
      const partial = result.status === 'partial success'
      const message = failed ? 'error' : String(result.message ?? 'OK')
      const [word, status] = failed
        ? ['ERROR creating', paint.red('ERROR')]
        : partial
          ? ['PARTIALLY created', paint.yellow(message.toUpperCase())]
          : ['OK created', paint.green(message)]
      return {
        name: 'LogModelResult',
        code: 'Q012',
        level,
        msg: line(`${word} ${description}`, status),
        data: { ...common, description, status: message },
        thread,
      }
    }
  }
}

const skipRecord = (
  node: NodeInfo,
  at: Position,
  info: JsonObject,
  options: NodeRecordOptions,
  thread: string,
): LogRecord => {
  const isRelation = ['model', 'seed', 'snapshot'].includes(node.resource_type)
  const what = isRelation
    ? `relation ${relationOf(node)}`
    : `${node.resource_type} ${node.node_name}`
  return {
    name: 'SkippingDetails',
    code: 'Q034',
    level: 'info',
    msg: fancyLine({
      ...at,
      text: `SKIP ${what}`,
      status: options.paint.yellow('SKIP'),
      width: options.width,
    }),
    data: {
      ...at,
      node_info: info,
      node_name: node.node_name,
      resource_type: node.resource_type,
      schema: node.node_relation?.schema ?? '',
    },
    thread,
  }
}

const testRecord = (
  node: NodeInfo,
  result: NodeResult,
  at: Position,
  options: NodeRecordOptions,
  info: JsonObject,
): LogRecord => {
  const { paint, width } = options
  const failures = result.failures ?? 0
  const name = node.resource_type === 'unit_test' ? unitTestName(node) : node.node_name
  const [word, status, level] =
    result.status === 'pass'
      ? (['PASS', paint.green('PASS'), 'info'] as const)
      : result.status === 'warn'
        ? ([`WARN ${failures}`, paint.yellow(`WARN ${failures}`), 'warn'] as const)
        : result.status === 'fail'
          ? ([`FAIL ${failures}`, paint.red(`FAIL ${failures}`), 'error'] as const)
          : (['ERROR', paint.red('ERROR'), 'error'] as const)
  return {
    name: 'LogTestResult',
    code: 'Q007',
    level,
    msg: fancyLine({
      ...at,
      text: `${word} ${name}`,
      status,
      seconds: result.execution_time,
      width,
    }),
    data: {
      name,
      status: result.status,
      index: at.index,
      num_models: at.total,
      execution_time: result.execution_time,
      num_failures: failures,
      attached_node: node.attached_node ?? '',
      node_info: info,
    },
    thread: result.thread_id,
  }
}

const freshnessRecord = (
  node: NodeInfo,
  result: NodeResult,
  at: Position,
  options: NodeRecordOptions,
  info: JsonObject,
): LogRecord => {
  const { paint, width } = options
  const [word, status, level] =
    result.status === 'pass'
      ? (['PASS', paint.green('PASS'), 'info'] as const)
      : result.status === 'warn'
        ? (['WARN', paint.yellow('WARN'), 'warn'] as const)
        : result.status === 'error'
          ? (['ERROR STALE', paint.red('ERROR STALE'), 'error'] as const)
          : (['ERROR', paint.red('ERROR'), 'error'] as const)
  const source = node.source_name ?? ''
  return {
    name: 'LogFreshnessResult',
    code: 'Q018',
    level,
    msg: fancyLine({
      ...at,
      text: `${word} freshness of ${source}.${node.node_name}`,
      status,
      seconds: result.execution_time,
      width,
    }),
    data: {
      ...at,
      node_info: info,
      execution_time: result.execution_time,
      status: result.status,
      source_name: source,
      table_name: node.node_name,
    },
    thread: result.thread_id,
  }
}
