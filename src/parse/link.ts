import { CompilationError, inNode, type NavoError, ParsingError } from '../core/errors.ts'
import type {
  ExposureNode,
  GraphNode,
  ManifestNode,
  ModelNode,
  RefArgs,
  UnitTestNode,
} from '../core/manifest.ts'
import { nearest } from '../core/nearest.ts'
import type { Span } from '../core/span.ts'
import type { RefLookup, Resolved } from '../graph/ref-lookup.ts'

type Linkable = Extract<ManifestNode, { readonly refs: readonly RefArgs[] }> | ExposureNode

export interface LinkOptions {
  readonly lookup: RefLookup
  /** Packages whose protected models other packages may not refer to. */
  readonly restricted: ReadonlySet<string>
  /** The place of a ref or source in a node's file, for errors. */
  readonly spanOf: (node: Linkable, name: string) => Span | undefined
  readonly report: (error: NavoError) => void
  readonly warn: (warning: NavoError) => void
}

const title = (text: string): string =>
  text.replace(/(^|_)([a-z])/g, (_, lead: string, first: string) => lead + first.toUpperCase())

interface Target {
  readonly kind: 'node' | 'source'
  readonly name: string
  readonly package?: string | null
  readonly version?: string | number | null
  readonly disabled: boolean
}

const notFound = (node: Linkable, target: Target, options: LinkOptions): CompilationError => {
  const version =
    target.version === null || target.version === undefined
      ? ''
      : `with version '${target.version}' `
  const inPackage = target.package ? `in package or project '${target.package}' ` : ''
  const reason = target.disabled ? 'is disabled' : 'was not found'
  const message = `${title(node.resource_type)} '${node.unique_id}' (${node.original_file_path}) depends on a ${target.kind} named '${target.name}' ${version}${inPackage}which ${reason}`
  const near =
    target.kind === 'node' && !target.disabled
      ? nearest(target.name, options.lookup.names())
      : undefined
  return new CompilationError(message, {
    code: target.kind === 'node' ? 'ref-not-found' : 'source-not-found',
    at: options.spanOf(node, target.name),
    hint: near === undefined ? undefined : `did you mean '${near}'?`,
  })
}

const groupOf = (node: Linkable): string | null => ('group' in node ? node.group : null)

/** dbt's access rules: https://docs.getdbt.com/reference/resource-configs/access. */
const accessError = (
  node: Linkable,
  target: ManifestNode,
  restricted: ReadonlySet<string>,
): ParsingError | undefined => {
  if (target.resource_type !== 'model' || node.resource_type === 'sql_operation') return undefined
  const foreign = node.package_name !== target.package_name && restricted.has(target.package_name)
  const refused = (access: string, scope: string | null, kind: string) =>
    new ParsingError(
      `Node ${node.unique_id} attempted to reference node ${target.unique_id}, which is not allowed because the referenced node is ${access} to the '${scope}' ${kind}.`,
      { code: 'access', hint: `put the node into the same ${kind}, or widen the model's access` },
    )
  if (target.access === 'private') {
    const group = groupOf(node)
    if (group === null || group !== target.group || foreign)
      return refused('private', target.group, 'group')
  }
  return target.access === 'protected' && foreign
    ? refused('protected', target.package_name, 'package')
    : undefined
}

interface Links {
  readonly nodes: readonly string[]
  /** A test whose target is gone is switched off rather than an error. */
  readonly missing: boolean
}

const problem = (node: Linkable, target: Target, options: LinkOptions): void => {
  const error = notFound(node, target, options)
  if (node.resource_type === 'test') {
    if (!target.disabled) options.warn(error)
    return
  }
  options.report(
    inNode(error, {
      resourceType: node.resource_type,
      name: node.name,
      path: node.original_file_path,
    }),
  )
}

/** What a node depends on, by unique id. */
const links = (node: Linkable, options: LinkOptions): Links => {
  const ids = new Set<string>()
  let missing = false
  const take = (resolved: Resolved<GraphNode>, target: Omit<Target, 'disabled'>): void => {
    if (resolved.kind === 'found') {
      ids.add(resolved.node.unique_id)
      return
    }
    missing = true
    problem(node, { ...target, disabled: resolved.kind === 'disabled' }, options)
  }
  const takeSources = (): void => {
    for (const [source, table] of node.sources) {
      take(options.lookup.source(source, table, node.package_name), {
        kind: 'source',
        name: `${source}.${table}`,
      })
    }
  }
  // dbt's order: of an exposure the sources come first.
  if (node.resource_type === 'exposure') takeSources()
  for (const ref of node.refs) {
    const resolved = options.lookup.ref(ref, node.package_name)
    const refused =
      resolved.kind === 'found' ? accessError(node, resolved.node, options.restricted) : undefined
    if (refused) options.report(refused)
    take(resolved, { kind: 'node', name: ref.name, package: ref.package, version: ref.version })
  }
  if (node.resource_type !== 'exposure') takeSources()
  return { nodes: [...ids], missing }
}

/**
 * A node with its dependencies. A test whose target does not exist or is disabled stays in the
 * manifest, as in dbt, but disabled.
 */
export const linkNode = <N extends Linkable>(node: N, options: LinkOptions): N => {
  const { nodes, missing } = links(node, options)
  const linked = { ...node, depends_on: { ...node.depends_on, nodes } }
  return missing && node.resource_type === 'test'
    ? { ...linked, config: { ...node.config, enabled: false } }
    : linked
}

/** Models by name and package, for the unit tests. */
export const modelsNamed = (
  nodes: Iterable<ManifestNode>,
): ((name: string, packageName: string) => readonly ModelNode[]) => {
  const byName = new Map<string, ModelNode[]>()
  for (const node of nodes) {
    if (node.resource_type !== 'model') continue
    const known = byName.get(node.name)
    if (known) known.push(node)
    else byName.set(node.name, [node])
  }
  return (name, packageName) =>
    (byName.get(name) ?? []).filter(node => node.package_name === packageName)
}

/** Two nodes in one place of the warehouse, or two of one name: dbt refuses both. */
export const uniquenessErrors = (
  nodes: Iterable<ManifestNode>,
  tests: Iterable<UnitTestNode>,
): readonly CompilationError[] => {
  const errors: CompilationError[] = []
  const places = new Map<string, ManifestNode>()
  for (const node of nodes) {
    if (
      node.relation_name === null ||
      node.resource_type === 'test' ||
      node.resource_type === 'analysis'
    )
      continue
    const key = node.relation_name.toLowerCase()
    const first = places.get(key)
    if (first) errors.push(ambiguousAlias(first, node))
    else places.set(key, node)
  }
  const names = new Set<string>()
  for (const test of tests) {
    if (names.has(test.unique_id)) {
      errors.push(
        new CompilationError(
          `dbt found two unit tests named "${test.name}" on model "${test.model}"`,
          {
            code: 'duplicate-unit-test',
            hint: `rename one of them in ${test.original_file_path}`,
          },
        ),
      )
    }
    names.add(test.unique_id)
  }
  return errors
}

const ambiguousAlias = (first: ManifestNode, second: ManifestNode): CompilationError =>
  new CompilationError(
    `dbt found two resources with the database representation "${second.relation_name}".\ndbt cannot create two resources with identical database representations. To fix this,\nchange the configuration of one of these resources:\n- ${first.unique_id} (${first.original_file_path})\n- ${second.unique_id} (${second.original_file_path})`,
    { code: 'ambiguous-alias', hint: 'give one of them another alias, schema or name' },
  )

const plural: Readonly<Record<string, string>> = {
  model: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  test: 'data_tests',
  analysis: 'analyses',
  source: 'sources',
  exposure: 'exposures',
}

/** Two files that define one node. */
export const duplicateNode = (
  first: { readonly original_file_path: string; readonly unique_id: string },
  second: {
    readonly name: string
    readonly resource_type: string
    readonly original_file_path: string
    readonly unique_id: string
  },
): CompilationError => {
  const kind = plural[second.resource_type] ?? 'resources'
  return new CompilationError(
    `dbt found two ${kind} with the name "${second.name}".\n\nSince these resources have the same name, dbt will be unable to find the correct resource\nwhen looking for ref("${second.name}").\n\nTo fix this, change the name of one of these resources:\n- ${first.unique_id} (${first.original_file_path})\n- ${second.unique_id} (${second.original_file_path})`,
    { code: 'duplicate-name' },
  )
}
