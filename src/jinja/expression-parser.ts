import {
  type Arguments,
  Attribute,
  Binary,
  type BinaryOperator,
  Call,
  Compare,
  type CompareOperator,
  type Constant,
  Dict,
  type Expression,
  Filter,
  InlineIf,
  Item,
  type Keyword,
  List,
  Literal,
  Name,
  Operand,
  Pair,
  Slice,
  Test,
  Tuple,
  Unary,
} from './expressions.ts'
import { between } from './syntax-error.ts'
import { TokenParser } from './token-parser.ts'
import { describeToken, endsExpression, type Token } from './tokens.ts'

const constants: ReadonlyMap<string, Constant> = new Map<string, Constant>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
])

const noArguments: Arguments = { positional: [], keywords: [], list: null, dict: null }

// Behind a test's name, these begin its argument although it stands without parentheses.
const startsTestArgument: ReadonlySet<string> = new Set('symbol string int float [ {'.split(' '))

/**
 * Jinja2's expressions. Unlike nunjucks': `is` binds tightest, `~` above `+`, `* / // %` alike,
 * comparisons chain, tuples, slices, `*args` and `**kwargs`, strings side by side join.
 */
export class ExpressionParser extends TokenParser {
  override parseExpression(): Expression {
    let node = this.parseOr()
    while (this.skipSymbol('if')) {
      const condition = this.parseOr()
      const otherwise = this.skipSymbol('else') ? this.parseExpression() : null
      node = new InlineIf(between(node, otherwise ?? condition), condition, node, otherwise)
    }
    return node
  }

  parseOr(): Expression {
    let first: Expression | undefined
    if (!this.isNextName('not')) {
      first = this.parseUnary()
      // Most expressions end here: spare them the way down through all operators.
      if (endsExpression(this.peekToken().type)) return first
    }
    let left = this.#and(first)
    while (this.skipSymbol('or')) left = this.#binary('or', left, this.#and())
    return left
  }

  #binary(operator: BinaryOperator, left: Expression, right: Expression): Binary {
    return new Binary(between(left, right), operator, left, right)
  }

  // Each of these may be handed the first operand of its level.
  #and(first?: Expression): Expression {
    let left = this.#not(first)
    while (this.skipSymbol('and')) left = this.#binary('and', left, this.#not())
    return left
  }

  #not(first?: Expression): Expression {
    const token = this.peekToken()
    if (first || !this.skipSymbol('not')) return this.#compare(first)
    const operand = this.#not()
    return new Unary(between(token, operand), 'not', operand)
  }

  #compareOperator(): CompareOperator | undefined {
    const token = this.peekToken()
    switch (token.type) {
      case '==':
      case '!=':
      case '<':
      case '<=':
      case '>':
      case '>=':
        this.nextToken()
        return token.type
      case 'symbol': {
        if (this.skipSymbol('in')) return 'in'
        if (token.value !== 'not') return undefined
        const second = this.lookToken()
        if (second.type !== 'symbol' || second.value !== 'in') return undefined
        this.nextToken()
        this.nextToken()
        return 'not in'
      }
      default:
        return undefined
    }
  }

  #compare(operand?: Expression): Expression {
    const first = this.#sum(operand)
    const operands: Operand[] = []
    let last: Expression = first
    for (let op = this.#compareOperator(); op !== undefined; op = this.#compareOperator()) {
      const value = this.#sum()
      operands.push(new Operand(between(last, value), op, value))
      last = value
    }
    return operands.length === 0 ? first : new Compare(between(first, last), first, operands)
  }

  #sum(first?: Expression): Expression {
    let left = this.#concat(first)
    for (;;) {
      const { type } = this.peekToken()
      if (type !== '+' && type !== '-') return left
      this.nextToken()
      left = this.#binary(type, left, this.#concat())
    }
  }

  #concat(first?: Expression): Expression {
    let left = this.#product(first)
    while (this.skip('~')) left = this.#binary('~', left, this.#product())
    return left
  }

  #product(first?: Expression): Expression {
    let left = this.#power(first)
    for (;;) {
      const { type } = this.peekToken()
      if (type !== '*' && type !== '/' && type !== '//' && type !== '%') return left
      this.nextToken()
      left = this.#binary(type, left, this.#power())
    }
  }

  #power(first?: Expression): Expression {
    let left = first ?? this.parseUnary()
    while (this.skip('**')) left = this.#binary('**', left, this.parseUnary())
    return left
  }

  override parseUnary(noFilters = false): Expression {
    const token = this.peekToken()
    let node: Expression
    if (token.type === '-' || token.type === '+') {
      this.nextToken()
      const operand = this.parseUnary(true)
      node = new Unary(between(token, operand), token.type, operand)
    } else node = this.parsePrimary()
    node = this.parsePostfix(node)
    return noFilters ? node : this.#filtersAndTests(node)
  }

  override parsePrimary(): Expression {
    const token = this.peekToken()
    switch (token.type) {
      case 'symbol': {
        this.nextToken()
        const name = String(token.value)
        const constant = constants.get(name)
        return constant === undefined ? new Name(token, name) : new Literal(token, constant)
      }
      case 'string':
        return this.#string()
      case 'int':
      case 'float':
        this.nextToken()
        return new Literal(token, token.value)
      case '(': {
        this.nextToken()
        const node = this.parseTuple({ parentheses: true })
        this.expect(')')
        return node
      }
      case '[':
        return this.#list()
      case '{':
        return this.#dict()
      default:
        return this.reject(`unexpected '${describeToken(token)}'`, token)
    }
  }

  #string(): Literal {
    const token = this.nextToken()
    if (!this.isNext('string')) return new Literal(token, token.value)
    let text = String(token.value)
    let last = token
    while (this.isNext('string')) {
      last = this.nextToken()
      text += String(last.value)
    }
    return new Literal(between(token, last), text)
  }

  /**
   * One expression, or several with commas as a tuple; `item` parses each. A comma may stand
   * behind the last before a tag's end or `)`.
   */
  parseTuple(
    options: { readonly parentheses?: boolean; readonly item?: () => Expression } = {},
  ): Expression {
    const item = options.item ?? (() => this.parseExpression())
    const start = this.peekToken()
    const items: Expression[] = []
    let isTuple = false
    for (;;) {
      if (items.length > 0) this.expect(',')
      const { type } = this.peekToken()
      if (type === 'variable-end' || type === 'block-end' || type === ')') break
      items.push(item())
      if (!this.isNext(',')) break
      isTuple = true
    }
    if (isTuple) return new Tuple(between(start, items.at(-1)!), items)
    if (items[0]) return items[0]
    if (!options.parentheses) {
      this.reject(`Expected an expression, got '${describeToken(this.peekToken())}'`)
    }
    return new Tuple(start, items)
  }

  #list(): List {
    const start = this.nextToken()
    const items: Expression[] = []
    while (!this.isNext(']')) {
      if (items.length > 0) this.expect(',')
      if (this.isNext(']')) break
      items.push(this.parseExpression())
    }
    return new List(between(start, this.expect(']')), items)
  }

  #dict(): Dict {
    const start = this.nextToken()
    const pairs: Pair[] = []
    while (!this.isNext('}')) {
      if (pairs.length > 0) this.expect(',')
      if (this.isNext('}')) break
      const key = this.parseExpression()
      this.expect(':')
      pairs.push(new Pair(key, key, this.parseExpression()))
    }
    return new Dict(between(start, this.expect('}')), pairs)
  }

  override parsePostfix(node: Expression): Expression {
    let result = node
    for (;;) {
      const { type } = this.peekToken()
      if (type === '.') result = this.#attribute(result)
      else if (type === '[') result = this.#item(result)
      else if (type === '(') result = this.#call(result)
      else return result
    }
  }

  #attribute(target: Expression): Expression {
    this.nextToken()
    const token = this.nextToken()
    const place = between(target, token)
    if (token.type === 'symbol') return new Attribute(place, target, String(token.value))
    if (token.type !== 'int') this.reject('expected name or number', token)
    return new Item(place, target, new Literal(token, token.value))
  }

  #item(target: Expression): Expression {
    const start = this.nextToken()
    const keys: (Expression | Slice)[] = []
    while (!this.isNext(']')) {
      if (keys.length > 0) this.expect(',')
      keys.push(this.#subscript())
    }
    const place = between(target, this.expect(']'))
    if (keys.length === 1) return new Item(place, target, keys[0]!)
    const slice = keys.find(key => key.typename === 'Slice')
    if (slice) this.reject('a slice cannot stand beside other subscripts', slice)
    return new Item(place, target, new Tuple(start, keys as Expression[]))
  }

  #subscript(): Expression | Slice {
    const token = this.peekToken()
    let start: Expression | null = null
    if (!this.skip(':')) {
      start = this.parseExpression()
      if (!this.skip(':')) return start
    }
    const stop = this.#isSubscriptEnd() || this.isNext(':') ? null : this.parseExpression()
    const step = this.skip(':') && !this.#isSubscriptEnd() ? this.parseExpression() : null
    return new Slice(token, start, stop, step)
  }

  #isSubscriptEnd(): boolean {
    return this.isNext(']') || this.isNext(',')
  }

  #call(callee: Expression): Call {
    const { args, end } = this.parseArguments()
    return new Call(between(callee, end), callee, args)
  }

  /** `(a, b=c, *d, **e)` */
  parseArguments(): { readonly args: Arguments; readonly end: Token } {
    const start = this.expect('(')
    const invalid = (): never => this.reject('invalid syntax for function call expression', start)
    const positional: Expression[] = []
    const keywords: Keyword[] = []
    let list: Expression | null = null
    let dict: Expression | null = null
    for (let first = true; !this.isNext(')'); first = false) {
      if (!first) {
        this.expect(',')
        if (this.isNext(')')) break
      }
      if (this.skip('*')) {
        if (list || dict) invalid()
        list = this.parseExpression()
      } else if (this.skip('**')) {
        if (dict) invalid()
        dict = this.parseExpression()
      } else if (this.isNext('symbol') && this.lookToken().type === '=') {
        if (dict) invalid()
        const name = String(this.nextToken().value)
        this.nextToken()
        keywords.push({ name, value: this.parseExpression() })
      } else {
        if (list || dict || keywords.length > 0) invalid()
        positional.push(this.parseExpression())
      }
    }
    return { args: { positional, keywords, list, dict }, end: this.expect(')') }
  }

  #filtersAndTests(node: Expression): Expression {
    let result = node
    for (;;) {
      const token = this.peekToken()
      if (token.type === '|') {
        this.nextToken()
        result = this.parseFilter(result)
      } else if (token.type === '(') result = this.#call(result)
      else if (token.type === 'symbol' && token.value === 'is') result = this.#test(result)
      else return result
    }
  }

  #dottedName(): string {
    let name = this.expectName()
    while (this.skip('.')) name += `.${this.expectName()}`
    return name
  }

  /** A filter behind its `|`. */
  parseFilter(input: Expression | null): Filter {
    const token = this.peekToken()
    const name = this.#dottedName()
    if (!this.isNext('(')) return new Filter(token, input, name, noArguments)
    const { args, end } = this.parseArguments()
    return new Filter(between(token, end), input, name, args)
  }

  #test(value: Expression): Expression {
    this.nextToken()
    const negated = this.skipSymbol('not')
    const token = this.peekToken()
    const name = this.#dottedName()
    const args = this.#testArguments()
    const test = new Test(between(value, token), value, name, args)
    return negated ? new Unary(test, 'not', test) : test
  }

  #testArguments(): Arguments {
    const { type, value } = this.peekToken()
    if (type === '(') return this.parseArguments().args
    const isWord = type === 'symbol'
    if (!startsTestArgument.has(type)) return noArguments
    if (isWord && (value === 'else' || value === 'or' || value === 'and')) return noArguments
    if (isWord && value === 'is') this.reject('You cannot chain multiple tests with is')
    const argument = this.parsePostfix(this.parsePrimary())
    return { ...noArguments, positional: [argument] }
  }
}
