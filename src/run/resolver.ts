import type { NodeScope, RefArguments } from '../context/node-scope.ts'
import { ephemeralCte, relationValue } from '../context/relation-value.ts'
import type { RunResolver } from '../context/run-mode.ts'
import { CompilationError, RuntimeError } from '../core/errors.ts'
import type { ManifestNode, SourceNode } from '../core/manifest.ts'
import { quotingOf } from '../core/quoting.ts'
import type { RefLookup } from '../graph/ref-lookup.ts'
import type { Value } from '../jinja/python/values.ts'
import { isEphemeral } from '../plan/tasks.ts'
import type { RunEnvironment } from './run-environment.ts'

/** Who refers, and what is done with ephemeral models that are referred to. */
export interface ResolverNode {
  readonly unique_id: string
  readonly name: string
  readonly resource_type: string
  readonly package_name: string
  readonly original_file_path: string
  readonly depends_on?: { readonly nodes?: readonly string[]; readonly macros?: readonly string[] }
}

export interface ResolverOptions {
  readonly environment: RunEnvironment
  readonly node: ResolverNode
  /** Told of each ephemeral model; absent where none may be referred to. */
  readonly ephemeral?: (id: string) => void
}

const missing = (node: ResolverNode, kind: string, name: string, disabled: boolean) =>
  new CompilationError(
    `${node.resource_type.replace(/^./, first => first.toUpperCase())} '${node.unique_id}' (${node.original_file_path}) depends on a ${kind} named '${name}' which ${disabled ? 'is disabled' : 'was not found'}`,
    { code: `${kind}-not-found` },
  )

const quoted = (text: string | number): string =>
  typeof text === 'number' ? String(text) : `'${text}'`

const refCall = (args: RefArguments): string => {
  const parts = [args.package, args.name].filter(part => part !== null).map(quoted)
  const version = args.version === null ? [] : [`version=${quoted(args.version)}`]
  return `ref(${[...parts, ...version].join(', ')})`
}

/** A ref that parsing did not see: the graph does not know of it, so the order would be left to luck. */
const undeclared = (node: ResolverNode, args: RefArguments): CompilationError =>
  new CompilationError(
    `dbt was unable to infer all dependencies for the model "${node.name}".\nThis typically happens when ref() is placed within a conditional block.\n\nTo fix this, add the following hint to the top of the model "${node.name}":\n\n-- depends_on: {{ ${refCall(args)} }}`,
    { code: 'ref-undeclared' },
  )

const limitOf = (environment: RunEnvironment): number | null => (environment.flags.empty ? 0 : null)

/** The relation of a node that is referred to. */
export const nodeRelation = (
  environment: RunEnvironment,
  scope: NodeScope,
  node: ManifestNode,
  limit: number | null,
): Value =>
  relationValue(
    { database: node.database, schema: node.schema, identifier: node.alias },
    scope.facts.dialect,
    { quote: quotingOf(environment.facts.quoting, node.config), limit, type: relationType(node) },
  )

const relationType = (node: ManifestNode) =>
  node.config.materialized === 'view' ? ('view' as const) : ('table' as const)

/** The relation of a source; files that the engine reads directly come as an expression. */
export const sourceRelation = (
  scope: NodeScope,
  source: SourceNode,
  limit: number | null,
): Value => {
  const { dialect } = scope.facts
  const policy = dialect.quotePolicy
  return relationValue(
    { database: source.database, schema: source.schema, identifier: source.identifier },
    dialect,
    {
      quote: {
        database: source.quoting.database ?? policy.database,
        schema: source.quoting.schema ?? policy.schema,
        identifier: source.quoting.identifier ?? policy.identifier,
      },
      limit,
      expression: dialect.sourceExpression(source) ?? null,
    },
  )
}

const found = (lookup: RefLookup, node: ResolverNode, args: RefArguments): ManifestNode => {
  const resolved = lookup.ref(args, node.package_name)
  if (resolved.kind === 'found') return resolved.node
  throw missing(node, 'node', args.name, resolved.kind === 'disabled')
}

/** Resolves ref and source for one node of a run. */
export const runResolver = (options: ResolverOptions): RunResolver => {
  const { environment, node } = options
  const declared = node.depends_on?.nodes && new Set(node.depends_on.nodes)
  return {
    ref: (scope, args) => {
      const target = found(environment.lookup, node, args)
      if (declared && !declared.has(target.unique_id)) throw undeclared(node, args)
      if (!isEphemeral(target))
        return nodeRelation(environment, scope, target, limitOf(environment))
      if (!options.ephemeral) {
        throw new RuntimeError(
          `Operations can not ref() ephemeral nodes, but ${target.name} is ephemeral`,
          { code: 'ephemeral-operation', hint: 'materialize the model as a view' },
        )
      }
      options.ephemeral(target.unique_id)
      return relationValue(
        { database: null, schema: null, identifier: ephemeralCte(target.alias) },
        scope.facts.dialect,
        { type: 'cte', limit: limitOf(environment) },
      )
    },
    source: (scope, source, table) => {
      const resolved = environment.lookup.source(source, table, node.package_name)
      if (resolved.kind !== 'found') {
        throw missing(node, 'source', `${source}.${table}`, resolved.kind === 'disabled')
      }
      const broken = environment.brokenSources.get(resolved.node.unique_id)
      if (broken) throw broken
      return sourceRelation(scope, resolved.node, limitOf(environment))
    },
  }
}
