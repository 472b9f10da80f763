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
import { withDependencies } from './macro-dependencies.ts'
import { type MacroFile, type ParsedMacros, parseMacros } from './macro-files.ts'
import { inlineNode } from './operations.ts'
import { type PackageNodes, packageNodes } from './package-nodes.ts'
import type { ParseContext } from './parse-context.ts'
import { indexPatches } from './patches.ts'
import type { PackageSource } from './project-sources.ts'
import { nameGenerator } from './relation-names.ts'

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
  /** Told which file templates come from that are rendered meanwhile. */
  readonly during?: ParseContext['during']
}

export interface ParsedProject {
  readonly manifest: Manifest
  readonly library: MacroLibrary
  readonly warnings: readonly NavoError[]
}

/** What parsing any part of a project needs: its macros, and the context of all its nodes. */
export interface ParseGround {
  readonly context: ParseContext
  readonly macros: ParsedMacros
  readonly errors: readonly NavoError[]
  readonly warnings: readonly NavoError[]
}

/** Reads the macros of the project, its packages and navo itself. */
export const readMacros = (input: ParseInput): ParsedMacros =>
  parseMacros(
    [...input.internal.files, ...macroFiles([input.root, ...input.packages])],
    input.root.config.name,
    input.internal.names,
    input.createdAt.getTime() / 1000,
  )

const macroFiles = (sources: readonly PackageSource[]): readonly MacroFile[] =>
  sources.flatMap(source =>
    (['macro', 'generic_test'] as const).flatMap(kind =>
      source.files.ofKind(kind).map(file => ({
        packageName: source.config.name,
        path: file.path,
        text: source.files.read(file),
        isGenericTest: kind === 'generic_test',
      })),
    ),
  )

/** Prepares the parsing of a project. Problems are collected as it goes on. */
export const parseGround = (input: ParseInput): ParseGround => {
  const macros = readMacros(input)
  const errors: NavoError[] = []
  const warnings: NavoError[] = []
  const { invocation, facts } = input
  const environment = { invocation, facts, library: macros.library }
  const context: ParseContext = {
    environment,
    configs: configResolver(
      input.root.config,
      [input.root, ...input.packages].map(source => source.config),
    ),
    names: nameGenerator(environment),
    createdAt: input.createdAt.getTime() / 1000,
    during: input.during ?? ((_, make) => make()),
    report: error => errors.push(error),
    warn: warning => warnings.push(warning),
  }
  return { context, macros, errors, warnings }
}

const inline = (context: ParseContext, input: ParseInput): readonly OperationNode[] =>
  input.inline ? [inlineNode(context, input.root.config.name, input.inline)] : []

/**
 * Parses a project with its packages into a manifest: macros, then what each file says, then the
 * property files over it, then the links between nodes.
 * Throws ErrorList with every problem found.
 */
export const parseProject = (input: ParseInput): ParsedProject => {
  const sources = [input.root, ...input.packages]
  const { context, macros, errors, warnings } = parseGround(input)
  const { environment } = context
  for (const file of sources.flatMap(source => source.properties)) {
    for (const error of file.errors) context.report(error)
    for (const warning of file.warnings) context.warn(warning)
  }
  for (const error of macros.errors) context.report(error)
  const called = withDependencies(macros.nodes, {
    library: macros.library,
    dispatch: input.facts.dispatch,
    adapters: input.facts.dialect.dispatch,
  })
  const docs = new Map<string, DocNode>(
    sources.flatMap(source => readDocs(context, source)).map(doc => [doc.unique_id, doc]),
  )
  const nodes: readonly PackageNodes[] = sources.map(source =>
    packageNodes(context, {
      source,
      fs: input.fs,
      drafts: readDrafts(context, source),
      patches: indexPatches(source, context.report),
      macros: called,
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
    macros: called,
    extra: inline(context, input),
    selectors: input.selectors,
    adapterType: input.adapterType,
  })
  if (errors.length > 0) throw new ErrorList(errors)
  return { manifest, library: macros.library, warnings }
}
