import { RuntimeError } from '../core/errors.ts'

export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty'

/** One criterion: `2+tag:nightly+1`. */
export interface Criterion {
  readonly kind: 'criterion'
  readonly raw: string
  readonly method: MethodName
  /** `materialized` of `config.materialized:`. */
  readonly args: readonly string[]
  readonly value: string | number | boolean
  /** `@` in front. */
  readonly childrensParents: boolean
  /** Depth of `+` in front; Infinity without a number, undefined when absent. */
  readonly parents: number | undefined
  readonly children: number | undefined
  /** Of selectors.yml; the flag's otherwise. */
  readonly indirect?: IndirectSelection
}

/** Several expressions joined by a set operation. A difference is the first without the others. */
export interface SelectorGroup {
  readonly kind: 'union' | 'intersection' | 'difference'
  readonly parts: readonly SelectorExpression[]
  /** What to show when it selects nothing although it was asked for. */
  readonly expected?: string
  /** Whether the flag's indirect selection holds for the group (those of the command line). */
  readonly followsFlag: boolean
}

/** What `--select`, `--exclude` and selectors.yml are parsed into. */
export type SelectorExpression = Criterion | SelectorGroup

export const methodNames = [
  'fqn',
  'tag',
  'group',
  'access',
  'source',
  'path',
  'file',
  'package',
  'config',
  'test_name',
  'test_type',
  'resource_type',
  'state',
  'exposure',
  'metric',
  'result',
  'source_status',
  'version',
  'semantic_model',
  'saved_query',
  'unit_test',
  'selector',
] as const

export type MethodName = (typeof methodNames)[number]

const pattern = /^(@)?(?:(\d*)\+)?(?:([\w.]+):)?(.*?)(?:\+(\d*))?$/s

/** Parses one criterion of the command line. Throws RuntimeError in dbt's words. */
export const parseSelector = (raw: string): Criterion => {
  const [, at, parents, method, value = '', children] = pattern.exec(raw) ?? []
  return criterion({
    raw,
    method,
    value,
    childrensParents: at !== undefined,
    parents: depthOf(parents),
    children: depthOf(children),
  })
}

/** undefined: no `+`; empty: without end. */
const depthOf = (digits: string | undefined): number | undefined => {
  if (digits === undefined) return undefined
  return digits === '' ? Number.POSITIVE_INFINITY : Number(digits)
}

export interface CriterionParts extends Omit<Criterion, 'kind' | 'method' | 'args'> {
  /** As written; undefined: chosen by the look of the value. */
  readonly method: string | undefined
}

/** Puts a criterion together. Throws RuntimeError for an unknown method or a contradiction. */
export const criterion = (parts: CriterionParts): Criterion => {
  const [name, ...args] = parts.method?.split('.') ?? [defaultMethod(String(parts.value))]
  const method = methodNames.find(known => known === name)
  if (!method) {
    throw new RuntimeError(`'${name}' is not a valid method name`, {
      hint: `methods are ${methodNames.join(', ')}`,
      code: 'selector-method',
    })
  }
  if (parts.childrensParents && parts.children !== undefined) {
    throw new RuntimeError(
      `Invalid node spec ${parts.raw} - "@" prefix and "+" suffix are incompatible`,
      { code: 'selector-syntax' },
    )
  }
  return { ...parts, kind: 'criterion', method, args }
}

const defaultMethod = (value: string): MethodName => {
  if (value.includes('/')) return 'path'
  return /\.(?:sql|py|csv)$/i.test(value) ? 'file' : 'fqn'
}

/**
 * Parses the arguments of `--select` or `--exclude`: spaces unite, commas intersect.
 * @param expectExists warn of each part that selects nothing
 */
export const parseUnion = (args: readonly string[], expectExists: boolean): SelectorGroup => ({
  kind: 'union',
  followsFlag: true,
  parts: args
    .flatMap(arg => arg.split(' '))
    .map(part => ({
      kind: 'intersection' as const,
      followsFlag: true,
      parts: part.split(',').map(parseSelector),
      ...(expectExists && { expected: part }),
    })),
})
