import type { NodeInfo } from '../core/events.ts'
import { macroFunction } from '../jinja/engine.ts'
import {
  type HostFunction,
  HostObject,
  PyDict,
  type UndefinedKind,
  type Value,
} from '../jinja/python/values.ts'
import type { AdapterMethod } from './adapter-object.ts'
import { ColumnClass } from './column-value.ts'
import type { Invocation, ProjectFacts } from './invocation.ts'
import { findMacro, type Macro, type MacroLibrary, type MacroNamespace } from './macro-library.ts'
import { RelationClass } from './relation-value.ts'
import { type Lookup, layered, type NameTable, namesOf } from './scope.ts'

/** How parsing and running differ, for the names that exist in both. */
export interface ContextMode {
  /** `{{ execute }}`: false while parsing. */
  readonly execute: boolean
  readonly undefined: UndefinedKind
  readonly ref: (scope: NodeScope, args: RefArguments) => Value
  readonly source: (scope: NodeScope, source: string, table: string) => Value
  readonly config: Value
  readonly adapter: Readonly<Record<string, AdapterMethod>>
  /** What `var('x')` gives when nothing sets x; throws when that is an error. */
  readonly missingVar: (scope: NodeScope, name: string) => Value
}

export interface RefArguments {
  readonly package: string | null
  readonly name: string
  readonly version: string | number | null
}

/** Who is being rendered; absent for templates of the project file and of `run-operation`. */
export interface ScopeNode {
  readonly unique_id: string
  readonly name: string
  readonly info: NodeInfo
}

/** Everything the names of one node's templates are made from. */
export interface NodeScope {
  readonly invocation: Invocation
  readonly facts: ProjectFacts
  readonly library: MacroLibrary
  readonly packageName: string
  readonly node: ScopeNode | undefined
  readonly mode: ContextMode
  readonly vars: ReadonlyMap<string, Value>
  readonly env: Readonly<Record<string, string | undefined>>
  /** The whole context. */
  readonly lookup: Lookup
  /** navo's own names, macros left out: `builtins`. */
  readonly builtins: Lookup
  /** The function that calls a macro within this context. */
  bind(macro: Macro): HostFunction
  relationClass(): RelationClass
  columnClass(): ColumnClass
}

export interface ScopeOptions {
  readonly invocation: Invocation
  readonly facts: ProjectFacts
  readonly library: MacroLibrary
  readonly packageName: string
  readonly node?: ScopeNode
  readonly mode: ContextMode
  /** Name tables, most specific first. */
  readonly names: readonly NameTable<NodeScope>[]
  /** Names that win over everything, macros included: a test's arguments, a unit test's overrides. */
  readonly overrides?: Lookup
  readonly vars?: ReadonlyMap<string, Value>
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Told of each macro that the node's own templates call, not of those that macros call. */
  readonly onCall?: (uniqueId: string) => void
}

/** A package as templates see it: `dbt_utils.star`. */
class PackageNamespace extends HostObject {
  readonly typeName = 'MacroNamespace'
  readonly #macros: MacroNamespace
  readonly #bind: (macro: Macro) => HostFunction

  constructor(macros: MacroNamespace, bind: (macro: Macro) => HostFunction) {
    super()
    this.#macros = macros
    this.#bind = bind
  }

  override getAttr(name: string): Value | undefined {
    const macro = this.#macros.get(name)
    return macro && this.#bind(macro)
  }

  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.getAttr(key) : undefined
  }

  override contains(item: Value): boolean {
    return typeof item === 'string' && this.#macros.has(item)
  }

  override iterate(): Iterable<Value> {
    return this.#macros.keys()
  }
}

/** `context` and `builtins`: the names themselves as a dictionary that is looked into on demand. */
export class NamesValue extends HostObject {
  readonly typeName = 'dict'
  constructor(readonly names: Lookup) {
    super()
  }
  override getAttr(name: string): Value | undefined {
    if (name === 'get') {
      const get: HostFunction = ([key, fallback = null]) => this.names(String(key)) ?? fallback
      return get
    }
    return this.names(name)
  }
  override getItem(key: Value): Value | undefined {
    return typeof key === 'string' ? this.names(key) : undefined
  }
  override contains(item: Value): boolean {
    return typeof item === 'string' && this.names(item) !== undefined
  }
}

const packageLookup =
  (library: MacroLibrary, bind: (macro: Macro) => HostFunction): Lookup =>
  name => {
    const macros = name === 'dbt' ? library.internal : library.packages.get(name)
    return macros && new PackageNamespace(macros, bind)
  }

/**
 * Builds the context of one node: overrides, then macros (a macro shadows a built-in name), then
 * package namespaces, then navo's own names. Nothing is computed before a template asks for it.
 */
export const createScope = (options: ScopeOptions): NodeScope => {
  const { library, packageName, mode } = options
  const depth = { calls: 0 }
  const bound = new Map<Macro, HostFunction>()
  const macroLookup: Lookup = name => {
    const macro = findMacro(library, name, packageName)
    return macro && bind(macro)
  }
  const bind = (macro: Macro): HostFunction => {
    const known = bound.get(macro)
    if (known) return known
    const run = macroFunction(macro.definition(), {
      mode: mode.execute ? 'async' : 'sync',
      undefined: mode.undefined,
      lookup: scope.lookup,
    })
    const made = options.onCall ? noticed(macro, run) : run
    bound.set(macro, made)
    return made
  }
  const noticed = (macro: Macro, run: HostFunction): HostFunction => {
    const wrapped: HostFunction = (args, kwargs) => {
      if (depth.calls++ === 0) options.onCall?.(macro.node.unique_id)
      try {
        return run(args, kwargs)
      } finally {
        depth.calls--
      }
    }
    Object.defineProperty(wrapped, 'name', { value: macro.node.name })
    return wrapped
  }
  const builtins: Lookup = name => {
    for (const table of options.names) {
      const value = namesOf(table, scope)(name)
      if (value !== undefined) return value
    }
    return undefined
  }
  const layers = [macroLookup, packageLookup(library, bind), builtins]
  const scope: NodeScope = {
    invocation: options.invocation,
    facts: options.facts,
    library,
    packageName,
    node: options.node,
    mode,
    vars: options.vars ?? options.facts.vars(packageName),
    env: options.env ?? options.invocation.env,
    lookup: layered(options.overrides ? [options.overrides, ...layers] : layers),
    builtins: layered([builtins]),
    bind,
    relationClass: () => new RelationClass(options.facts.dialect, options.facts.quoting),
    columnClass: () => new ColumnClass(options.facts.dialect),
  }
  return scope
}

/** A dictionary that templates may change without changing what it was made from. */
export const dict = (entries: Readonly<Record<string, Value>>): PyDict =>
  new PyDict(Object.entries(entries))
