import type { ResourceType } from '../core/manifest.ts'
import type { SelectorDefinition } from './definitions.ts'
import type { IndirectSelection } from './selector.ts'

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
  /** Keeps nodes whose file holds nothing, as `ls` does. */
  readonly includeEmptyNodes?: boolean
}

export interface Selection {
  readonly ids: ReadonlySet<string>
  /** Criteria that matched nothing, as written: each deserves a warning. */
  readonly unmatched: readonly string[]
  /** The selector of selectors.yml that was taken because it is the default. */
  readonly defaultSelector: string | null
}
