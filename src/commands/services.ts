import type { CatalogTable } from '../adapters/adapter.ts'
import type { ArtifactPiece } from '../artifacts/write.ts'
import type { Emit } from '../core/events.ts'
import type { FileSystem } from '../core/file-system.ts'
import type { JsonObject } from '../core/json.ts'
import type { Manifest } from '../core/manifest.ts'
import type { QueryResult } from '../core/query-result.ts'
import type { NodeResult } from '../core/result.ts'
import type { Target } from '../core/target.ts'
import type { PackagesTools } from '../project/packages-file.ts'
import type { Flags } from './flags.ts'

/** One call of navo: who it is and when it began. */
export interface Invocation {
  /** A UUID. */
  readonly id: string
  readonly startedAt: Date
  /** Process environment; `DBT_ENV_CUSTOM_ENV_*` goes into the artifacts. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute: where navo was called. */
  readonly workingDirectory: string
  readonly version: string
  /** Whether standard input is a terminal, so that questions can be asked. */
  readonly interactive: boolean
}

/** What commands need to know of a project file. All paths are absolute. */
export interface ProjectInfo {
  readonly name: string
  readonly directory: string
  /** Path of the project file itself. */
  readonly file: string
  readonly targetPath: string
  readonly cleanTargets: readonly string[]
  /** Where models, seeds, tests … and macros lie; `clean` never removes them. */
  readonly sourcePaths: readonly string[]
  readonly assetPaths: readonly string[]
}

/** What `deps` needs to know of a project. */
export interface PackagesProject {
  readonly name: string
  /** Absolute. */
  readonly directory: string
  /** Absolute: dbt_packages. */
  readonly installPath: string
  /** Renders packages.yml. */
  readonly tools: PackagesTools
}

/** A project that has been read, parsed and linked. */
export interface Loaded {
  readonly project: ProjectInfo
  readonly target: Target
  readonly manifest: Manifest
  /** The adapter's name and version for the line `Registered adapter`. */
  readonly adapter: { readonly name: string; readonly version: string }
  /** `metadata.quoting` of manifest.json. */
  readonly quoting: JsonObject
  /** Where navo's built-in target keeps its database when no profile was needed. */
  readonly builtInTarget?: string
  /** The manifest as manifest.json has it behind its metadata, where that is known already. */
  readonly manifestBody?: () => ArtifactPiece | undefined
}

/** Which nodes are meant; the grammar is dbt's (`+`, `@`, methods, unions, intersections). */
export interface Criteria {
  readonly select: readonly string[]
  readonly exclude: readonly string[]
  /** Name of a selector in selectors.yml. */
  readonly selector: string | null
  readonly indirect: Flags['indirect_selection']
  /** Only nodes of these types come out, after indirect selection. */
  readonly resourceTypes: readonly string[]
}

export interface RunRequest {
  readonly loaded: Loaded
  readonly which: 'run' | 'build' | 'test' | 'seed' | 'snapshot' | 'compile' | 'show' | 'freshness'
  /** Unique ids, in any order. */
  readonly nodes: readonly string[]
  /** show: how many rows to fetch, -1 = all; compile and show never build anything. */
  readonly limit?: number
}

export interface RunOutcome {
  /** In order of completion; project hooks are among them. Skipped nodes too. */
  readonly results: readonly NodeResult[]
  /** As it stands after the run: compiled code filled in. */
  readonly manifest: Manifest
  /** Seconds. */
  readonly elapsed: number
  readonly cancelled: boolean
  /** Rows of `show` and of `seed --show`, by unique id. */
  readonly previews: ReadonlyMap<string, QueryResult>
}

/** What `debug` found out about one thing; without `problem` it is well. */
export interface DebugCheck {
  /** `OK found and valid`, `ERROR not found`, `ERROR invalid`. */
  readonly status: string
  /** Why it is not well; several lines. */
  readonly problem?: string
}

export interface DebugReport {
  /** First lines: versions, paths (`Using profiles dir at …`). */
  readonly facts: readonly string[]
  readonly profile: DebugCheck
  readonly project: DebugCheck
  /** Absent when there is no valid profile. */
  readonly connect?: {
    readonly adapter: Loaded['adapter']
    /** What may be shown of the connection: no secrets. */
    readonly shown: readonly (readonly [name: string, value: string])[]
    /** Connects and runs a query; gives what went wrong. */
    readonly test: () => Promise<string | undefined>
  }
}

/**
 * All that commands need from the rest of the program, as functions; `cli/compose.ts` fills it in,
 * tests fill it in with values.
 */
export interface Services {
  readonly flags: Flags
  readonly invocation: Invocation
  readonly files: FileSystem
  readonly emit: Emit
  /** Fires at the first Ctrl-C. */
  readonly signal: AbortSignal
  readonly now: () => Date

  /** Reads the project file only. Throws what is wrong with it. */
  readonly project: () => Promise<ProjectInfo>
  /** The same for `deps`: rendered, without a profile. */
  readonly packages: () => Promise<PackagesProject>
  /**
   * Reads and parses project, profile and packages; warnings go to `emit`. With `inline`, the query
   * becomes the node `sql_operation.<project>.inline_query` of the manifest.
   * Throws ErrorList with all problems of the project.
   */
  readonly load: (options: { readonly inline?: string | null }) => Promise<Loaded>
  /**
   * Ids of the nodes meant, in the graph's order; emits `unusedSelector` for criteria that match
   * nothing. Throws RuntimeError on an unknown method or a broken selector.
   */
  readonly select: (loaded: Loaded, criteria: Criteria) => Promise<readonly string[]>
  /**
   * Runs nodes; node failures are results, not errors. Emits runStarted, nodeStarted,
   * nodeFinished, hookFinished, sql.
   */
  readonly run: (request: RunRequest) => Promise<RunOutcome>
  /** Runs a macro by name (`macro`, `package.macro`) or a text of SQL and Jinja. Throws when it fails. */
  readonly operation: (
    loaded: Loaded,
    what: { readonly macro: string; readonly args: Flags['args'] } | { readonly sql: string },
  ) => Promise<void>
  /** Runs plain SQL that no template has touched (`show --inline-direct`); at most `limit` rows, -1 = all. */
  readonly query: (sql: string, limit: number) => Promise<QueryResult>
  /** Tables and views of the manifest's schemas, as the warehouse reports them. */
  readonly catalog: (loaded: Loaded) => Promise<readonly CatalogTable[]>
  /** Looks at project and profile for `debug`; throws nothing. */
  readonly diagnose: () => Promise<DebugReport>
  /** Opens an address in the user's browser; never fails. */
  readonly openBrowser: (url: string) => void
  /** Asks a question on the terminal; only called when `invocation.interactive`. */
  readonly ask: (question: string) => Promise<string>
}
