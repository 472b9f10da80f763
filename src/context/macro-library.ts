import { CompilationError } from '../core/errors.ts'
import type { MacroNode } from '../core/manifest.ts'
import type { BlockDefinition } from '../jinja/engine.ts'

/** A macro that templates can call. */
export interface Macro {
  readonly node: Pick<MacroNode, 'name' | 'package_name' | 'unique_id'>
  /** Parsed on first use: a run that uses none of a package's macros does not pay for them. */
  readonly definition: () => BlockDefinition
}

export type MacroNamespace = ReadonlyMap<string, Macro>

/** All macros of the project, its packages and navo itself, by package. */
export interface MacroLibrary {
  readonly root: string
  /** Packages other than navo's own. */
  readonly packages: ReadonlyMap<string, MacroNamespace>
  /** navo's own macros as one namespace: the adapter's over the general ones. Reached as `dbt.x` too. */
  readonly internal: MacroNamespace
}

/** Names of the packages that hold navo's own macros, for `macro.PACKAGE.name`. */
export const isInternalPackage = (name: string): boolean =>
  name === 'dbt' || name === 'dbt_duckdb' || name === 'dbt_athena'

/**
 * Finds a macro by its bare name as a node of a package sees it: its own package, the root
 * project, then navo's own.
 */
export const findMacro = (
  library: MacroLibrary,
  name: string,
  fromPackage: string,
): Macro | undefined =>
  library.packages.get(fromPackage)?.get(name) ??
  library.packages.get(library.root)?.get(name) ??
  library.internal.get(name)

/** Finds `package.name`; the package `dbt` stands for all of navo's own. */
export const findMacroIn = (
  library: MacroLibrary,
  packageName: string,
  name: string,
): Macro | undefined =>
  packageName === 'dbt' || (isInternalPackage(packageName) && !library.packages.has(packageName))
    ? library.internal.get(name)
    : library.packages.get(packageName)?.get(name)

export interface DispatchRequest {
  readonly name: string
  readonly namespace: string | null
  /** The package of the node that is being rendered. */
  readonly fromPackage: string
  /** Adapters whose prefix is tried, most specific first, without `default`. */
  readonly adapters: readonly string[]
  readonly searchOrder: ReadonlyMap<string, readonly string[]>
}

const searchPackages = (
  library: MacroLibrary,
  request: DispatchRequest,
): readonly (string | null)[] => {
  const { namespace } = request
  if (namespace === null) return [null]
  const configured = request.searchOrder.get(namespace)
  if (configured) return configured
  return library.packages.has(namespace) ? [library.root, namespace] : [null]
}

/**
 * `adapter.dispatch`: per package of the search order the adapter's implementation, then the
 * default one (https://docs.getdbt.com/reference/dbt-jinja-functions/dispatch).
 * Throws CompilationError that lists what was searched for.
 */
export const dispatchMacro = (library: MacroLibrary, request: DispatchRequest): Macro => {
  const dot = request.name.indexOf('.')
  if (dot >= 0) {
    const [namespace, name] = [request.name.slice(0, dot), request.name.slice(dot + 1)]
    throw new CompilationError(
      `In adapter.dispatch, got a macro name of "${request.name}", but "." is not a valid macro name component. Did you mean \`adapter.dispatch("${name}", macro_namespace="${namespace}")\`?`,
      { code: 'dispatch' },
    )
  }
  const attempts: string[] = []
  for (const packageName of searchPackages(library, request)) {
    for (const prefix of [...request.adapters, 'default']) {
      const searched = `${prefix}__${request.name}`
      const macro =
        packageName === null
          ? findMacro(library, searched, request.fromPackage)
          : findMacroIn(library, packageName, searched)
      if (macro) return macro
      attempts.push(packageName === null ? `'${searched}'` : `'${packageName}.${searched}'`)
    }
  }
  const namespace = request.namespace ?? 'None'
  throw new CompilationError(
    `In dispatch: No macro named '${request.name}' found within namespace: '${namespace}'\n    Searched for: ${attempts.join(', ')}`,
    { code: 'dispatch' },
  )
}
