import { CompilationError } from '../core/errors.ts'
import type { Emit, NavoEvent } from '../core/events.ts'
import type { Flags } from './flags.ts'

type WarningFlags = Pick<Flags, 'warn_error' | 'warn_error_options'>

/**
 * What becomes of a warning, by its name in dbt or navo's own code: `--warn-error` and `--warn-error-options`, where a
 * name weighs more than `all`, and silence more than warn more than error.
 */
export const warningPolicy =
  (flags: WarningFlags) =>
  (...names: readonly string[]): 'error' | 'warn' | 'silence' => {
    const { error, include, warn, exclude, silence } = flags.warn_error_options
    const named = (list: unknown): boolean =>
      Array.isArray(list) && names.some(name => list.includes(name))
    const all = (list: unknown): boolean => list === 'all' || list === '*'
    if (named(silence)) return 'silence'
    if (named(warn) || named(exclude)) return 'warn'
    if (flags.warn_error || named(error) || named(include)) return 'error'
    return all(error) || all(include) ? 'error' : 'warn'
  }

/** Passes events on; warnings that are to be errors are thrown, silenced ones are dropped. */
export const strictWarnings = (flags: WarningFlags, emit: Emit): Emit => {
  const policy = warningPolicy(flags)
  return event => {
    const warning = warningOf(event)
    const fate = warning === undefined ? 'warn' : policy(...warning.names)
    if (fate === 'warn') emit(event)
    else if (fate === 'error' && warning !== undefined) throw warning.error()
  }
}

/** dbt's names of warnings that navo knows by a code of its own. */
const dbtNames: ReadonlyMap<string, string> = new Map([
  ['patch-without-node', 'NoNodeForYamlKey'],
  ['ref-not-found', 'NodeNotFoundOrDisabled'],
  ['source-not-found', 'NodeNotFoundOrDisabled'],
  ['unknown-key', 'CustomKeyInObjectDeprecation'],
  ['duplicate-key', 'DuplicateYAMLKeysDeprecation'],
])

/** The names of a warning, dbt's among them, and the error it can become. */
const warningOf = (
  event: NavoEvent,
): { readonly names: readonly string[]; readonly error: () => Error } | undefined => {
  const compilation =
    (message: string): (() => Error) =>
    () =>
      new CompilationError(message, { code: 'warn-error' })
  switch (event.kind) {
    case 'warning': {
      const { code, error } = event
      const { at, hint, message } = error
      return {
        names: [code, dbtNames.get(code) ?? code],
        error: () => new CompilationError(message, { at, hint, code: 'warn-error' }),
      }
    }
    case 'unusedSelector':
      return {
        names: ['NoNodesForSelectionCriteria'],
        error: compilation(
          `The selection criterion '${event.text}' does not match any enabled nodes`,
        ),
      }
    case 'nothingSelected':
      return event.command === 'list'
        ? { names: ['NoNodesSelected'], error: compilation('No nodes selected!') }
        : {
            names: ['NothingToDo'],
            error: compilation(
              'Nothing to do. Try checking your model configs and model specification args',
            ),
          }
    default:
      return undefined
  }
}
