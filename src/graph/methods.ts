import { RuntimeError } from '../core/errors.ts'
import type { Json } from '../core/json.ts'
import type { GraphNode, Manifest, ManifestNode } from '../core/manifest.ts'
import { type Fnmatch, pathMatcher } from './glob.ts'
import { knownPaths } from './known-paths.ts'
import { matchesFqn } from './match-fqn.ts'
import type { Criterion, MethodName } from './selector.ts'

/** What the methods look into. */
export interface MethodContext {
  readonly manifest: Manifest
  /** Nodes, sources, exposures and unit tests, in this order. */
  readonly nodes: readonly GraphNode[]
  readonly fnmatch: Fnmatch
  /** What a definition of selectors.yml selects; throws for an unknown name. */
  readonly selector: (pattern: string) => ReadonlySet<string>
}

/** Finds the nodes that a criterion names by itself, without its `+` and `@`. */
type Method = (criterion: Criterion, context: MethodContext) => Iterable<GraphNode>

/** A method that asks one node at a time. */
const where =
  (
    prepare: (criterion: Criterion, context: MethodContext) => (node: GraphNode) => boolean,
  ): Method =>
  (criterion, context) =>
    context.nodes.filter(prepare(criterion, context))

const isSource = (node: GraphNode) => node.resource_type === 'source'
const isParsed = (node: GraphNode): node is ManifestNode =>
  node.resource_type !== 'source' &&
  node.resource_type !== 'exposure' &&
  node.resource_type !== 'unit_test'

const fail = (message: string, hint?: string): RuntimeError =>
  new RuntimeError(message, { hint, code: 'selector-value' })

/** `name`, or `package.name`. */
const packageAndName = (
  { value }: Criterion,
  noun: string,
  form: string,
): readonly [string, string] => {
  const parts = String(value).split('.')
  const [first = '', second] = parts
  if (parts.length === 1) return ['*', first]
  if (parts.length === 2) return [first, second ?? '']
  throw fail(`Invalid ${noun} selector value "${value}". ${form}`)
}

const sourceParts = ({ value }: Criterion): readonly [string, string, string] => {
  const parts = String(value).split('.')
  const [first = '', second = '', third = ''] = parts
  if (parts.length === 1) return ['*', first, '*']
  if (parts.length === 2) return ['*', first, second]
  if (parts.length === 3) return [first, second, third]
  throw fail(
    `Invalid source selector value "${value}". Sources must be of the form \`\${source_name}\`, \`\${source_name}.\${target_name}\`, or \`\${package_name}.\${source_name}.\${target_name}`,
  )
}

const tagsOf = (node: GraphNode): readonly string[] => {
  const tags: unknown = 'tags' in node ? node.tags : node.config.tags
  return typeof tags === 'string' ? [tags] : ((tags ?? []) as readonly string[])
}

const byConfig = ({ args, value }: Criterion): ((node: GraphNode) => boolean) => {
  const wanted = typeof value === 'string' ? value : undefined
  const upper = String(value).toUpperCase()
  const isSeverity = args.length === 1 && args[0] === 'severity'
  const isEqual = (found: Json | undefined): boolean => {
    if (found === true) return upper === 'TRUE'
    if (found === false) return upper === 'FALSE'
    if (isSeverity && typeof found === 'string') return found.toUpperCase() === upper
    return wanted === undefined ? found === value : found === wanted
  }
  return node => {
    if (!isParsed(node) && !isSource(node)) return false
    const found = descend(node.config, args)
    return Array.isArray(found) ? (found as readonly Json[]).some(isEqual) : isEqual(found)
  }
}

const descend = (config: GraphNode['config'], path: readonly string[]): Json | undefined => {
  let place: Json | undefined = config
  for (const step of path) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, step)) return undefined
    place = (place as Readonly<Record<string, Json | undefined>>)[step]
  }
  return place
}

const resourceTypes: ReadonlySet<string> = new Set(
  (
    'model analysis test snapshot operation seed rpc sql_operation doc source macro exposure ' +
    'metric group saved_query semantic_model unit_test fixture function'
  ).split(' '),
)

const byTestType = ({ value }: Criterion): ((node: GraphNode) => boolean) => {
  const isTest = (node: GraphNode) => node.resource_type === 'test'
  const isGeneric = (node: GraphNode) =>
    node.resource_type === 'test' && node.test_metadata !== undefined
  switch (value) {
    case 'generic':
    case 'schema':
      return isGeneric
    case 'data':
      return isTest
    case 'singular':
      return node => isTest(node) && !isGeneric(node)
    case 'unit':
      return node => node.resource_type === 'unit_test'
    default:
      throw fail(
        `Invalid test type selector ${value}: expected "generic", "singular", "unit", or "data"`,
      )
  }
}

const compareVersions = (a: string | number, b: string | number): number => {
  const [left, right] = [Number(a), Number(b)]
  if (!Number.isNaN(left) && !Number.isNaN(right)) return left - right
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}

const byVersion = ({ value }: Criterion): ((node: GraphNode) => boolean) => {
  if (!['latest', 'prerelease', 'old', 'none'].includes(String(value))) {
    throw fail(
      `Invalid version type selector ${value}: expected one of: "latest", "prerelease", "old", or "none"`,
    )
  }
  return node => {
    if (node.resource_type !== 'model') return false
    const { version, latest_version: latest } = node
    if (value === 'none') return version === null
    if (version === null || latest === null) return false
    const order = compareVersions(version, latest)
    return value === 'latest' ? version === latest : value === 'old' ? order < 0 : order > 0
  }
}

const byPath: Method = ({ value }, context) => {
  const matches = pathMatcher(String(value))
  const paths = knownPaths(context.manifest)
  const files = new Set([...paths.files].filter(path => matches(path, false)))
  const folders = new Set([...paths.folders].filter(path => matches(path, true)))
  return context.nodes.filter(node => {
    const path = node.original_file_path
    if (files.has(path)) return true
    const patch = 'patch_path' in node ? node.patch_path : null
    if (patch && files.has(patch.split('://')[1] ?? '')) return true
    if (folders.size === 0) return false
    if (folders.has('')) return true
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
      if (folders.has(path.slice(0, end))) return true
    return false
  })
}

const needs =
  (message: string): Method =>
  () => {
    throw fail(message, 'not available in this command')
  }

const nothing: Method = () => []

/** One entry a method of `--select METHOD:VALUE`. */
export const methods: Readonly<Record<MethodName, Method>> = {
  fqn: where(({ value }, { fnmatch }) => {
    const matches = matchesFqn(String(value), fnmatch)
    return node =>
      !isSource(node) && matches(node.fqn, node.resource_type === 'model' && node.version !== null)
  }),
  tag: where(
    ({ value }, { fnmatch }) =>
      node =>
        tagsOf(node).some(tag => fnmatch(tag, String(value))),
  ),
  group: where(({ value }, { fnmatch }) => node => {
    if (!isParsed(node)) return false
    const { group } = node.config
    return typeof group === 'string' && group !== '' && fnmatch(group, String(value))
  }),
  access: where(
    ({ value }) =>
      node =>
        node.resource_type === 'model' && node.access === value,
  ),
  source: where((criterion, { fnmatch }) => {
    const [packageName, source, table] = sourceParts(criterion)
    return node =>
      node.resource_type === 'source' &&
      fnmatch(node.package_name, packageName) &&
      fnmatch(node.source_name, source) &&
      fnmatch(node.name, table)
  }),
  path: byPath,
  file: where(({ value }, { fnmatch }) => node => {
    const name = node.original_file_path.slice(node.original_file_path.lastIndexOf('/') + 1)
    return fnmatch(name, String(value)) || fnmatch(name.replace(/\.[^.]*$/, ''), String(value))
  }),
  package: where(({ value }, { fnmatch, manifest }) => {
    const wanted = value === 'this' ? manifest.project_name : String(value)
    return node => fnmatch(node.package_name, wanted)
  }),
  config: where(byConfig),
  test_name: where(({ value }, { fnmatch }) => node => {
    if (node.resource_type === 'unit_test') return fnmatch(node.name, String(value))
    return node.resource_type === 'test' && node.test_metadata !== undefined
      ? fnmatch(node.test_metadata.name, String(value))
      : false
  }),
  test_type: where(byTestType),
  resource_type: where(({ value }) => {
    if (!resourceTypes.has(String(value))) throw fail(`Invalid resource_type selector "${value}"`)
    return node => node.resource_type === value
  }),
  exposure: where((criterion, { fnmatch }) => {
    const form = `Exposures must be of the form \${exposure_name} or \${exposure_package.exposure_name}`
    const [packageName, name] = packageAndName(criterion, 'exposure', form)
    return node =>
      node.resource_type === 'exposure' &&
      fnmatch(node.package_name, packageName) &&
      fnmatch(node.name, name)
  }),
  unit_test: where((criterion, { fnmatch }) => {
    const form = `Unit tests must be of the form \${unit_test_name} or \${unit_test_package_name.unit_test_name}`
    const [packageName, name] = packageAndName(criterion, 'unit test', form)
    return node =>
      node.resource_type === 'unit_test' &&
      fnmatch(node.package_name, packageName) &&
      fnmatch(node.name, name)
  }),
  version: where(byVersion),
  selector: ({ value }, { selector, nodes }) => {
    const found = selector(String(value))
    return nodes.filter(node => found.has(node.unique_id))
  },
  // Resources that a project may name but that navo does not build.
  metric: nothing,
  semantic_model: nothing,
  saved_query: nothing,
  // Comparisons with an earlier run.
  state: needs('Got a state selector method, but no comparison manifest'),
  result: needs('No comparison run_results'),
  source_status: needs('No previous state comparison freshness results in sources.json'),
}
