import { manifestBody } from '../../artifacts/manifest.ts'
import { buildGraph } from '../../graph/build.ts'
import { unusualIds } from '../../parse/cache/file-ids.ts'
import { watchFiles } from '../../parse/cache/file-states.ts'
import { recordReads } from '../../parse/cache/reads.ts'
import { storeWarning } from '../../parse/cache/stored-warnings.ts'
import { parseProject } from '../../parse/parse-project.ts'
import type { PackageFiles } from '../../parse/project-sources.ts'
import type { EngineOptions } from './engine-options.ts'
import {
  type ParsedFiles,
  type ParseRequest,
  parseInput,
  propertyRenderer,
} from './parse-request.ts'
import { type ParseStore, parseStore } from './parse-store.ts'
import { packageSource } from './read-sources.ts'
import { restoreParse } from './restore-parse.ts'

/**
 * Parses a project, or takes what is kept of an earlier parse as far as that would come out the
 * same. Throws ErrorList with all problems, CompilationError for a cycle.
 */
export const parseFiles = (options: EngineOptions, request: ParseRequest): ParsedFiles => {
  const store = parseStore(options, request)
  if (!store) return parseAnew(options, request)
  return restoreParse(options, request, store) ?? parseAndKeep(options, request, store)
}

const parseAnew = (options: EngineOptions, request: ParseRequest): ParsedFiles => {
  const sources = request.packages.map(found =>
    packageSource(found, propertyRenderer(request, found.config.name)),
  )
  const parsed = parseProject(parseInput(options, request, sources))
  const graph = buildGraph(parsed.manifest)
  return {
    ...parsed,
    body: () => undefined,
    library: () => parsed.library,
    graph: () => graph,
  }
}

const parseAndKeep = (
  options: EngineOptions,
  request: ParseRequest,
  store: ParseStore,
): ParsedFiles => {
  const recorder = recordReads(request.invocation, request.facts)
  const watched = watchFiles(options.files, request.packages, options.now().getTime())
  const sources = watched.packages.map(found =>
    packageSource(found, propertyRenderer(recorder, found.config.name)),
  )
  const { manifest, library, warnings } = parseProject(
    parseInput(options, request, sources, recorder),
  )
  const graph = buildGraph(manifest)
  const passing = recorder.passing()
  const isKept =
    passing !== undefined &&
    store.write(
      {
        key: store.key,
        packages: watched.states(),
        reads: recorder.reads(),
        passing: [...passing],
        ids: unusualIds(manifest, rootsOf(request.packages)),
        warnings: warnings.map(storeWarning),
      },
      manifestBody(manifest),
    )
  return {
    manifest,
    body: () => (isKept ? store.read()?.bytes : undefined),
    warnings,
    library: () => library,
    graph: () => graph,
  }
}

const rootsOf = (packages: readonly PackageFiles[]): ReadonlyMap<string, string> =>
  new Map(packages.map(({ config }) => [config.name, config.root]))
