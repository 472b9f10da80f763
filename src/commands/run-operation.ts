import { errorText } from '../core/error-text.ts'
import { CompilationError, NavoError, RuntimeError } from '../core/errors.ts'
import type { MacroNode, Manifest } from '../core/manifest.ts'
import type { NodeResult } from '../core/result.ts'
import type { CommandFunction } from './command-function.ts'
import { loadProject } from './load-project.ts'
import { saveManifest, saveRunResults } from './save-artifacts.ts'
import type { Services } from './services.ts'

/** Runs a macro, or a text of SQL, and records it in run_results.json; a failure is exit code 1. */
export const runOperation: CommandFunction = async services => {
  const { flags, emit, now } = services
  const { macro, sql, args } = flags
  if (macro === null && sql === null)
    throw missing('Either a macro name or --sql must be passed to run-operation')
  if (macro !== null && sql !== null)
    throw missing('Cannot specify both a macro name and --sql for run-operation')
  if (sql !== null && Object.keys(args).length > 0)
    throw missing('--args cannot be used with --sql; pass arguments directly in the SQL')
  const loaded = await loadProject(services)
  saveManifest(services, loaded)
  const found = macro === null ? undefined : findMacro(loaded.manifest, macro)
  const started = now()
  const failure = await attempt(services, () =>
    services.operation(loaded, sql === null ? { macro: macro ?? '', args } : { sql }),
  )
  const finished = now()
  if (failure) reportFailure(emit, failure)
  const result: NodeResult = {
    unique_id: found?.unique_id ?? `macro.${loaded.project.name}.${macro ?? 'inline_query'}`,
    status: failure ? 'error' : 'success',
    timing: [
      { name: 'compile', started_at: started, completed_at: started },
      { name: 'execute', started_at: started, completed_at: finished },
    ],
    thread_id: 'MainThread',
    execution_time: (finished.getTime() - started.getTime()) / 1000,
    message: failure ? errorText(failure) : null,
    failures: failure ? 1 : 0,
    adapter_response: {},
    compiled: false,
    compiled_code: null,
    relation_name: null,
  }
  saveRunResults(services, loaded, { results: [result], elapsed: result.execution_time })
  if (failure && macro !== null && found === undefined) throw unknownMacro(macro)
  return failure === undefined
}

const missing = (message: string): RuntimeError =>
  new RuntimeError(message, { code: 'missing-argument' })

/** Errors of the macro are the operation's; bugs of navo's go on to main. */
const attempt = async (
  services: Services,
  action: () => Promise<void>,
): Promise<NavoError | undefined> => {
  try {
    await action()
    return undefined
  } catch (error) {
    if (error instanceof NavoError) return error
    if (services.signal.aborted) return new RuntimeError('The operation was interrupted')
    throw error
  }
}

const reportFailure = (emit: Services['emit'], failure: NavoError): void =>
  emit({
    kind: 'note',
    level: 'error',
    name: 'RunningOperationCaughtError',
    text: `Encountered an error while running operation: ${errorText(failure)}`,
  })

/** The macro meant by `name` or `package.name`: the root project's before a package's. */
const findMacro = (manifest: Manifest, name: string): MacroNode | undefined => {
  const at = name.indexOf('.')
  const [packageName, macroName] =
    at < 0 ? [undefined, name] : [name.slice(0, at), name.slice(at + 1)]
  const candidates = [...manifest.macros.values()].filter(
    macro =>
      macro.name === macroName && (packageName === undefined || macro.package_name === packageName),
  )
  return candidates.find(macro => macro.package_name === manifest.project_name) ?? candidates.at(0)
}

const unknownMacro = (name: string): CompilationError =>
  new CompilationError(`dbt could not find a macro with the name '${name}' in any package.`, {
    code: 'macro-not-found',
    hint: 'check for typos, and that the packages it may come from are installed',
  })
