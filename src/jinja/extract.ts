import type { Call, Expression, Filter } from './expressions.ts'
import type {
  ConfigCall,
  DispatchCall,
  Extraction,
  Json,
  NameUse,
  RefCall,
  SourceCall,
  Undecidable,
  VariableCall,
} from './extraction.ts'
import { jsonObject, literalOf } from './literal.ts'
import { Scope } from './scope.ts'
import type { CallBlock, For, Macro, Statement, Target } from './statements.ts'
import { type Place, spanOf } from './syntax-error.ts'
import type { BlockDefinition, Template, TemplateSource } from './template.ts'
import { forEachPart, type SyntaxNode } from './walk.ts'

/** What records dependencies: their calls are listed, any other use is undecidable. */
const recorders = new Set(['ref', 'source', 'config'])
/** With these, a template can reach anything. */
const reachesAll = new Set(['builtins', 'context', 'render'])
/** Methods of config that record nothing. */
const harmlessConfig = new Set([
  'config.get',
  'config.meta_get',
  'config.meta_require',
  'config.persist_column_docs',
  'config.persist_relation_docs',
  'config.require',
])

/** Where the walk is: which variables there are, and whether this is sure to be evaluated. */
interface Position {
  readonly scope: Scope
  readonly conditional: boolean
}

/** `a.b.c` with its root; undefined for anything else. */
const dottedName = (
  node: Expression,
): { readonly root: string; readonly path: string } | undefined => {
  if (node.typename === 'Symbol') return { root: node.value, path: node.value }
  if (node.typename !== 'Attribute') return undefined
  const target = dottedName(node.target)
  return target && { root: target.root, path: `${target.path}.${node.name}` }
}

const isText = (value: Json | undefined): value is string => typeof value === 'string'

class Extractor {
  readonly refs: RefCall[] = []
  readonly sources: SourceCall[] = []
  readonly configs: ConfigCall[] = []
  readonly vars: VariableCall[] = []
  readonly envVars: VariableCall[] = []
  readonly dispatches: DispatchCall[] = []
  readonly undecidable: Undecidable[] = []
  readonly #uses = new Map<string, NameUse>()

  constructor(readonly origin: TemplateSource) {}

  result(): Extraction {
    const { refs, sources, configs, vars, envVars, dispatches, undecidable } = this
    const uses = [...this.#uses.values()]
    return { refs, sources, configs, vars, envVars, dispatches, uses, undecidable }
  }

  #doubt(reason: Undecidable['reason'], name: string, place: Place): void {
    this.undecidable.push({ reason, name, at: spanOf(this.origin, place) })
  }

  #use(name: string, called: boolean, place: Place, { conditional }: Position): void {
    const known = this.#uses.get(name)
    if (known && (known.called || !called) && (conditional || !known.conditional)) return
    this.#uses.set(name, {
      name,
      called: called || known?.called === true,
      conditional: conditional && known?.conditional !== false,
      at: known?.at ?? spanOf(this.origin, place),
    })
  }

  /** Enters a scope: its variables may begin with a value of the context. */
  enter(scope: Scope, conditional: boolean, place: Place): Position {
    const position = { scope, conditional }
    for (const [, load] of scope.declarations()) {
      if (load.from === 'context') this.#read(load.name, load.name, false, place, position)
    }
    for (const name of scope.names()) {
      if (recorders.has(name) && scope.read(name)) this.#doubt('shadowed', name, place)
    }
    return position
  }

  walkAll(statements: readonly SyntaxNode[], position: Position): void {
    for (const statement of statements) this.walk(statement, position)
  }

  walk(node: SyntaxNode, position: Position): void {
    const maybe = (): Position => ({ ...position, conditional: true })
    switch (node.typename) {
      case 'Symbol':
      case 'Attribute':
        this.#name(node, false, position)
        return
      case 'FunCall':
        this.#call(node, position)
        return
      case 'InlineIf':
        this.walk(node.condition, position)
        this.walk(node.body, maybe())
        if (node.otherwise) this.walk(node.otherwise, maybe())
        return
      case 'BinOp': {
        const isLogic = node.operator === 'and' || node.operator === 'or'
        this.walk(node.left, position)
        this.walk(node.right, isLogic ? maybe() : position)
        return
      }
      case 'Compare':
        this.walk(node.first, position)
        for (const [i, { value }] of node.operands.entries()) {
          this.walk(value, i === 0 ? position : maybe())
        }
        return
      case 'If':
        this.walk(node.condition, position)
        this.walkAll([node.body, ...node.elifs], maybe())
        if (node.otherwise) this.walk(node.otherwise, maybe())
        return
      default:
        this.#scoped(node, position)
    }
  }

  // Statements with variables of their own.
  #scoped(node: SyntaxNode, position: Position): void {
    switch (node.typename) {
      case 'Set':
        this.walk(node.value, position)
        return
      case 'For':
        this.#for(node, position)
        return
      case 'SetBlock':
        this.#body([node.body], node.filter, position)
        return
      case 'FilterBlock':
        this.#body([node.body], node.filter, position)
        return
      case 'Block':
        // A block sees no variables of what it stands in.
        this.#body([node.body], null, { ...position, scope: new Scope(null) })
        return
      case 'With': {
        this.walkAll(node.values, position)
        const scope = new Scope(position.scope)
        for (const target of node.targets) scope.storeTarget(target, true)
        scope.visit(node.body)
        this.walk(node.body, this.enter(scope, position.conditional, node))
        return
      }
      case 'CallBlock':
        this.walk(node.call, position)
        this.macro(node, position.scope)
        return
      case 'Macro':
        this.macro(node, position.scope)
        return
      default:
        forEachPart(node, part => this.walk(part, position))
    }
  }

  #body(
    body: readonly Statement[] | readonly SyntaxNode[],
    filter: Filter | null,
    position: Position,
  ) {
    const scope = new Scope(position.scope)
    for (const part of body) scope.visit(part)
    if (filter) scope.visit(filter)
    const inner = this.enter(scope, position.conditional, body[0]!)
    this.walkAll(body, inner)
    if (filter) this.walk(filter, inner)
  }

  #for(node: For, position: Position): void {
    this.walk(node.items, position)
    const scope = new Scope(position.scope)
    scope.declare('loop')
    scope.storeTarget(node.target as Target, true)
    if (node.test) scope.visit(node.test)
    scope.visit(node.body)
    const inner = this.enter(scope, true, node)
    if (node.test) this.walk(node.test, inner)
    this.walk(node.body, inner)
    if (!node.otherwise) return
    const otherwise = new Scope(position.scope)
    otherwise.visit(node.otherwise)
    this.walk(node.otherwise, this.enter(otherwise, true, node))
  }

  /** The defaults and body of a macro or call block. */
  macro(node: Macro | CallBlock, outer: Scope): void {
    const scope = new Scope(outer)
    scope.declareParameters(node.params)
    for (const name of ['caller', 'varargs', 'kwargs']) scope.declare(name)
    scope.visit(node.body)
    const inner = this.enter(scope, true, node)
    for (const { fallback } of node.params) if (fallback) this.walk(fallback, inner)
    this.walk(node.body, inner)
  }

  /** Notes a dotted name; walks into what it is an attribute of when it is none. */
  #name(node: Expression, called: boolean, position: Position): string | undefined {
    const dotted = dottedName(node)
    if (!dotted) {
      this.walkAll(node.typename === 'Attribute' ? [node.target] : [node], position)
      return undefined
    }
    if (position.scope.read(dotted.root)) return undefined
    this.#read(dotted.root, dotted.path, called, node, position)
    return dotted.path
  }

  #read(root: string, path: string, called: boolean, place: Place, position: Position): void {
    this.#use(path, called, place, position)
    if (reachesAll.has(root)) this.#doubt('indirect', root, place)
    if (!recorders.has(root) || (called && path === root)) return
    if (!harmlessConfig.has(path)) this.#doubt('indirect', root, place)
  }

  #call(node: Call, position: Position): void {
    const name = this.#name(node.callee, true, position)
    const { positional, keywords, list, dict } = node.args
    this.walkAll(positional, position)
    for (const { value } of keywords) this.walk(value, position)
    if (list) this.walk(list, position)
    if (dict) this.walk(dict, position)
    if (name === undefined) return
    if (recorders.has(name) && position.conditional) this.#doubt('conditional', name, node)
    const isOpen = list !== null || dict !== null
    if (name === 'var') this.vars.push(this.#variable(node))
    else if (name === 'env_var') this.envVars.push(this.#variable(node))
    else if (name === 'ref' && (isOpen || !this.#ref(node))) this.#doubtArguments(name, node)
    else if (name === 'source' && (isOpen || !this.#source(node))) this.#doubtArguments(name, node)
    else if (name === 'config' && (isOpen || !this.#config(node))) this.#doubtArguments(name, node)
    else if (name === 'adapter.dispatch' && (isOpen || !this.#dispatch(node))) {
      this.#doubt('dynamic-dispatch', name, node)
    }
  }

  #doubtArguments(name: string, place: Place): void {
    this.#doubt('dynamic-argument', name, place)
  }

  #variable(node: Call): VariableCall {
    const { positional, keywords } = node.args
    const argument = (i: number, ...names: readonly string[]): Expression | undefined =>
      positional[i] ?? keywords.find(keyword => names.includes(keyword.name))?.value
    const nameNode = argument(0, 'name', 'var')
    const fallback = argument(1, 'default')
    const name = nameNode && literalOf(nameNode)?.value
    const literal = fallback && literalOf(fallback)
    return {
      name: isText(name) ? name : null,
      hasDefault: fallback !== undefined,
      ...(literal && { default: literal.value }),
      at: spanOf(this.origin, node),
    }
  }

  #ref(node: Call): boolean {
    const { positional, keywords } = node.args
    const names = positional.map(argument => literalOf(argument)?.value)
    if (names.length < 1 || names.length > 2 || !names.every(isText)) return false
    let version: string | number | null = null
    for (const keyword of keywords) {
      const value = literalOf(keyword.value)?.value
      if (keyword.name !== 'v' && keyword.name !== 'version') return false
      if (value !== null && typeof value !== 'string' && typeof value !== 'number') return false
      if (value) version = value
    }
    const [first, second] = names
    const at = spanOf(this.origin, node)
    this.refs.push({
      package: second === undefined ? null : first!,
      name: second ?? first!,
      version,
      at,
    })
    return true
  }

  #source(node: Call): boolean {
    const { positional, keywords } = node.args
    const [source, table, ...rest] = positional.map(argument => literalOf(argument)?.value)
    if (!isText(source) || !isText(table) || rest.length > 0 || keywords.length > 0) return false
    this.sources.push({ source, table, at: spanOf(this.origin, node) })
    return true
  }

  #config(node: Call): boolean {
    const { positional, keywords } = node.args
    const at = spanOf(this.origin, node)
    if (positional.length === 1 && keywords.length === 0) {
      const value = literalOf(positional[0]!)?.value
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
      this.configs.push({ values: value as ConfigCall['values'], at })
      return true
    }
    if (positional.length > 0 || keywords.length === 0) return false
    const entries: (readonly [string, Json])[] = []
    for (const { name, value } of keywords) {
      const literal = literalOf(value)
      if (!literal) return false
      entries.push([name, literal.value])
    }
    const values = jsonObject(entries)
    if (values) this.configs.push({ values, at })
    return values !== undefined
  }

  #dispatch(node: Call): boolean {
    const { positional, keywords } = node.args
    const argument = (i: number, name: string): Json | undefined => {
      const found = positional[i] ?? keywords.find(keyword => keyword.name === name)?.value
      return found ? literalOf(found)?.value : null
    }
    const macro = argument(0, 'macro_name')
    const namespace = argument(1, 'macro_namespace')
    if (!isText(macro) || (namespace !== null && !isText(namespace))) return false
    this.dispatches.push({ macro, namespace, at: spanOf(this.origin, node) })
    return true
  }
}

/** What can be known of a template or block without rendering it. */
export const extract = (of: Template | BlockDefinition): Extraction => {
  if ('root' in of) {
    const extractor = new Extractor(of)
    const scope = new Scope(null)
    scope.visitAll(of.root.children)
    extractor.walkAll(of.root.children, extractor.enter(scope, false, of.root))
    return extractor.result()
  }
  const { macro } = of
  if (!macro) throw new Error(`a ${of.kind} block is no template`)
  const extractor = new Extractor(macro.origin)
  extractor.macro(macro.node, new Scope(null))
  return extractor.result()
}
