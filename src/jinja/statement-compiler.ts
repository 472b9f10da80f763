import { type Frame, quote } from './code-writer.ts'
import { isConstant } from './constant.ts'
import { ExpressionCompiler } from './expression-compiler.ts'
import type { Call, Expression } from './expressions.ts'
import { Scope } from './scope.ts'
import type {
  Block,
  Body,
  Do,
  FilterBlock,
  If,
  Jump,
  Output,
  SetBlock,
  SetStatement,
  Target,
  TemplateData,
  TemplateRef,
  With,
} from './statements.ts'

/** Makes JavaScript of Jinja2's statements, loops and macros excepted. */
export class StatementCompiler extends ExpressionCompiler {
  readonly #blocks = new Set<string>()

  emitFunctionBody(
    params: string,
    kind: 'template' | 'macro' | 'caller' | 'loop',
    emit: () => void,
  ) {
    const outer = this.buffer
    this.beginFunction(params, kind)
    this.buffer = 'o'
    emit()
    this.buffer = outer
  }

  compileNodeList(body: Body, frame: Frame): void {
    for (const statement of body.children) this.compile(statement, frame)
  }

  /** `{ declarations, body }` in a scope of its own. */
  emitScope(scope: Scope, body: Body, frame: Frame): void {
    this.emitDeclarations(scope)
    this.compile(body, { ...frame, scope })
  }

  compileOutput(node: Output, frame: Frame): void {
    for (const child of node.children) {
      if (child.typename === 'TemplateData') this.#emitData(child)
      else if (this.#isReturn(child, frame)) this.#emitReturn(child, frame, true)
      else this.#emitOutput(child, frame)
    }
  }

  #emitData({ value }: TemplateData): void {
    if (this.isNativeOutput) this._emitLine(`o.push(${quote(value)});`)
    else this._emitLine(`${this.buffer}+=${quote(value)};`)
  }

  #emitOutput(node: Expression, frame: Frame): void {
    if (this.isNativeOutput) {
      this._emit(isConstant(node) ? 'o.push(c.constant(' : 'o.push((')
      this.compile(node, frame)
      this._emitLine('));')
      return
    }
    // Awaiting in `o+=await …` is harmless: nothing else appends to a buffer meanwhile.
    this._emit(`${this.buffer}+=`)
    this.emitText(node, frame)
    this._emitLine(';')
  }

  // `return(value)` where the context's own function is sure to end this very function.
  #isReturn(node: Expression, frame: Frame): node is Call {
    if (node.typename !== 'FunCall' || node.callee.typename !== 'Symbol') return false
    const { positional, keywords, list, dict } = node.args
    return (
      node.callee.value === 'return' &&
      this.function.isMacro &&
      frame.scope.read('return') === undefined &&
      positional.length === 1 &&
      keywords.length === 0 &&
      !list &&
      !dict
    )
  }

  #emitReturn(node: Call, frame: Frame, isPrinted: boolean): void {
    const callee = this.temporary()
    const value = this.temporary()
    this._emit(`${callee}=c.get("return");${value}=`)
    this.compile(node.args.positional[0]!, frame)
    this.helpersUsed.add('returnFunction')
    this._emit(`;if(${callee}===returnFunction)return ${value};`)
    if (isPrinted) {
      this._emit(`${this.buffer}+=`)
      this.emitCallOf('toStr')
    }
    this.emitAwaited(() => {
      this.helpersUsed.add('noKeywords')
      this.emitHelper('call', frame, [callee, `[${value}]`, 'noKeywords'], node)
    })
    this._emitLine(isPrinted ? ');' : ';')
  }

  compileDo({ expression }: Do, frame: Frame): void {
    if (this.#isReturn(expression, frame)) {
      this.#emitReturn(expression, frame, false)
      return
    }
    this._emit('void(')
    this.compile(expression, frame)
    this._emitLine(');')
  }

  compileIf(node: If, frame: Frame): void {
    const soft = { ...frame, soft: true }
    for (const [i, { condition, body }] of [node, ...node.elifs].entries()) {
      this._emit(i > 0 ? '}else if(' : 'if(')
      this.emitCondition(condition, soft)
      this._emitLine('){')
      this.compile(body, soft)
    }
    if (node.otherwise) {
      this._emitLine('}else{')
      this.compile(node.otherwise, soft)
    }
    this._emitLine('}')
  }

  compileSet({ target, value }: SetStatement, frame: Frame): void {
    this.emitAssignment(target, frame, () => this.compile(value, frame))
  }

  emitAssignment(target: Target | Expression, frame: Frame, emitValue: () => void): void {
    switch (target.typename) {
      case 'Symbol':
        this._emit(`${frame.scope.target(target.value)}=`)
        emitValue()
        break
      case 'NamespaceTarget': {
        const namespace = this.temporary()
        this._emit(`${namespace}=c.namespace(`)
        this.emitName(target.name, frame)
        this._emit(`,${this.placeOf(target)});${namespace}.assign(${quote(target.attribute)},`)
        emitValue()
        this._emit(')')
        break
      }
      case 'Tuple': {
        const items = this.temporary()
        this._emit(`${items}=`)
        this.emitCallOf('unpack')
        emitValue()
        this._emitLine(`,${target.children.length},${this.placeOf(target)});`)
        for (const [i, item] of target.children.entries()) {
          this.emitAssignment(item, frame, () => this._emit(`${items}[${i}]`))
        }
        break
      }
    }
    this._emitLine(';')
  }

  /** A body whose output becomes the variable whose name is given. */
  #emitCaptured(scope: Scope, body: Body, frame: Frame, emitUse: (buffer: string) => void): void {
    this._emitLine('{')
    const buffer = this._pushBuffer()
    this.emitScope(scope, body, frame)
    this._popBuffer()
    emitUse(buffer)
    this._emitLine('}')
  }

  compileSetBlock(node: SetBlock, frame: Frame): void {
    const scope = new Scope(frame.scope)
    scope.visit(node.body)
    const { filter } = node
    if (filter) scope.visit(filter)
    this.#emitCaptured(scope, node.body, frame, buffer => {
      this.emitAssignment(node.target, frame, () => {
        if (filter) this.emitFilter(filter, { ...frame, scope }, buffer)
        else this._emit(buffer)
      })
    })
  }

  compileFilterBlock(node: FilterBlock, frame: Frame): void {
    const scope = new Scope(frame.scope)
    scope.visit(node.body)
    scope.visit(node.filter)
    this.#emitCaptured(scope, node.body, frame, buffer => {
      this.emitAppend(() => this.emitFilter(node.filter, { ...frame, scope }, buffer))
    })
  }

  emitAppend(emitValue: () => void): void {
    if (this.isNativeOutput) this._emit('o.push(')
    else {
      this._emit(`${this.buffer}+=`)
      this.emitCallOf('toStr')
    }
    emitValue()
    this._emitLine(');')
  }

  compileWith(node: With, frame: Frame): void {
    const scope = new Scope(frame.scope)
    for (const target of node.targets) scope.storeTarget(target, true)
    scope.visit(node.body)
    const inner = { ...frame, scope }
    this._emitLine('{')
    this.emitTargetNames(node.targets, scope)
    this.emitDeclarations(scope)
    for (const [i, target] of node.targets.entries()) {
      this.emitAssignment(target, inner, () => this.compile(node.values[i]!, frame))
    }
    this.compile(node.body, inner)
    this._emitLine('}')
  }

  emitTargetNames(targets: readonly (Target | Expression)[], scope: Scope): void {
    for (const target of targets) {
      if (target.typename === 'Symbol') this._emitLine(`let ${scope.target(target.value)};`)
      else if (target.typename === 'Tuple') this.emitTargetNames(target.children, scope)
    }
  }

  compileBlock(node: Block, frame: Frame): void {
    if (this.#blocks.has(node.name)) this.reject(`block '${node.name}' defined twice`, node)
    this.#blocks.add(node.name)
    // A block sees the context and what the template has added to it, not what it stands in.
    const scope = new Scope(null, 1)
    scope.visit(node.body)
    this._emitLine('{')
    this.emitScope(scope, node.body, { ...frame, inLoop: false })
    this._emitLine('}')
  }

  compileJump(node: Jump, frame: Frame): void {
    if (!frame.inLoop) {
      const problem = node.kind === 'break' ? 'outside loop' : 'not properly in loop'
      this.reject(`'${node.kind}' ${problem}`, node)
    }
    this._emitLine(`${node.kind};`)
  }

  compileTemplateRef(node: TemplateRef): void {
    this._emitLine(`c.noLoader(${this.placeOf(node)});`)
  }
}
