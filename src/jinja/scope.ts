import type { Expression } from './expressions.ts'
import type { Body, If, Parameter, Statement, Target } from './statements.ts'
import { forEachPart, type SyntaxNode } from './walk.ts'

/** What a variable holds when its scope is entered. */
export type Load =
  | { readonly from: 'parameter' }
  | { readonly from: 'context'; readonly name: string }
  | { readonly from: 'outer'; readonly id: string }
  | { readonly from: 'nothing' }

const parameter: Load = { from: 'parameter' }
const nothing: Load = { from: 'nothing' }

// `l0_name`: the level keeps scopes apart; what JavaScript might not take in a name is spelled out.
const identifier = (level: number, name: string): string =>
  `l${level}_${name.replace(/[^A-Za-z0-9_]/gu, c => `$${c.codePointAt(0)!.toString(16)}$`)}`

/**
 * Jinja2's rules for which variable a name means. A scope (template, macro, loop body, block …) is
 * analysed as a whole before code is made of it: a name that is assigned anywhere in it is its own
 * from the start, with the outer value at first; a name that is only read belongs to the nearest
 * scope outside that has it, and else to the context. The branches of an `if` share a scope.
 */
export class Scope {
  readonly level: number
  readonly #loads = new Map<string, Load>()
  readonly #stores = new Set<string>()

  /** A level is given to a scope that has none outside of it but must not clash with any. */
  constructor(
    readonly parent: Scope | null,
    level = parent ? parent.level + 1 : 0,
  ) {
    this.level = level
  }

  /** The variables to declare on entry. A context name that is only read needs none. */
  *declarations(): Generator<readonly [id: string, load: Load]> {
    for (const [name, load] of this.#loads) {
      if (load.from === 'parameter' || this.#isContextRead(name, load)) continue
      yield [identifier(this.level, name), load]
    }
  }

  #isContextRead(name: string, load: Load): boolean {
    return load.from === 'context' && !this.#stores.has(name)
  }

  /** The names that mean something in this scope itself. */
  names(): Iterable<string> {
    return this.#loads.keys()
  }

  /** Where a name is read from: a variable that may be unset, one that is set, or the context. */
  read(name: string): { readonly id: string; readonly isSet: boolean } | undefined {
    const load = this.#loads.get(name)
    if (load === undefined) return this.parent?.read(name)
    if (this.#isContextRead(name, load)) return undefined
    return { id: identifier(this.level, name), isSet: load.from === 'parameter' }
  }

  /** The variable to assign a name of this scope to. */
  target(name: string): string {
    return identifier(this.level, name)
  }

  #knows(name: string): boolean {
    return this.#loads.has(name) || (this.parent ? this.parent.#knows(name) : false)
  }

  declare(name: string): string {
    this.#stores.add(name)
    this.#loads.set(name, parameter)
    return this.target(name)
  }

  #outer(name: string, otherwise: Load): Load {
    if (!this.parent) return otherwise
    const outer = this.parent.read(name)
    if (outer) return { from: 'outer', id: outer.id }
    // The outer scope may know it as a name of the context.
    return this.parent.#knows(name) ? { from: 'context', name } : otherwise
  }

  #store(name: string): void {
    this.#stores.add(name)
    if (!this.#loads.has(name)) this.#loads.set(name, this.#outer(name, nothing))
  }

  #load(name: string): void {
    if (!this.#knows(name)) this.#loads.set(name, { from: 'context', name })
  }

  storeTarget(target: Target | Expression, asParameter = false): void {
    switch (target.typename) {
      case 'Symbol':
        if (asParameter) this.declare(target.value)
        else this.#store(target.value)
        return
      case 'NamespaceTarget':
        this.#load(target.name)
        return
      case 'Tuple':
        for (const item of target.children) this.storeTarget(item, asParameter)
    }
  }

  declareParameters(params: readonly Parameter[]): void {
    for (const param of params) this.declare(param.name)
    for (const param of params) if (param.fallback) this.visit(param.fallback)
  }

  /** Notes what a node reads and assigns in this scope; inner scopes are left out. */
  visit(node: SyntaxNode): void {
    switch (node.typename) {
      case 'Symbol':
        this.#load(node.value)
        return
      case 'If':
        this.visit(node.condition)
        this.#branches(node)
        return
      case 'For':
        this.visit(node.items)
        return
      case 'Set':
        this.visit(node.value)
        this.storeTarget(node.target)
        return
      case 'SetBlock':
        this.storeTarget(node.target)
        return
      case 'Macro':
        this.#store(node.name)
        return
      case 'CallBlock':
        this.visit(node.call)
        return
      case 'FilterBlock':
        this.visit(node.filter)
        return
      case 'With':
        for (const value of node.values) this.visit(value)
        return
      case 'TemplateRef':
        for (const name of node.stores) this.#store(name)
        return
      case 'Block':
        return
      default:
        forEachPart(node, this.#visitPart)
    }
  }

  visitAll(nodes: Body | readonly Statement[]): void {
    for (const node of 'children' in nodes ? nodes.children : nodes) this.visit(node)
  }

  readonly #visitPart = (part: SyntaxNode): void => this.visit(part)

  #branches({ body, elifs, otherwise }: If): void {
    const before = this.#stores.size
    this.visit(body)
    for (const elif of elifs) this.visit(elif)
    if (otherwise) this.visit(otherwise)
    if (this.#stores.size === before) return
    // Assigned in one branch only, a name keeps what it had outside in the others.
    for (const name of [...this.#stores].slice(before)) {
      this.#loads.set(name, this.#outer(name, { from: 'context', name }))
    }
  }
}
