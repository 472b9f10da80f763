import type { Warehouse } from '../adapters/adapter.ts'
import type { Invocation, ProjectFacts } from '../context/invocation.ts'
import type { MacroLibrary } from '../context/macro-library.ts'
import type { RelationCache } from '../context/relation-cache.ts'
import type { NavoError } from '../core/errors.ts'
import type { FileSystem } from '../core/file-system.ts'
import type { CompiledNode, Manifest } from '../core/manifest.ts'
import type { Graph } from '../graph/graph.ts'
import type { RefLookup } from '../graph/ref-lookup.ts'

export interface RunFlags {
  readonly fullRefresh: boolean
  readonly empty: boolean
  readonly failFast: boolean
  readonly storeFailures: boolean
  /** False: no database while compiling (`--no-introspect`). */
  readonly introspect: boolean
  readonly warnError: boolean
  readonly writeFiles: boolean
}

/** What everything that runs shares, for one invocation. */
export interface RunEnvironment {
  readonly invocation: Invocation
  readonly facts: ProjectFacts
  readonly library: MacroLibrary
  readonly manifest: Manifest
  readonly graph: Graph
  readonly lookup: RefLookup
  readonly flags: RunFlags
  readonly fs: FileSystem
  /** Absolute. */
  readonly projectDir: string
  /** Absolute. */
  readonly targetPath: string
  /** The target folder as paths in artifacts show it: `target`. */
  readonly targetName: string
  /** Where packages are installed, absolute. */
  readonly packageRoots: ReadonlyMap<string, string>
  /** Fixture files of a package, relative to its root. */
  readonly fixtures: (packageName: string) => readonly string[]
  /** Connects at the first call. */
  readonly warehouse: () => Promise<Warehouse>
  readonly relations: RelationCache
  /** Fires at Ctrl-C, and when `stop` is called. */
  readonly signal: AbortSignal
  /** Cancels what is running: fail-fast. */
  readonly stop: () => void
  /** Says which node a thread works on, for the log and the query comment. */
  readonly working: (thread: string, uniqueId: string) => void
  /** Whether `stop` was called, rather than Ctrl-C pressed. */
  readonly stopped: () => boolean
  /** Nodes with their compiled code, as they are compiled. */
  readonly compiled: Map<string, CompiledNode>
  /** Sources whose files cannot be read: who reads them fails with this. */
  readonly brokenSources: Map<string, NavoError>
  /** Unique ids of what is selected. */
  readonly selected: ReadonlySet<string>
}
