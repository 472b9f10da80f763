import type { Dialect } from '../adapters/adapter.ts'
import type { Emit } from '../core/events.ts'
import type { JsonObject } from '../core/json.ts'
import type { QuotePolicy } from '../core/relation.ts'
import type { Target } from '../core/target.ts'
import type { Value } from '../jinja/python/values.ts'

/** What is the same for every template of one invocation. */
export interface Invocation {
  readonly id: string
  readonly startedAt: Date
  readonly navoVersion: string
  /** The flags as `{{ flags }}` shows them, names in upper case, WHICH among them. */
  readonly flags: JsonObject
  /** The command's arguments as run_results.json records them. */
  readonly args: JsonObject
  readonly env: Readonly<Record<string, string | undefined>>
  readonly emit: Emit
  readonly now: () => Date
}

/** What of the project and its target templates can see. */
export interface ProjectFacts {
  readonly name: string
  readonly target: Target
  /** The target's keys that `{{ target }}` shows; never a secret. */
  readonly targetShown: JsonObject
  readonly dialect: Dialect
  readonly quoting: QuotePolicy
  /** Names of the installed packages. */
  readonly packages: ReadonlySet<string>
  /** `dispatch:` of the project file: search order by macro namespace. */
  readonly dispatch: ReadonlyMap<string, readonly string[]>
  /** A package's variables, after the root project's and the command line's have had their say. */
  readonly vars: (packageName: string) => ReadonlyMap<string, Value>
}
