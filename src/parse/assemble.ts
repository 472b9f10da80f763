import { ParsingError } from '../core/errors.ts'
import type { Json } from '../core/json.ts'
import type {
  DocNode,
  ExposureNode,
  GraphNode,
  GroupNode,
  MacroNode,
  Manifest,
  ManifestNode,
  TestNode,
  UnitTestNode,
} from '../core/manifest.ts'
import type { Span } from '../core/span.ts'
import { type RefLookup, refLookup } from '../graph/ref-lookup.ts'
import { attachedTests } from './attach-tests.ts'
import { withChecksum } from './contract-checksum.ts'
import { duplicateNode, type LinkOptions, linkNode, modelsNamed, uniquenessErrors } from './link.ts'
import { attempt, type PackageNodes } from './package-nodes.ts'
import type { ParseContext } from './parse-context.ts'
import { primaryKey } from './primary-key.ts'
import type { PackageSource } from './project-sources.ts'
import { templateSpan } from './template-span.ts'
import { unitTestNodes } from './unit-test-nodes.ts'

export interface AssembleInput {
  readonly root: string
  readonly sources: readonly PackageSource[]
  readonly nodes: readonly PackageNodes[]
  readonly docs: ReadonlyMap<string, DocNode>
  readonly macros: ReadonlyMap<string, MacroNode>
  /** Nodes of no file: an inline query. */
  readonly extra: readonly ManifestNode[]
  readonly selectors: Readonly<Record<string, Json>>
  readonly adapterType: string
}

interface Sorted<N extends GraphNode> {
  readonly enabled: Map<string, N>
  readonly disabled: readonly N[]
}

/** Splits off what is disabled; two enabled nodes of one id are reported. */
const sortOut = <N extends GraphNode>(context: ParseContext, nodes: Iterable<N>): Sorted<N> => {
  const enabled = new Map<string, N>()
  const disabled: N[] = []
  for (const node of nodes) {
    if (!node.config.enabled) {
      disabled.push(node)
      continue
    }
    const first = enabled.get(node.unique_id)
    if (first) context.report(duplicateNode(first, node))
    else enabled.set(node.unique_id, node)
  }
  return { enabled, disabled }
}

const checkGroups = (
  context: ParseContext,
  nodes: Iterable<ManifestNode>,
  groups: ReadonlyMap<string, GroupNode>,
): void => {
  const names = new Set([...groups.values()].map(group => group.name))
  for (const node of nodes) {
    if (node.group !== null && node.resource_type !== 'test' && !names.has(node.group)) {
      context.report(
        new ParsingError(
          `Invalid group '${node.group}', expected one of ${JSON.stringify([...names].sort()).replaceAll('"', "'")}`,
          {
            subject: {
              resourceType: node.resource_type,
              name: node.name,
              path: node.original_file_path,
            },
            code: 'unknown-group',
            hint: `define the group under groups: in a property file`,
          },
        ),
      )
    }
  }
}

const unitTests = (
  context: ParseContext,
  parts: readonly PackageNodes[],
  enabled: ReadonlyMap<string, ManifestNode>,
  disabled: readonly GraphNode[],
): readonly UnitTestNode[] => {
  const models = modelsNamed(enabled.values())
  const off = new Set(
    disabled
      .filter(node => node.resource_type === 'model')
      .map(node => `${node.package_name}.${node.name}`),
  )
  return parts.flatMap(part => {
    const packageName = part.source.config.name
    return part.unitTests.flatMap(({ file, test }) => {
      const tested = models(test.model, packageName)
      if (tested.length === 0) {
        if (off.has(`${packageName}.${test.model}`)) return []
        context.report(
          new ParsingError(
            `Unable to find model '${packageName}.${test.model}' for unit test '${test.name}' in ${file}`,
            { code: 'unit-test-model' },
          ),
        )
        return []
      }
      const subject = { resourceType: 'unit_test', name: test.name, path: file }
      return (
        attempt(context, subject, () =>
          unitTestNodes(context, { packageName, file, test, models: tested }, part.describe),
        ) ?? []
      )
    })
  })
}

const withKeys = (
  nodes: ReadonlyMap<string, ManifestNode>,
  tests: readonly TestNode[],
): Map<string, ManifestNode> => {
  const byModel = new Map<string, TestNode[]>()
  for (const test of tests) {
    if (!test.attached_node) continue
    const known = byModel.get(test.attached_node)
    if (known) known.push(test)
    else byModel.set(test.attached_node, [test])
  }
  const completed = new Map<string, ManifestNode>()
  for (const [id, node] of nodes) {
    completed.set(
      id,
      node.resource_type === 'model'
        ? {
            ...node,
            primary_key: primaryKey(node, byModel.get(id) ?? []),
            contract: withChecksum(node.contract, node.columns),
          }
        : node,
    )
  }
  return completed
}

const spanFinder =
  (sources: readonly PackageSource[]): LinkOptions['spanOf'] =>
  (node, name): Span | undefined => {
    const source = sources.find(({ config }) => config.name === node.package_name)
    return source && 'raw_code' in node ? templateSpan(source, node, name) : undefined
  }

const linkAll = (
  context: ParseContext,
  nodes: ReadonlyMap<string, ManifestNode>,
  exposures: ReadonlyMap<string, ExposureNode>,
  options: LinkOptions,
): {
  readonly nodes: Map<string, ManifestNode>
  readonly exposures: Map<string, ExposureNode>
} => {
  const linked = new Map<string, ManifestNode>()
  for (const [id, node] of nodes) {
    linked.set(id, node.resource_type === 'seed' ? node : linkNode(node, options))
  }
  const linkedExposures = new Map<string, ExposureNode>()
  for (const [id, exposure] of exposures) {
    linkedExposures.set(id, linkNode(exposure, options))
  }
  for (const error of uniquenessErrors(linked.values(), [])) context.report(error)
  return { nodes: linked, exposures: linkedExposures }
}

const byId = <N extends { readonly unique_id: string }>(nodes: Iterable<N>): Map<string, N> =>
  new Map([...nodes].map(node => [node.unique_id, node]))

const disabledById = (nodes: readonly GraphNode[]): Map<string, readonly GraphNode[]> => {
  const grouped = new Map<string, GraphNode[]>()
  for (const node of nodes) {
    const known = grouped.get(node.unique_id)
    if (known) known.push(node)
    else grouped.set(node.unique_id, [node])
  }
  return grouped
}

/** Joins what the packages bring into one manifest and links it. Problems go to the context. */
export const assemble = (context: ParseContext, input: AssembleInput): Manifest => {
  const parts = input.nodes
  const plain = sortOut(context, [...parts.flatMap(part => part.nodes), ...input.extra])
  const sources = sortOut(
    context,
    parts.flatMap(part => part.sources),
  )
  const exposures = sortOut(
    context,
    parts.flatMap(part => part.exposures),
  )
  const groups = byId(parts.flatMap(part => part.groups))
  // Tests know what they are attached to even where that is switched off.
  const known = new Map([...byId(plain.disabled), ...plain.enabled])
  const attached = parts.flatMap(part => attachedTests(context, part, known, sources.enabled))
  const tests = sortOut(context, attached)
  const units = sortOut(context, unitTests(context, parts, plain.enabled, plain.disabled))
  const lookup: RefLookup = refLookup({
    root: input.root,
    nodes: plain.enabled.values(),
    sources: sources.enabled.values(),
    disabled: [...plain.disabled, ...sources.disabled],
  })
  checkGroups(context, plain.enabled.values(), groups)
  const keyed = withKeys(plain.enabled, attached)
  const restricted = input.sources.filter(({ config }) => config.restrictAccess)
  const linked = linkAll(context, new Map([...keyed, ...tests.enabled]), exposures.enabled, {
    lookup,
    restricted: new Set(restricted.map(({ config }) => config.name)),
    spanOf: spanFinder(input.sources),
    report: context.report,
    warn: context.warn,
  })
  return {
    project_name: input.root,
    adapter_type: input.adapterType,
    nodes: linked.nodes,
    sources: sources.enabled,
    macros: new Map([...input.macros, ...byId(parts.flatMap(part => part.macros))]),
    docs: input.docs,
    exposures: linked.exposures,
    groups,
    unit_tests: units.enabled,
    selectors: input.selectors,
    disabled: disabledById([
      ...plain.disabled,
      ...tests.disabled,
      ...sources.disabled,
      ...exposures.disabled,
      ...units.disabled,
    ]),
  }
}
