import type { IndirectSelection } from './selection.ts'

/** One criterion: `2+tag:nightly+1`. */
export interface Criterion {
  readonly kind: 'criterion'
  readonly raw: string
  readonly method: string
  /** `materialized` of `config.materialized:`. */
  readonly args: readonly string[]
  readonly value: string | number | boolean
  /** `@` in front. */
  readonly childrensParents: boolean
  /** Depth of `+` in front; Infinity without a number, 0 when absent. */
  readonly parents: number
  readonly children: number
  readonly indirect?: IndirectSelection
}

/** What `--select`, `--exclude` and selectors.yml are parsed into. */
export type SelectorExpression =
  | Criterion
  | {
      readonly kind: 'union' | 'intersection' | 'difference'
      readonly parts: readonly SelectorExpression[]
      readonly raw?: string
      /** Warn when it selects nothing. */
      readonly expectExists?: boolean
      readonly indirect?: IndirectSelection
    }
