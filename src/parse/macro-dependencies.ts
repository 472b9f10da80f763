import {
  dispatchMacro,
  findMacroIn,
  type Macro,
  type MacroLibrary,
} from '../context/macro-library.ts'
import { CompilationError } from '../core/errors.ts'
import type { MacroNode } from '../core/manifest.ts'
import { type MacroCall, macroCalls } from '../jinja/engine.ts'

export interface DependencyOptions {
  readonly library: MacroLibrary
  /** Search orders of the root project's `dispatch:`, by namespace. */
  readonly dispatch: ReadonlyMap<string, readonly string[]>
  /** Adapters whose prefix is tried, most specific first, without `default`. */
  readonly adapters: readonly string[]
}

/**
 * The macros with what each of them calls, by dbt's rules, which look at the text alone: a name is
 * looked for in the macro's own package, the root project, all other packages and navo's own.
 */
export const withDependencies = (
  macros: ReadonlyMap<string, MacroNode>,
  options: DependencyOptions,
): ReadonlyMap<string, MacroNode> => {
  const { library } = options
  const anywhere = new Map<string, Macro>(library.internal)
  for (const own of library.packages.values())
    for (const [name, macro] of own) anywhere.set(name, macro)
  for (const [name, macro] of library.packages.get(library.root) ?? []) anywhere.set(name, macro)
  const definitions = [...library.packages.values(), library.internal].flatMap(own => [
    ...own.values(),
  ])
  const completed = new Map(macros)
  for (const { node, definition } of definitions) {
    const ids = new Set<string>()
    for (const call of macroCalls(definition())) {
      for (const found of calledBy(node, call, options, anywhere)) ids.add(found.node.unique_id)
    }
    const known = completed.get(node.unique_id)
    if (known && ids.size > 0)
      completed.set(node.unique_id, { ...known, depends_on: { macros: [...ids] } })
  }
  return completed
}

const calledBy = (
  caller: Macro['node'],
  call: MacroCall,
  options: DependencyOptions,
  anywhere: ReadonlyMap<string, Macro>,
): readonly Macro[] => {
  const lookUp = (packageName: string, name: string): readonly Macro[] => {
    const macro = findMacroIn(options.library, packageName, name) ?? anywhere.get(name)
    return macro ? [macro] : []
  }
  const plain =
    call.kind === 'call' && call.packageName !== null
      ? lookUp(call.packageName, call.name)
      : call.name === caller.name
        ? []
        : lookUp(caller.package_name, call.name)
  return call.kind === 'call' ? plain : [...plain, ...dispatched(caller, call, options)]
}

/** What a dispatch leads to; nothing when there is no such macro, which the call will say. */
const dispatched = (
  caller: Macro['node'],
  { name, namespace }: MacroCall & { kind: 'dispatch' },
  { library, dispatch, adapters }: DependencyOptions,
): readonly Macro[] => {
  try {
    const fromPackage = caller.package_name
    const found = dispatchMacro(library, {
      name,
      namespace,
      fromPackage,
      adapters,
      searchOrder: dispatch,
    })
    return [found]
  } catch (error) {
    if (error instanceof CompilationError) return []
    throw error
  }
}
