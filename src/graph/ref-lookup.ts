import type { GraphNode, ManifestNode, ModelNode, RefArgs, SourceNode } from '../core/manifest.ts'

type Referable = Extract<ManifestNode, { readonly resource_type: 'model' | 'seed' | 'snapshot' }>

/** How a ref or source ended. */
export type Resolved<N> =
  | { readonly kind: 'found'; readonly node: N }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'missing' }

export interface RefLookup {
  /** Resolves a ref as a node of `fromPackage` means it. */
  ref(args: RefArgs, fromPackage: string): Resolved<Referable>
  source(source: string, table: string, fromPackage: string): Resolved<SourceNode>
  /** Names that can be referred to, for hints. */
  readonly names: () => readonly string[]
}

export interface LookupInput {
  readonly root: string
  readonly nodes: Iterable<ManifestNode>
  readonly sources: Iterable<SourceNode>
  readonly disabled: Iterable<GraphNode>
  /** dbt's flag `require_ref_searches_node_package_before_root`. */
  readonly ownPackageFirst?: boolean
}

const isReferable = (node: GraphNode): node is Referable =>
  node.resource_type === 'model' ||
  node.resource_type === 'seed' ||
  node.resource_type === 'snapshot'

const versionKey = (name: string, version: string | number | null | undefined): string =>
  version === null || version === undefined ? name : `${name}.v${version}`

// A versioned model answers to its version; the latest one to the bare name as well.
const keysOf = (node: Referable): readonly string[] => {
  if (node.resource_type !== 'model' || node.version === null) return [node.name]
  const keys = [versionKey(node.name, node.version)]
  return isLatest(node) ? [...keys, node.name] : keys
}

const isLatest = (node: ModelNode): boolean => String(node.version) === String(node.latest_version)

type Index<N> = Map<string, Map<string, N>>

const index = <N extends { readonly package_name: string }>(
  nodes: Iterable<N>,
  keys: (node: N) => readonly string[],
): Index<N> => {
  const byKey: Index<N> = new Map()
  for (const node of nodes) {
    for (const key of keys(node)) {
      const byPackage = byKey.get(key) ?? new Map<string, N>()
      byKey.set(key, byPackage)
      if (!byPackage.has(node.package_name)) byPackage.set(node.package_name, node)
    }
  }
  return byKey
}

const find = <N>(
  byPackage: ReadonlyMap<string, N> | undefined,
  order: readonly string[],
): N | undefined => {
  if (!byPackage) return undefined
  for (const name of order) {
    const node = byPackage.get(name)
    if (node !== undefined) return node
  }
  return byPackage.values().next().value
}

/**
 * Prepares the look-up of refs and sources: the root project's node first, then that of the
 * referring node's package, then any other (https://docs.getdbt.com/reference/dbt-jinja-functions/ref).
 */
export const refLookup = (input: LookupInput): RefLookup => {
  const nodes = index([...input.nodes].filter(isReferable), keysOf)
  const disabled = [...input.disabled]
  const disabledNodes = index(disabled.filter(isReferable), keysOf)
  const sourceKeys = (node: SourceNode): readonly string[] => [`${node.source_name}.${node.name}`]
  const sources = index(input.sources, sourceKeys)
  const disabledSources = index(
    disabled.filter((node): node is SourceNode => node.resource_type === 'source'),
    sourceKeys,
  )
  const order = (fromPackage: string): readonly string[] =>
    input.ownPackageFirst ? [fromPackage, input.root] : [input.root, fromPackage]
  const resolve = <N>(
    enabled: Index<N>,
    off: Index<N>,
    key: string,
    packages: readonly string[],
    only: string | null,
  ): Resolved<N> => {
    const pick = (byKey: Index<N>): N | undefined =>
      only === null ? find(byKey.get(key), packages) : byKey.get(key)?.get(only)
    const node = pick(enabled)
    if (node !== undefined) return { kind: 'found', node }
    return pick(off) === undefined ? { kind: 'missing' } : { kind: 'disabled' }
  }
  return {
    ref: (args, fromPackage) =>
      resolve(
        nodes,
        disabledNodes,
        versionKey(args.name, args.version),
        order(fromPackage),
        args.package,
      ),
    source: (source, table, fromPackage) =>
      resolve(sources, disabledSources, `${source}.${table}`, order(fromPackage), null),
    names: () => [...nodes.keys()],
  }
}
