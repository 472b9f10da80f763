import type { GraphNode } from '../core/manifest.ts'
import { graphNode } from '../core/manifest.ts'
import type { QueryResult } from '../core/query-result.ts'
import type { NodeResult } from '../core/result.ts'
import { nodeError } from './node-error.ts'
import type { RunEnvironment } from './run-environment.ts'

const headerOf = (node: GraphNode): string => {
  const header = 'config' in node ? node.config.sql_header : null
  return typeof header === 'string' ? `${header}\n` : ''
}

const previewSql = (
  environment: RunEnvironment,
  node: GraphNode,
  limit: number | null,
): string | undefined => {
  const { dialect } = environment.facts
  if (node.resource_type === 'seed') {
    const relation = { database: node.database, schema: node.schema, identifier: node.alias }
    return dialect.limit(`select * from ${dialect.render(relation)}`, limit)
  }
  const code = environment.compiled.get(node.unique_id)?.compiled_code
  return code === null || code === undefined
    ? undefined
    : `${headerOf(node)}${dialect.limit(code, limit)}`
}

/**
 * Fetches the first rows of what was compiled (or of seeds that were loaded) into `previews`. Gives
 * the results with the limited query as their compiled code, or with the error of a refused one.
 * @param limit rows; null for all
 */
export const previewNodes = async (
  environment: RunEnvironment,
  results: readonly NodeResult[],
  limit: number | null,
  previews: Map<string, QueryResult>,
): Promise<readonly NodeResult[]> => {
  const shown: NodeResult[] = []
  for (const result of results) {
    const node = graphNode(environment.manifest, result.unique_id)
    const sql =
      node && result.status === 'success'
        ? previewSql(environment, node, limit === -1 ? null : limit)
        : undefined
    if (!node || sql === undefined) {
      shown.push(result)
      continue
    }
    const session = await (await environment.warehouse()).session(node.unique_id)
    try {
      const rows = await session.query(sql)
      previews.set(node.unique_id, rows)
      const code = node.resource_type === 'seed' ? result.compiled_code : sql
      shown.push({ ...result, compiled_code: code, adapter_response: rows.response })
    } catch (error) {
      const failure = nodeError(error, node, environment.compiled.get(node.unique_id))
      shown.push({ ...result, status: 'error', message: failure.message, error: failure })
    } finally {
      await session.release()
    }
  }
  return shown
}
