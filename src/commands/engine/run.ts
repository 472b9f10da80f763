import { relative } from 'node:path'
import type { Warehouse } from '../../adapters/adapter.ts'
import type { RelationCache } from '../../context/relation-cache.ts'
import type { CompiledNode, Manifest } from '../../core/manifest.ts'
import type { QueryResult } from '../../core/query-result.ts'
import type { NodeResult } from '../../core/result.ts'
import { previewNodes } from '../../run/preview.ts'
import type { RunEnvironment } from '../../run/run-environment.ts'
import type { Purpose } from '../../run/run-node.ts'
import { runTasks } from '../../run/run-tasks.ts'
import type { RunOutcome, RunRequest } from '../services.ts'
import { warningPolicy } from '../strict-warnings.ts'
import type { EngineOptions } from './engine-options.ts'
import type { LoadedProject } from './load.ts'

/** Opens the warehouse when it is first needed, and closes it once. */
export interface Connection {
  readonly warehouse: () => Promise<Warehouse>
  readonly relations: RelationCache
  readonly stop: () => void
  readonly stopped: () => boolean
  /** Says which node a session works for. */
  readonly working: (session: string, uniqueId: string) => void
  readonly signal: AbortSignal
  readonly close: () => Promise<void>
}

const purposes: Readonly<Record<RunRequest['which'], Purpose>> = {
  run: 'build',
  build: 'build',
  test: 'build',
  seed: 'build',
  snapshot: 'build',
  compile: 'compile',
  show: 'compile',
  freshness: 'freshness',
}

const builds: ReadonlySet<string> = new Set(['run', 'build', 'test', 'seed', 'snapshot'])

/** The environment of one run over a loaded project. */
export const runEnvironment = (
  options: EngineOptions,
  project: LoadedProject,
  connection: Connection,
  selected: ReadonlySet<string>,
): RunEnvironment => {
  const { flags } = options
  const { loaded, config } = project
  const fixtures = new Map(
    project.packages.map(source => [
      source.config.name,
      source.files.ofKind('fixture').map(file => file.path),
    ]),
  )
  return {
    invocation: project.invocation,
    facts: project.facts,
    library: project.library,
    manifest: loaded.manifest,
    graph: project.graph,
    lookup: project.lookup,
    flags: {
      fullRefresh: flags.full_refresh,
      empty: flags.empty,
      failFast: flags.fail_fast,
      storeFailures: flags.store_failures,
      introspect: flags.introspect,
      warnError: warningPolicy(flags)('LogTestResult') === 'error',
      writeFiles: flags.write_json,
    },
    fs: options.files,
    projectDir: config.root,
    targetPath: loaded.project.targetPath,
    targetName: relative(config.root, loaded.project.targetPath) || '.',
    packageRoots: new Map(project.packages.map(source => [source.config.name, source.config.root])),
    fixtures: name => fixtures.get(name) ?? [],
    warehouse: connection.warehouse,
    relations: connection.relations,
    signal: connection.signal,
    stop: connection.stop,
    stopped: connection.stopped,
    working: connection.working,
    compiled: new Map<string, CompiledNode>(),
    brokenSources: new Map(),
    selected,
  }
}

const withCompiled = (manifest: Manifest, compiled: ReadonlyMap<string, CompiledNode>): Manifest =>
  compiled.size === 0
    ? manifest
    : {
        ...manifest,
        nodes: new Map([...manifest.nodes].map(([id, node]) => [id, compiled.get(id) ?? node])),
      }

/** Runs the nodes of a request. Failures of nodes are results. */
export const runRequest = async (
  options: EngineOptions,
  project: LoadedProject,
  connection: Connection,
  request: RunRequest,
): Promise<RunOutcome> => {
  const began = options.now().getTime()
  const environment = runEnvironment(options, project, connection, new Set(request.nodes))
  const previews = new Map<string, QueryResult>()
  const previewed = request.which === 'show' || (request.which === 'seed' && options.flags.show)
  const { results, cancelled } = await runTasks({
    environment,
    purpose: purposes[request.which],
    gated: request.which === 'build',
    threads: project.facts.target.threads,
    targetName: project.facts.target.name,
    hooks: builds.has(request.which),
    builds: builds.has(request.which),
  })
  const shown: readonly NodeResult[] = previewed
    ? await previewNodes(environment, results, request.limit ?? null, previews)
    : results
  return {
    results: shown,
    manifest: withCompiled(project.loaded.manifest, environment.compiled),
    elapsed: (options.now().getTime() - began) / 1000,
    cancelled,
    previews,
  }
}
