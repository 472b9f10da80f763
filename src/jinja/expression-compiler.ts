import { CodeWriter, type Frame, quote } from './code-writer.ts'
import type {
  Arguments,
  Attribute,
  Binary,
  BinaryOperator,
  Call,
  Compare,
  CompareOperator,
  Dict,
  Expression,
  Filter,
  InlineIf,
  Item,
  List,
  Literal,
  Name,
  Slice,
  Test,
  Tuple,
  Unary,
} from './expressions.ts'
import { textFilters } from './filters/index.ts'
import type { Helper } from './helpers.ts'
import { PyFloat } from './python/values.ts'
import { tests } from './tests/index.ts'

const binaryHelpers: Readonly<Record<Exclude<BinaryOperator, 'and' | 'or'>, Helper>> = {
  '~': 'concat',
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
}

const compareHelpers: Readonly<Record<CompareOperator, Helper>> = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  in: 'inside',
  'not in': 'inside',
}

const isBoolean = (node: Expression): boolean =>
  node.typename === 'Compare' ||
  node.typename === 'Is' ||
  (node.typename === 'UnaryOp' && node.operator === 'not') ||
  (node.typename === 'Literal' && typeof node.value === 'boolean')

/** Makes JavaScript of Jinja2's expressions. Each method emits one expression. */
export class ExpressionCompiler extends CodeWriter {
  /** Parameters whose defaults are still to be evaluated: they may be unset. */
  readonly pendingParameters = new Set<string>()

  /** `helper(part, …)`; with a place, the call sets it. */
  emitHelper(
    helper: Helper,
    frame: Frame,
    parts: readonly (Expression | string)[],
    place?: Expression | Slice,
  ): void {
    this.emitCallOf(helper)
    this.#emitParts(parts, frame)
    this._emit(place ? `,${this.placeOf(place)})` : ')')
  }

  #emitParts(parts: readonly (Expression | string)[], frame: Frame): void {
    for (const [i, part] of parts.entries()) {
      if (i > 0) this._emit(',')
      if (typeof part === 'string') this._emit(part)
      else this.compile(part, frame)
    }
  }

  compileLiteral({ value }: Literal): void {
    if (value instanceof PyFloat) {
      this.emitCallOf('float')
      this._emit(`${value.value})`)
    } else if (typeof value === 'string') this._emit(quote(value))
    else this._emit(typeof value === 'bigint' ? `${value}n` : String(value))
  }

  compileSymbol({ value: name }: Name, frame: Frame): void {
    this.emitName(name, frame)
  }

  /** The value of a variable. */
  emitName(name: string, frame: Frame): void {
    const variable = frame.scope.read(name)
    if (!variable) this._emit(this.contextRead('get', name))
    else if (variable.isSet && !this.pendingParameters.has(variable.id)) this._emit(variable.id)
    else this._emit(`(${variable.id}===undefined?c.undef(${quote(name)}):${variable.id})`)
  }

  compileArray(node: List, frame: Frame): void {
    this._emit('[')
    this.#emitParts(node.children, frame)
    this._emit(']')
  }

  compileTuple(node: Tuple, frame: Frame): void {
    this.emitCallOf('tuple')
    this._emit('[')
    this.#emitParts(node.children, frame)
    this._emit('])')
  }

  compileDict(node: Dict, frame: Frame): void {
    this.emitCallOf('dict')
    this._emit('[')
    for (const { key, value } of node.children) {
      this._emit('[')
      this.#emitParts([key, value], frame)
      this._emit('],')
    }
    this._emit(`],${this.placeOf(node)})`)
  }

  compileAttribute(node: Attribute, frame: Frame): void {
    this.emitHelper('getAttribute', frame, [node.target, quote(node.name), 'k'], node)
  }

  compileLookupVal(node: Item, frame: Frame): void {
    const { target, key } = node
    if (key.typename !== 'Slice') {
      this.emitHelper('getItem', frame, [target, key, 'k'], node)
      return
    }
    const bounds = [key.start ?? 'null', key.stop ?? 'null', key.step ?? 'null']
    this.emitHelper('getSlice', frame, [target, ...bounds], node)
  }

  compileFunCall(node: Call, frame: Frame): void {
    this.emitCall(node, frame)
  }

  /** A call; `caller` is code of the value to pass as such besides. */
  emitCall(node: Call, frame: Frame, caller?: string): void {
    this.emitAwaited(() => {
      const { callee } = node
      if (callee.typename === 'Attribute') {
        this.emitCallOf('callMethod')
        this.#emitParts([callee.target, quote(callee.name)], frame)
      } else {
        this.emitCallOf('call')
        this.compile(callee, frame)
      }
      this._emit(',')
      this.#emitArguments(node.args, frame, { caller })
      const kind = callee.typename === 'Attribute' ? ',k' : ''
      this._emit(`${kind},${this.placeOf(node)})`)
    })
  }

  /** `[first, a, b, ...c], keywords` */
  #emitArguments(
    args: Arguments,
    frame: Frame,
    extra: { readonly emitFirst?: () => void; readonly caller?: string },
  ): void {
    this._emit('[')
    if (extra.emitFirst) {
      extra.emitFirst()
      this._emit(',')
    }
    for (const argument of args.positional) {
      this.compile(argument, frame)
      this._emit(',')
    }
    if (args.list) {
      this._emit('...')
      this.emitHelper('spread', frame, [args.list], args.list)
    }
    this._emit('],')
    this.#emitKeywords(args, frame, extra.caller)
  }

  #emitKeywords({ keywords, dict }: Arguments, frame: Frame, caller?: string): void {
    if (keywords.length === 0 && !dict && caller === undefined) {
      this.helpersUsed.add('noKeywords')
      this._emit('noKeywords')
      return
    }
    if (dict) this.emitCallOf('keywords')
    this._emit(dict ? '[' : 'new Map([')
    for (const [i, { name, value }] of keywords.entries()) {
      if (keywords.findIndex(other => other.name === name) < i) {
        this.reject(`keyword argument repeated: ${name}`, value)
      }
      this._emit(`[${quote(name)},`)
      this.compile(value, frame)
      this._emit('],')
    }
    if (caller !== undefined) this._emit(`["caller",${caller}]`)
    this._emit(dict ? '],' : '])')
    if (!dict) return
    this.compile(dict, frame)
    this._emit(`,${this.placeOf(dict)})`)
  }

  compileFilter(node: Filter, frame: Frame): void {
    this.emitFilter(node, frame, 'null')
  }

  /** A chain of filters; `input` is code of what goes into its innermost. */
  emitFilter(node: Filter, frame: Frame, input: string): void {
    if (!textFilters.has(node.name) && !frame.soft) {
      this.reject(`No filter named '${node.name}'.`, node)
    }
    this._emit(`c.filter(${quote(node.name)},`)
    const emitFirst = (): void => {
      if (node.input === null) this._emit(input)
      else if (node.input.typename === 'Filter') this.emitFilter(node.input, frame, input)
      else this.compile(node.input, frame)
    }
    this.#emitArguments(node.args, frame, { emitFirst })
    this._emit(`,${this.placeOf(node)})`)
  }

  compileIs(node: Test, frame: Frame): void {
    const { name, args, value } = node
    if (!tests.has(name) && !frame.soft) this.reject(`No test named '${name}'.`, node)
    const isPlain = args.positional.length === 0 && args.keywords.length === 0 && !args.list
    if (isPlain && name === 'defined') {
      this.emitHelper('isDefined', frame, [value])
      return
    }
    this._emit(`c.test(${quote(name)},`)
    this.#emitArguments(args, frame, { emitFirst: () => this.compile(value, frame) })
    this._emit(`,${this.placeOf(node)})`)
  }

  compileBinOp(node: Binary, frame: Frame): void {
    const { operator, left, right } = node
    if (operator === 'and' || operator === 'or') {
      const value = this.temporary()
      this._emit('(')
      this.emitCallOf('truthy')
      this._emit(`${value}=`)
      this.compile(left, frame)
      this._emit(operator === 'and' ? ')?' : `)?${value}:`)
      this.compile(right, frame)
      this._emit(operator === 'and' ? `:${value})` : ')')
      return
    }
    // Concatenation takes any number of parts, a place among them would be printed.
    const place = operator === '~' ? undefined : node
    this.emitHelper(binaryHelpers[operator], frame, [left, right], place)
  }

  compileUnaryOp(node: Unary, frame: Frame): void {
    if (node.operator === 'not') {
      this._emit('!')
      this.emitCondition(node.operand, frame)
    } else this.emitHelper(node.operator === '-' ? 'neg' : 'pos', frame, [node.operand], node)
  }

  compileCompare(node: Compare, frame: Frame): void {
    let left: Expression | string = node.first
    const { operands } = node
    if (operands.length > 1) this._emit('(')
    for (const [i, operand] of operands.entries()) {
      if (i > 0) this._emit('&&')
      if (operand.operator === 'not in') this._emit('!')
      this.emitCallOf(compareHelpers[operand.operator])
      this.#emitParts([left], frame)
      this._emit(',')
      if (i < operands.length - 1) {
        // The next comparison begins with this value, which is evaluated once.
        left = this.temporary()
        this._emit(`${left}=`)
      }
      this.compile(operand.value, frame)
      this._emit(`,${this.placeOf(node)})`)
    }
    if (operands.length > 1) this._emit(')')
  }

  compileInlineIf(node: InlineIf, frame: Frame): void {
    const soft = { ...frame, soft: true }
    this._emit('(')
    this.emitCondition(node.condition, frame)
    this._emit('?')
    this.compile(node.body, soft)
    this._emit(':')
    if (node.otherwise) this.compile(node.otherwise, soft)
    else this._emit(`c.elseless(${node.lineno + 1})`)
    this._emit(')')
  }

  /** A value as a JavaScript condition. */
  emitCondition(node: Expression, frame: Frame): void {
    if (isBoolean(node)) {
      this._emit('(')
      this.compile(node, frame)
      this._emit(')')
    } else if (node.typename === 'BinOp' && (node.operator === 'and' || node.operator === 'or')) {
      this._emit('(')
      this.emitCondition(node.left, frame)
      this._emit(node.operator === 'and' ? '&&' : '||')
      this.emitCondition(node.right, frame)
      this._emit(')')
    } else this.emitHelper('truthy', frame, [node])
  }

  /** A value as text. */
  emitText(node: Expression, frame: Frame): void {
    const isText =
      (node.typename === 'Literal' && typeof node.value === 'string') ||
      (node.typename === 'BinOp' && node.operator === '~')
    if (isText) this.compile(node, frame)
    else this.emitHelper('toStr', frame, [node])
  }
}
