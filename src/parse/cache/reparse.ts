import { NavoError } from '../../core/errors.ts'
import type { Manifest, ManifestNode } from '../../core/manifest.ts'
import { refLookup } from '../../graph/ref-lookup.ts'
import type { PropertyFile } from '../../project/property-file.ts'
import type { SourceFile } from '../../project/source-file.ts'
import { withChecksum } from '../contract-checksum.ts'
import { descriptionRenderer } from '../descriptions.ts'
import { type Draft, type DraftedKind, fileDrafts } from '../draft.ts'
import { linkNode } from '../link.ts'
import { hookNodes } from '../operations.ts'
import { nodeOf } from '../package-nodes.ts'
import { type ParseGround, type ParseInput, parseGround } from '../parse-project.ts'
import { indexPatches } from '../patches.ts'
import type { PackageFiles, PackageSource } from '../project-sources.ts'
import { stem } from '../resource-paths.ts'
import type { ChangedFile } from './file-states.ts'
import { replaceEntries, storedManifest, storedSection } from './manifest-text.ts'
import { relink } from './relink.ts'

export interface ReparseInput {
  /** Of a whole parse; the property files of its packages are not looked at. */
  readonly parse: ParseInput
  /** The manifest's text. */
  readonly body: string
  /** Unique ids of the nodes that a file holds, by its absolute path, where its name does not say. */
  readonly ids: Readonly<Record<string, readonly string[]>>
  /** The files to read again. */
  readonly files: readonly ChangedFile[]
  /** Packages whose hooks must be made again. */
  readonly hooksOf: readonly string[]
  readonly readProperties: (source: PackageFiles, file: SourceFile) => PropertyFile
}

/** Thrown where only a whole parse can tell; never leaves this folder. */
class NeedsWholeParse extends Error {}

const giveUp = (): never => {
  throw new NeedsWholeParse()
}

/** The kinds of files that can be read again alone. */
export const draftedKinds = ['model', 'analysis', 'singular_test', 'snapshot'] as const

const isDrafted = (kind: SourceFile['kind']): kind is DraftedKind =>
  draftedKinds.some(drafted => drafted === kind)

/** What other nodes, and what is made of them, know of a node. */
const outside = (node: ManifestNode): string =>
  JSON.stringify([
    node.unique_id,
    node.resource_type,
    node.name,
    node.package_name,
    node.original_file_path,
    node.patch_path,
    node.database,
    node.schema,
    node.alias,
    node.relation_name,
    node.group,
    node.config.enabled,
    ...(node.resource_type === 'model' ? [node.version, node.latest_version, node.access] : []),
  ])

interface Work extends ReparseInput {
  readonly manifest: Manifest
  readonly ground: ParseGround
}

const sourceOf = ({ parse }: ReparseInput, packageName: string): PackageSource =>
  [parse.root, ...parse.packages].find(({ config }) => config.name === packageName) ?? giveUp()

const resources: Readonly<Record<DraftedKind, string>> = {
  model: 'model',
  analysis: 'analysis',
  singular_test: 'test',
  snapshot: 'snapshot',
}

const oldNodes = (work: Work, { packageName, file }: ChangedFile): readonly ManifestNode[] => {
  if (!isDrafted(file.kind)) return giveUp()
  const usual = `${resources[file.kind]}.${packageName}.${stem(file.path)}`
  return (work.ids[file.absolutePath] ?? [usual]).map(id => {
    const node = work.manifest.nodes.get(id)
    return node?.original_file_path === file.path ? node : giveUp()
  })
}

/** The source with the one property file that describes these nodes. */
const describedSource = (
  work: Work,
  source: PackageSource,
  nodes: readonly ManifestNode[],
): PackageSource => {
  const packageName = source.config.name
  const paths = new Set(nodes.flatMap(({ patch_path: path }) => (path === null ? [] : [path])))
  const properties = [...paths].map(path => {
    const file = source.files
      .ofKind('property')
      .find(candidate => `${packageName}://${candidate.path}` === path)
    const read = file ? work.readProperties(source, file) : giveUp()
    return read.errors.length > 0 ? giveUp() : read
  })
  return { ...source, properties }
}

const completed = (node: ManifestNode, old: ManifestNode): ManifestNode =>
  node.resource_type === 'model' && old.resource_type === 'model'
    ? {
        ...node,
        // Of constraints and tests, which stand in property files.
        primary_key: old.primary_key,
        contract: withChecksum(node.contract, node.columns),
      }
    : node

const fileNodes = (work: Work, changed: ChangedFile): readonly ManifestNode[] => {
  const { packageName, file } = changed
  const { context } = work.ground
  const old = new Map(oldNodes(work, changed).map(node => [node.unique_id, node]))
  const source = describedSource(work, sourceOf(work, packageName), [...old.values()])
  const about = {
    patches: indexPatches(source, context.report),
    describe: descriptionRenderer(
      context.environment,
      work.manifest.docs,
      packageName,
      () => packageName,
    ),
  }
  const drafts: readonly Draft[] = isDrafted(file.kind)
    ? fileDrafts(context, source, file.kind, file)
    : giveUp()
  const nodes = drafts.map(draft => {
    const node = nodeOf(context, about, draft)
    const before = old.get(node.unique_id) ?? giveUp()
    return outside(node) === outside(before) ? completed(node, before) : giveUp()
  })
  return nodes.length === old.size ? nodes : giveUp()
}

const packageHooks = (work: Work, packageName: string): readonly ManifestNode[] =>
  hookNodes(work.ground.context, sourceOf(work, packageName)).map(node =>
    outside(node) === outside(work.manifest.nodes.get(node.unique_id) ?? giveUp())
      ? node
      : giveUp(),
  )

const linked = (work: Work, nodes: readonly ManifestNode[]): readonly ManifestNode[] => {
  const { context } = work.ground
  const sources = [work.parse.root, ...work.parse.packages]
  const options = {
    lookup: lookupFor(work, nodes),
    restricted: new Set(
      sources.filter(({ config }) => config.restrictAccess).map(({ config }) => config.name),
    ),
    spanOf: () => undefined,
    report: context.report,
    warn: context.warn,
  }
  return nodes.map(node =>
    node.resource_type === 'seed' ? node : (linkNode(node, options) ?? giveUp()),
  )
}

/** The look-up of what these nodes refer to; of all other nodes not even the text is parsed. */
const lookupFor = ({ manifest, parse }: Work, nodes: readonly ManifestNode[]) => {
  const refs = new Set<string>()
  const tables = new Set<string>()
  for (const node of nodes) {
    if (!('refs' in node)) continue
    for (const { name } of node.refs) refs.add(name)
    for (const [source, table] of node.sources) tables.add(`${source}.${table}`)
  }
  // model.PACKAGE.NAME, model.PACKAGE.NAME.vVERSION, source.PACKAGE.SOURCE.TABLE
  const isMeant = (id: string): boolean => {
    const name = id.slice(id.indexOf('.', id.indexOf('.') + 1) + 1)
    return id.startsWith('source.')
      ? tables.has(name)
      : refs.has(name) || refs.has(name.replace(/\.v[^.]*$/, ''))
  }
  const meant = <T>(section: ReadonlyMap<string, T>): readonly T[] =>
    [...section.keys()].filter(isMeant).map(id => section.get(id) as T)
  return refLookup({
    root: parse.root.config.name,
    nodes: meant(manifest.nodes),
    sources: meant(manifest.sources),
    disabled: meant(manifest.disabled).flat(),
  })
}

const isSilent = ({ errors, warnings, macros }: ParseGround): boolean =>
  errors.length === 0 && warnings.length === 0 && macros.errors.length === 0

/**
 * Brings a stored manifest up to date with edited files of SQL. Gives the new text; undefined where
 * more than these nodes may be affected, or something is wrong: then the whole project is parsed.
 */
export const reparse = (input: ReparseInput): string | undefined => {
  try {
    const { parse, body } = input
    const manifest = storedManifest(() => body, {
      project_name: parse.root.config.name,
      adapter_type: parse.adapterType,
      selectors: parse.selectors,
    })
    const work: Work = { ...input, manifest, ground: parseGround(parse) }
    const made = [
      ...input.files.flatMap(changed => fileNodes(work, changed)),
      ...input.hooksOf.flatMap(packageName => packageHooks(work, packageName)),
    ]
    const nodes = linked(work, made)
    const maps = relink(
      nodes,
      storedSection<readonly string[]>(() => body, 'parent_map'),
      storedSection<readonly string[]>(() => body, 'child_map'),
    )
    if (!maps || !isSilent(work.ground)) return undefined
    return replaceEntries(
      body,
      new Map<string, ReadonlyMap<string, unknown>>([
        ['nodes', new Map(nodes.map(node => [node.unique_id, node]))],
        ['parent_map', maps.parents],
        ['child_map', maps.children],
      ]),
    )
  } catch (error) {
    if (error instanceof NeedsWholeParse || error instanceof NavoError) return undefined
    throw error
  }
}
