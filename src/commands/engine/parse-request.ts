import type { ArtifactPiece } from '../../artifacts/write.ts'
import type { Invocation, ProjectFacts } from '../../context/invocation.ts'
import type { MacroLibrary } from '../../context/macro-library.ts'
import { yamlScope } from '../../context/yaml-scope.ts'
import type { NavoError } from '../../core/errors.ts'
import type { Json } from '../../core/json.ts'
import type { Manifest } from '../../core/manifest.ts'
import type { Graph } from '../../graph/graph.ts'
import { builtinMacroFiles } from '../../macros/read.ts'
import type { ReadRecorder } from '../../parse/cache/reads.ts'
import type { ParseInput } from '../../parse/parse-project.ts'
import type { PackageFiles, PackageSource } from '../../parse/project-sources.ts'
import type { RenderNative } from '../../project/render.ts'
import type { EngineOptions } from './engine-options.ts'
import { yamlRenderer } from './yaml-renderer.ts'

/** A project to parse, its project files read. */
export interface ParseRequest {
  readonly invocation: Invocation
  readonly facts: ProjectFacts
  /** The root project first. */
  readonly packages: readonly PackageFiles[]
  readonly adapterType: string
  /** Of selectors.yml, as the manifest shows them. */
  readonly selectors: Readonly<Record<string, Json>>
  /** Absolute. */
  readonly targetPath: string
  readonly inline: string | null
}

/** A parsed project. What is not needed by every command is made when it is asked for. */
export interface ParsedFiles {
  readonly manifest: Manifest
  /** manifest.json behind its metadata, where it is known already. */
  readonly body: () => ArtifactPiece | undefined
  readonly warnings: readonly NavoError[]
  readonly library: () => MacroLibrary
  /** Throws CompilationError for a cycle. */
  readonly graph: () => Graph
}

/** The same for the parser; a recorder's stand-ins take the place of what they note. */
export const parseInput = (
  options: EngineOptions,
  request: ParseRequest,
  [root, ...packages]: readonly PackageSource[],
  recorder?: ReadRecorder,
): ParseInput => {
  if (!root) throw new Error('a project without a root')
  const { adapterType, selectors, inline } = request
  const internal = [`dbt_${adapterType}`, 'dbt']
  return {
    fs: options.files,
    root,
    packages,
    internal: {
      names: internal,
      files: builtinMacroFiles().filter(file => internal.includes(file.packageName)),
    },
    invocation: recorder?.invocation ?? request.invocation,
    facts: recorder?.facts ?? request.facts,
    adapterType,
    selectors,
    createdAt: options.invocation.startedAt,
    inline,
    during: recorder?.during,
  }
}

/** Renders the property files of a package. */
export const propertyRenderer = (
  { invocation, facts }: Pick<ParseRequest, 'invocation' | 'facts'>,
  packageName: string,
): RenderNative => yamlRenderer(yamlScope({ invocation, facts, vars: facts.vars(packageName) }))
