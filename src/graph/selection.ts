import type { Json } from '../core/json.ts'
import type { ResourceType } from '../core/manifest.ts'
import type { SelectorExpression } from './selector.ts'

export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty'

export interface SelectionOptions {
  /** `--select`, one string an argument; undefined when the flag was not given. */
  readonly select?: readonly string[]
  readonly exclude?: readonly string[]
  /** `--selector NAME`. */
  readonly selector?: string
  /** Definitions of selectors.yml by name. */
  readonly selectors?: ReadonlyMap<string, SelectorDefinition>
  readonly indirectSelection?: IndirectSelection
  /** Keeps only nodes of these types, after everything else. */
  readonly resourceTypes?: ReadonlySet<ResourceType>
  /** Paths of the project's files, for `path:`; without, those of the manifest are searched. */
  readonly includeEmptyNodes?: boolean
}

export interface SelectorDefinition {
  readonly name: string
  readonly description: string
  readonly default: boolean
  readonly expression: SelectorExpression
  /** As the manifest shows it. */
  readonly raw: Json
}

export interface Selection {
  readonly ids: ReadonlySet<string>
  /** Criteria that matched nothing, as written: each deserves a warning. */
  readonly unmatched: readonly string[]
}
