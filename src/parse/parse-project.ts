import type { Invocation, ProjectFacts } from '../context/invocation.ts'
import type { MacroLibrary } from '../context/macro-library.ts'
import { ErrorList, type NavoError } from '../core/errors.ts'
import type { FileSystem } from '../core/file-system.ts'
import type { Json } from '../core/json.ts'
import type { DocNode, Manifest, OperationNode } from '../core/manifest.ts'
import { configResolver } from '../project/config-tree.ts'
import { assemble } from './assemble.ts'
import { descriptionRenderer, readDocs } from './descriptions.ts'
import { readDrafts } from './draft.ts'
import { type MacroFile, parseMacros } from './macro-files.ts'
import { inlineNode } from './operations.ts'
import { type PackageNodes, packageNodes } from './package-nodes.ts'
import type { ParseContext } from './parse-context.ts'
import { indexPatches } from './patches.ts'
import type { PackageSource } from './project-sources.ts'
import { nameGenerator } from './relation-names.ts'
import type { ParseEnvironment } from './template-facts.ts'

export interface ParseInput {
  readonly fs: FileSystem
  readonly root: PackageSource
  /** Installed packages, in the order of their names. */
  readonly packages: readonly PackageSource[]
  readonly internal: {
    /** The adapter's first. */
    readonly names: readonly string[]
    readonly files: readonly MacroFile[]
  }
  readonly invocation: Invocation
  readonly facts: ProjectFacts
  readonly adapterType: string
  /** Of selectors.yml, as the manifest shows them. */
  readonly selectors: Readonly<Record<string, Json>>
  readonly createdAt: Date
  /** `--inline`. */
  readonly inline?: string | null
}

export interface ParsedProject {
  readonly manifest: Manifest
  readonly library: MacroLibrary
  readonly warnings: readonly NavoError[]
}

const macroFiles = (sources: readonly PackageSource[]): readonly MacroFile[] =>
  sources.flatMap(source =>
    (['macro', 'generic_test'] as const).flatMap(kind =>
      source.files.ofKind(kind).map(file => ({
        packageName: source.config.name,
        path: file.path,
        text: source.files.read(file),
      })),
    ),
  )

interface Problems {
  readonly errors: NavoError[]
  readonly warnings: NavoError[]
}

const makeContext = (
  input: ParseInput,
  environment: ParseEnvironment,
  sources: readonly PackageSource[],
  problems: Problems,
): ParseContext => ({
  environment,
  configs: configResolver(
    input.root.config,
    sources.map(source => source.config),
  ),
  names: nameGenerator(environment),
  createdAt: input.createdAt.getTime() / 1000,
  report: error => problems.errors.push(error),
  warn: warning => problems.warnings.push(warning),
})

const inline = (context: ParseContext, input: ParseInput): readonly OperationNode[] =>
  input.inline ? [inlineNode(context, input.root.config.name, input.inline)] : []

/**
 * Parses a project with its packages into a manifest: macros, then what each file says, then the
 * property files over it, then the links between nodes.
 * Throws ErrorList with every problem found.
 */
export const parseProject = (input: ParseInput): ParsedProject => {
  const sources = [input.root, ...input.packages]
  const problems: Problems = { errors: [], warnings: [] }
  const createdAt = input.createdAt.getTime() / 1000
  for (const file of sources.flatMap(source => source.properties)) {
    problems.errors.push(...file.errors)
    problems.warnings.push(...file.warnings)
  }
  const macros = parseMacros(
    [...input.internal.files, ...macroFiles(sources)],
    input.root.config.name,
    input.internal.names,
    createdAt,
  )
  problems.errors.push(...macros.errors)
  const environment = { invocation: input.invocation, facts: input.facts, library: macros.library }
  const context = makeContext(input, environment, sources, problems)
  const docs = new Map<string, DocNode>(
    sources.flatMap(source => readDocs(context, source)).map(doc => [doc.unique_id, doc]),
  )
  const nodes: readonly PackageNodes[] = sources.map(source =>
    packageNodes(context, {
      source,
      fs: input.fs,
      drafts: readDrafts(context, source),
      patches: indexPatches(source, context.report),
      macros: macros.nodes,
      describe: descriptionRenderer(
        environment,
        docs,
        source.config.name,
        () => source.config.name,
      ),
    }),
  )
  const manifest = assemble(context, {
    root: input.root.config.name,
    sources,
    nodes,
    docs,
    macros: macros.nodes,
    extra: inline(context, input),
    selectors: input.selectors,
    adapterType: input.adapterType,
  })
  if (problems.errors.length > 0) throw new ErrorList(problems.errors)
  return { manifest, library: macros.library, warnings: problems.warnings }
}
