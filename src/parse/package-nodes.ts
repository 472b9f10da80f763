import { inNode, NavoError, ParsingError } from '../core/errors.ts'
import type { FileSystem } from '../core/file-system.ts'
import type {
  ExposureNode,
  GroupNode,
  MacroNode,
  ManifestNode,
  SourceNode,
} from '../core/manifest.ts'
import type { UnitTestProperties } from '../project/property-file.ts'
import type { RenderDescription } from './columns.ts'
import { type Draft, draftFromYaml } from './draft.ts'
import { exposureNode, groupNode } from './exposure-nodes.ts'
import { hookNodes } from './operations.ts'
import type { ParseContext } from './parse-context.ts'
import { patchMacro } from './patch-macro.ts'
import { type FilePatch, type Patches, unmatchedPatches } from './patches.ts'
import type { PackageSource } from './project-sources.ts'
import { seedNode } from './seed-nodes.ts'
import { sourceNode } from './source-nodes.ts'
import { analysisNode, modelNode, singularTestNode, snapshotNode } from './sql-nodes.ts'

export interface PackageInput {
  readonly source: PackageSource
  readonly fs: FileSystem
  readonly drafts: readonly Draft[]
  readonly patches: Patches
  readonly macros: ReadonlyMap<string, MacroNode>
  readonly describe: RenderDescription
}

/** What one package brings into the manifest, before tests are attached and refs resolved. */
export interface PackageNodes {
  readonly source: PackageSource
  readonly patches: Patches
  readonly describe: RenderDescription
  readonly nodes: readonly ManifestNode[]
  readonly sources: readonly SourceNode[]
  readonly exposures: readonly ExposureNode[]
  readonly groups: readonly GroupNode[]
  /** Macros that the property files describe. */
  readonly macros: readonly MacroNode[]
  readonly unitTests: readonly { readonly file: string; readonly test: UnitTestProperties }[]
}

/** Runs one making; a problem of the user's is reported with the node it is about. */
export const attempt = <T>(
  context: ParseContext,
  subject: { readonly resourceType: string; readonly name: string; readonly path: string },
  make: () => T,
): T | undefined => {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof NavoError)) throw error
    context.report(inNode(error, subject))
    return undefined
  }
}

/** The node of a draft with what its property file says of it. */
export const nodeOf = (
  context: ParseContext,
  { patches, describe }: Pick<PackageInput, 'patches' | 'describe'>,
  draft: Draft,
): ManifestNode => {
  switch (draft.resource) {
    case 'analysis':
      return analysisNode(context, draft, patches.analyses.get(draft.name), describe)
    case 'test':
      return singularTestNode(context, draft, patches.dataTests.get(draft.name), describe)
    case 'snapshot':
      return snapshotNode(context, draft, patches.snapshots.get(draft.name), describe)
    case 'model': {
      const versioned = patches.versions.get(draft.name)
      const patch = versioned?.patch ?? patches.models.get(draft.name)
      return modelNode(context, draft, patch, versioned?.version, describe)
    }
  }
}

const seeds = (context: ParseContext, input: PackageInput): readonly ManifestNode[] =>
  input.source.files.ofKind('seed').flatMap(file => {
    const size = input.fs.stat(file.absolutePath)?.size ?? 0
    const name = file.path.replace(/^.*\/|\.[^.]*$/g, '')
    const subject = { resourceType: 'seed', name, path: file.path }
    const patch = input.patches.seeds.get(name)
    const node = attempt(context, subject, () =>
      seedNode(context, input.source, file, size, patch, input.describe),
    )
    return node ? [node] : []
  })

const yamlSnapshots = (context: ParseContext, input: PackageInput): readonly Draft[] =>
  [...input.patches.snapshots.values()].flatMap(
    (patch: FilePatch<{ readonly name: string; readonly relation: string | null }>) => {
      const { relation, name } = patch.properties
      if (relation === null) return []
      const draft = attempt(
        context,
        { resourceType: 'snapshot', name, path: patch.file.path },
        () =>
          draftFromYaml(context, {
            packageName: input.source.config.name,
            path: patch.file.path,
            name,
            relation,
          }),
      )
      return draft ? [draft] : []
    },
  )

const sourceTables = (context: ParseContext, input: PackageInput): readonly SourceNode[] =>
  input.source.properties.flatMap(file =>
    file.sources.flatMap(source =>
      source.tables.flatMap(table => {
        const subject = {
          resourceType: 'source',
          name: `${source.name}.${table.name}`,
          path: file.path,
        }
        const request = { packageName: input.source.config.name, file, source, table }
        const node = attempt(context, subject, () => sourceNode(context, request, input.describe))
        return node ? [node] : []
      }),
    ),
  )

const exposures = (context: ParseContext, input: PackageInput): readonly ExposureNode[] =>
  input.source.properties.flatMap(file =>
    file.exposures.flatMap(exposure => {
      const subject = { resourceType: 'exposure', name: exposure.name, path: file.path }
      const node = attempt(context, subject, () =>
        exposureNode(context, input.source.config.name, file.path, exposure, input.describe),
      )
      return node ? [node] : []
    }),
  )

const checkVersionFiles = (context: ParseContext, input: PackageInput): void => {
  const files = new Set(
    input.drafts.filter(draft => draft.resource === 'model').map(draft => draft.name),
  )
  for (const patch of input.patches.models.values()) {
    for (const version of patch.properties.versions) {
      const expected = version.defined_in ?? `${patch.properties.name}_v${version.v}`
      if (files.has(expected) || files.has(patch.properties.name)) continue
      context.warn(
        new ParsingError(
          `No file holds version ${version.v} of model '${patch.properties.name}': looked for ${expected}.sql`,
          {
            at: patch.file.spanOf(version.at),
            code: 'version-without-file',
            hint: `add the file, or name it by defined_in`,
          },
        ),
      )
    }
  }
}

/** Makes the nodes of one package from its files and what the property files say of them. */
export const packageNodes = (context: ParseContext, input: PackageInput): PackageNodes => {
  const drafts = [...input.drafts, ...yamlSnapshots(context, input)]
  const nodes = drafts.flatMap(draft => {
    const subject = { resourceType: draft.resource, name: draft.name, path: draft.file.path }
    const node = attempt(context, subject, () => nodeOf(context, input, draft))
    return node ? [node] : []
  })
  const all = [...nodes, ...seeds(context, input), ...hookNodes(context, input.source)]
  checkVersionFiles(context, input)
  const named = new Set(all.map(node => `${node.resource_type} ${node.name}`))
  const type: Readonly<Record<string, string>> = {
    models: 'model',
    seeds: 'seed',
    snapshots: 'snapshot',
    analyses: 'analysis',
  }
  for (const warning of unmatchedPatches(input.patches, (section, name) =>
    named.has(`${type[section]} ${name}`),
  )) {
    context.warn(warning)
  }
  const packageName = input.source.config.name
  return {
    source: input.source,
    patches: input.patches,
    describe: input.describe,
    nodes: all,
    sources: sourceTables(context, input),
    exposures: exposures(context, input),
    groups: input.source.properties.flatMap(file =>
      file.groups.map(group => groupNode(packageName, file.path, group, input.describe)),
    ),
    macros: [...input.patches.macros.values()].flatMap(patch => {
      const node = input.macros.get(`macro.${packageName}.${patch.properties.name}`)
      return node ? [patchMacro(node, patch, input.describe)] : []
    }),
    unitTests: input.source.properties.flatMap(file =>
      file.unit_tests.map(test => ({ file: file.path, test })),
    ),
  }
}
