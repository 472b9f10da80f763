import { type Frame, quote } from './code-writer.ts'
import type { Expression } from './expressions.ts'
import { Scope } from './scope.ts'
import { StatementCompiler } from './statement-compiler.ts'
import type { Body, CallBlock, For, Macro, Parameter, Root, Target } from './statements.ts'
import type { Place } from './syntax-error.ts'
import type { MacroShape } from './template-macro.ts'
import { undeclared } from './undeclared.ts'
import { forEachPart, type SyntaxNode } from './walk.ts'

const assigns = (node: SyntaxNode, name: string): boolean => {
  const isAssignment =
    node.typename === 'Set' || node.typename === 'SetBlock' || node.typename === 'For'
  let found = isAssignment && namesIn(node.target, name)
  forEachPart(node, part => {
    found ||= assigns(part, name)
  })
  return found
}

const namesIn = (target: Target | Expression, name: string): boolean =>
  target.typename === 'Symbol'
    ? target.value === name
    : target.typename === 'Tuple' && target.children.some(item => namesIn(item, name))

interface MacroNode {
  readonly name: string | null
  readonly params: readonly Parameter[]
  readonly body: Body
  readonly place: Place
}

/** Makes JavaScript of whole templates and macros. */
export class Compiler extends StatementCompiler {
  /** `function () → output`, for a whole template. */
  compileRoot(root: Root): void {
    const scope = this.rootScope
    scope.visitAll(root.children)
    this.emitFunctionBody('', 'template', () => {
      this.emitDeclarations(scope)
      const frame = { scope, soft: false, inLoop: false }
      for (const statement of root.children) this.compile(statement, frame)
    })
    this.endFunction('c.fail', this.options.origin.file)
  }

  /** The macro object of a block that is compiled alone: its name is no variable. */
  compileDefinition(macro: Macro): void {
    const { name, params, body } = macro
    const shown = `dbt_macro__${name}`
    this.#emitMacro({ name: shown, params, body, place: macro }, this.rootScope, name)
  }

  compileFor(node: For, frame: Frame): void {
    const scope = new Scope(frame.scope)
    const loop =
      node.recursive || undeclared(node.body, ['loop']).size > 0 ? scope.declare('loop') : undefined
    if (assigns(node, 'loop')) {
      this.reject("Can't assign to special loop variable in for-loop target", node)
    }
    scope.storeTarget(node.target, true)
    scope.visit(node.body)
    if (!node.recursive) {
      this.#emitLoop(node, frame, {
        scope,
        loop,
        depth: '0',
        emitItems: () => this.compile(node.items, frame),
      })
      return
    }
    const recurse = this.temporary()
    this._emit(`${recurse}=`)
    this.emitFunctionBody('items,depth', 'loop', () => {
      const emitItems = (): void => this._emit('items')
      this.#emitLoop(node, frame, { scope, loop, depth: 'depth', recurse, emitItems })
    })
    this.endFunction('c.fail', '')
    this._emitLine(';')
    this.emitAppend(() =>
      this.emitAwaited(() => {
        this._emit(`${recurse}(`)
        this.compile(node.items, frame)
        this._emit(',0)')
      }),
    )
  }

  #emitLoop(
    node: For,
    frame: Frame,
    options: {
      readonly scope: Scope
      readonly loop: string | undefined
      readonly depth: string
      readonly recurse?: string
      readonly emitItems: () => void
    },
  ): void {
    const { scope, loop } = options
    const isEmpty = node.otherwise ? this.temporary() : undefined
    if (isEmpty) this._emitLine(`${isEmpty}=true;`)
    let { emitItems } = options
    if (node.test) {
      const kept = this.#emitFiltered(node, frame, emitItems)
      emitItems = () => this._emit(kept)
    }
    const context = loop ? this.temporary() : undefined
    const name = node.target.typename === 'Symbol' ? node.target.value : undefined
    const item = name === undefined ? this._tmpid() : scope.target(name)
    this._emit(`for(let ${item} of ${context ? `(${context}=` : ''}`)
    this.emitCallOf(loop ? 'loopOver' : 'iterate')
    emitItems()
    if (loop) this._emit(`,k,${options.depth},${options.recurse ?? 'undefined'}`)
    this._emitLine(`,${this.placeOf(node.items)})${context ? ')' : ''}){`)
    if (loop) this._emitLine(`let ${loop}=${context};`)
    const inner = { scope, soft: false, inLoop: true }
    if (name === undefined) {
      this.emitTargetNames([node.target], scope)
      this.emitAssignment(node.target, inner, () => this._emit(item))
    }
    this.emitScope(scope, node.body, inner)
    // As in Jinja2, an iteration that is left early does not count.
    if (isEmpty) this._emitLine(`${isEmpty}=false;`)
    this._emitLine('}')
    if (!node.otherwise) return
    const elseScope = new Scope(frame.scope)
    elseScope.visit(node.otherwise)
    this._emitLine(`if(${isEmpty}){`)
    this.emitScope(elseScope, node.otherwise, frame)
    this._emitLine('}')
  }

  /** The items that pass a loop's `if`. */
  #emitFiltered(node: For, frame: Frame, emitItems: () => void): string {
    const scope = new Scope(frame.scope)
    scope.storeTarget(node.target, true)
    scope.visit(node.test!)
    const inner = { scope, soft: false, inLoop: false }
    const kept = this.temporary()
    const item = this._tmpid()
    this._emit(`${kept}=[];for(let ${item} of `)
    this.emitCallOf('iterate')
    emitItems()
    this._emitLine(`,${this.placeOf(node.items)})){`)
    this.emitTargetNames([node.target], scope)
    this.emitAssignment(node.target, inner, () => this._emit(item))
    this.emitDeclarations(scope)
    this._emit('if(')
    this.emitCondition(node.test!, inner)
    this._emitLine(`)${kept}.push(${item})}`)
    return kept
  }

  compileMacro(node: Macro, frame: Frame): void {
    const { name, params, body } = node
    this._emit(`${frame.scope.target(name)}=`)
    this.#emitMacro({ name, params, body, place: node }, frame.scope, name)
    this._emitLine(';')
  }

  compileCallBlock(node: CallBlock, frame: Frame): void {
    const caller = this.temporary()
    this._emit(`${caller}=`)
    this.#emitMacro({ ...node, name: null, place: node }, frame.scope, 'caller')
    this._emitLine(';')
    this.emitAppend(() => this.emitCall(node.call, frame, caller))
  }

  /** `c.macro(shape, function)`; errors show it as `shown`. */
  #emitMacro(macro: MacroNode, outer: Scope, shown: string): void {
    const { params, body } = macro
    const scope = new Scope(outer)
    const special = undeclared(body, ['caller', 'kwargs', 'varargs'])
    const names = params.map(param => param.name)
    const explicit = params.find(param => param.name === 'caller')
    if (special.has('caller') && explicit && !explicit.fallback) {
      this.reject(
        'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
        macro.place,
      )
    }
    scope.declareParameters(params)
    const ids = names.map(name => scope.target(name))
    const extra = (['caller', 'kwargs', 'varargs'] as const).filter(
      name => special.has(name) && !names.includes(name),
    )
    for (const name of extra) ids.push(scope.declare(name))
    scope.visit(body)
    const shape: MacroShape = {
      name: macro.name,
      params: names,
      usesCaller: special.has('caller'),
      hasCaller: explicit !== undefined,
      usesKwargs: extra.includes('kwargs'),
      usesVarargs: extra.includes('varargs'),
    }
    this._emit(`c.macro(${JSON.stringify(shape)},`)
    const frame = { scope, soft: false, inLoop: false }
    this.emitFunctionBody(ids.join(','), macro.name === null ? 'caller' : 'macro', () => {
      this.emitDeclarations(scope)
      this.#emitDefaults(params, frame)
      this.compile(body, frame)
    })
    this.endFunction(macro.name === null ? 'c.fail' : 'c.leave', shown)
    this._emit(')')
  }

  #emitDefaults(params: readonly Parameter[], frame: Frame): void {
    const ids = params.map(param => frame.scope.target(param.name))
    for (const id of ids) this.pendingParameters.add(id)
    for (const [i, { name, fallback }] of params.entries()) {
      this._emit(`if(${ids[i]}===undefined)${ids[i]}=`)
      if (fallback) this.compile(fallback, frame)
      else this._emit(`c.parameter(${quote(name)})`)
      this._emitLine(';')
      this.pendingParameters.delete(ids[i]!)
    }
  }
}
