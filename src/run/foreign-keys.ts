import type { Constraint, ManifestNode, ModelNode, SourceNode } from '../core/manifest.ts'
import { quotingOf } from '../core/quoting.ts'
import type { Relation } from '../core/relation.ts'
import type { TableColumn } from '../core/sql-request.ts'
import { extract, parseTemplate } from '../jinja/engine.ts'
import type { RunEnvironment } from './run-environment.ts'

const isCall = /^\s*(?:\{\{\s*)?(?:ref|source)\s*\(/

/** The node that a constraint's `to: ref('x')` names; undefined for a plain name. */
const targetOf = (
  environment: RunEnvironment,
  node: ModelNode,
  to: string | null,
): ManifestNode | SourceNode | undefined => {
  if (to === null || !isCall.test(to)) return undefined
  const text = to.replace(/^\s*\{\{|\}\}\s*$/g, '')
  const found = extract(parseTemplate({ source: `{{ ${text} }}`, file: node.original_file_path }))
  const [ref] = found.refs
  const [source] = found.sources
  const resolved = ref
    ? environment.lookup.ref(ref, node.package_name)
    : source && environment.lookup.source(source.source, source.table, node.package_name)
  return resolved?.kind === 'found' ? resolved.node : undefined
}

const relationName = (environment: RunEnvironment, target: ManifestNode | SourceNode): string => {
  const { dialect, quoting } = environment.facts
  if (target.resource_type === 'source') return target.relation_name
  return dialect.render(
    { database: target.database, schema: target.schema, identifier: target.alias },
    quotingOf(quoting, target.config),
  )
}

const resolved = (
  environment: RunEnvironment,
  node: ModelNode,
  constraint: Constraint,
): Constraint => {
  const target = targetOf(environment, node, constraint.to)
  return target ? { ...constraint, to: relationName(environment, target) } : constraint
}

export interface ResolvedConstraints {
  readonly columns: readonly TableColumn[]
  readonly constraints: readonly Constraint[]
}

/** A model's columns and constraints, with the relations that its foreign keys refer to. */
export const resolveConstraints = (
  environment: RunEnvironment,
  node: ModelNode,
): ResolvedConstraints => ({
  columns: Object.values(node.columns).map(column => ({
    ...column,
    constraints: column.constraints.map(constraint => resolved(environment, node, constraint)),
  })),
  constraints: node.constraints.map(constraint => resolved(environment, node, constraint)),
})

const foreignKeysOf = (node: ManifestNode): readonly Constraint[] =>
  node.resource_type === 'model' && node.contract.enforced
    ? [
        ...node.constraints,
        ...Object.values(node.columns).flatMap(column => column.constraints),
      ].filter(constraint => constraint.type === 'foreign_key')
    : []

const isRebuilt = (environment: RunEnvironment, node: ManifestNode): boolean => {
  const { materialized, full_refresh: configured } = node.config
  if (materialized === 'table') return true
  const full = typeof configured === 'boolean' ? configured : environment.flags.fullRefresh
  return materialized === 'incremental' && full
}

/**
 * The tables that this run makes anew after a node and whose foreign keys refer to it: they may be
 * detached while the node is replaced, because their keys come back.
 */
export const rebuiltAfter = (environment: RunEnvironment, id: string): readonly Relation[] =>
  environment.graph.children(id).flatMap(child => {
    const node = environment.manifest.nodes.get(child)
    if (node?.resource_type !== 'model' || !environment.selected.has(child)) return []
    const refers = foreignKeysOf(node).some(
      constraint => targetOf(environment, node, constraint.to)?.unique_id === id,
    )
    return refers && isRebuilt(environment, node)
      ? [{ database: node.database, schema: node.schema, identifier: node.alias }]
      : []
  })
