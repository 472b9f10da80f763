import type { NodeInfo } from './events.ts'
import type { GraphNode } from './manifest.ts'

/** What events say of a node; compute it anew once the node is compiled. */
export const nodeInfo = (node: GraphNode): NodeInfo => {
  const base = {
    unique_id: node.unique_id,
    node_name: node.name,
    node_path: node.path,
    resource_type: node.resource_type,
    original_file_path: node.original_file_path,
    meta: node.resource_type === 'unit_test' ? (node.config.meta ?? {}) : node.meta,
  }
  switch (node.resource_type) {
    case 'source':
      return {
        ...base,
        materialized: null,
        node_checksum: '',
        compiled_path: null,
        source_name: node.source_name,
        node_relation: {
          database: node.database,
          schema: node.schema,
          alias: '',
          relation_name: node.relation_name,
        },
      }
    case 'exposure':
    case 'unit_test':
      return {
        ...base,
        materialized: null,
        node_checksum: '',
        compiled_path: null,
        node_relation: null,
      }
    default:
      return {
        ...base,
        materialized: String(node.config.materialized ?? ''),
        node_checksum: node.checksum.checksum,
        compiled_path: node.resource_type === 'seed' ? null : node.compiled_path,
        attached_node: node.resource_type === 'test' ? (node.attached_node ?? null) : null,
        failures_in:
          node.resource_type === 'test' && node.config.store_failures === true
            ? node.relation_name
            : null,
        node_relation: {
          database: node.database,
          schema: node.schema,
          alias: node.alias,
          relation_name: node.relation_name,
        },
      }
  }
}
