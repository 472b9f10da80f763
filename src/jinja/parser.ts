import { CompilationError } from '../core/errors.ts'
import { ExpressionParser } from './expression-parser.ts'
import { Call, type Expression, List, Literal, NamespaceTarget } from './expressions.ts'
import {
  Block,
  Body,
  CallBlock,
  Do,
  FilterBlock,
  For,
  If,
  Jump,
  Macro,
  type MacroDefinition,
  Output,
  Parameter,
  Root,
  SetBlock,
  SetStatement,
  type Statement,
  type Target,
  TemplateData,
  TemplateRef,
  With,
} from './statements.ts'
import { between, spanOf } from './syntax-error.ts'
import type { Token } from './tokens.ts'

const notAssignable = (target: Expression): string | undefined => {
  switch (target.typename) {
    case 'Symbol':
    case 'NamespaceTarget':
      return undefined
    case 'Tuple':
      return target.children.some(item => notAssignable(item) !== undefined) ? 'tuple' : undefined
    case 'Literal':
      return 'const'
    default:
      return target.typename.toLowerCase()
  }
}

/** Jinja2's statements with the extensions do and loopcontrols, and dbt's tags. */
export class Parser extends ExpressionParser {
  #tags: string[] = []
  #ends: (readonly string[])[] = []

  override parseAsRoot(): Root {
    return new Root({ lineno: 0, colno: 0 }, this.parseNodes())
  }

  override parse(): Body {
    return new Body(this.peekToken(), this.parseNodes())
  }

  /** Statements up to the tag in `breakOnBlocks` (which stays the next token) or the end. */
  override parseNodes(): Statement[] {
    const result: Statement[] = []
    let output: (Expression | TemplateData)[] = []
    const flush = (): void => {
      if (output.length > 0) result.push(new Output(output[0]!, output))
      output = []
    }
    for (;;) {
      const token = this.nextToken()
      if (token.type === 'data') output.push(new TemplateData(token, String(token.value)))
      else if (token.type === 'variable-start') {
        output.push(this.parseTuple())
        this.expect('variable-end')
      } else {
        flush()
        if (token.type === 'eof') return result
        const statement = this.parseStatement()
        if (statement === null) return result
        result.push(statement)
        this.expect('block-end')
      }
    }
  }

  override parseStatement(): Statement | null {
    const token = this.peekToken()
    if (token.type !== 'symbol') this.reject('tag name expected', token)
    const name = String(token.value)
    if (this.breakOnBlocks?.includes(name)) return null
    this.#tags.push(name)
    const statement = this.#statement(name, token)
    this.#tags.pop()
    return statement
  }

  #statement(name: string, token: Token): Statement {
    this.nextToken()
    switch (name) {
      case 'if':
        return this.#if(token)
      case 'for':
        return this.#for(token)
      case 'set':
        return this.#set(token)
      case 'do':
        return new Do(token, this.parseTuple())
      case 'macro':
      case 'test':
      case 'data_test':
        return this.#macro(token, name)
      case 'materialization':
        return this.#materialization(token)
      case 'docs': {
        const shortName = this.expectName()
        const body = this.#body('enddocs')
        return new Macro(token, `dbt_docs__${shortName}`, [], body, { kind: 'docs', shortName })
      }
      case 'call':
        return this.#callBlock(token)
      case 'filter': {
        const filter = this.parseFilterChain()
        return new FilterBlock(token, filter, this.#body('endfilter'))
      }
      case 'with':
        return this.#with(token)
      default:
        return this.#rareStatement(name, token)
    }
  }

  #rareStatement(name: string, token: Token): Statement {
    switch (name) {
      case 'break':
      case 'continue':
        return new Jump(token, name)
      case 'print':
        return this.#print(token)
      case 'block':
        return this.#block(token)
      case 'autoescape':
        // dbt renders SQL: nothing is ever escaped. What remains is the scope.
        this.parseExpression()
        return new With(token, [], [], this.#body('endautoescape'))
      case 'include':
      case 'extends':
      case 'import':
      case 'from':
        return this.#templateRef(name, token)
      default:
        this.#tags.pop()
        return this.#lost(`Encountered unknown tag '${name}'.`, name, token)
    }
  }

  /** Jinja2's guess at what is wrong with the nesting of tags. */
  #lost(problem: string, name: string | undefined, token: Token): never {
    const expected = this.#ends
      .at(-1)
      ?.map(end => `'${end}'`)
      .join(' or ')
    let message = problem
    if (expected !== undefined) {
      message +=
        name !== undefined && this.#ends.some(ends => ends.includes(name))
          ? ` You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${expected}.`
          : ` Jinja was looking for the following tags: ${expected}.`
    }
    const tag = this.#tags.at(-1)
    if (tag !== undefined) message += ` The innermost block that needs to be closed is '${tag}'.`
    this.reject(message, token)
  }

  /** The rest of a tag and the statements behind it; the end tag's name is the next token. */
  #bodyUntil(...ends: readonly string[]): Body {
    this.skip(':')
    this.expect('block-end')
    this.#ends.push(ends)
    const body = this.parseUntilBlocks(...ends) as Body
    const token = this.peekToken()
    if (token.type === 'eof') this.#lost('Unexpected end of template.', undefined, token)
    this.#ends.pop()
    return body
  }

  #body(end: string): Body {
    const body = this.#bodyUntil(end)
    this.nextToken()
    return body
  }

  /** One expression or several, none with an if of its own. */
  #condition(): Expression {
    return this.parseTuple({ item: () => this.parseOr() })
  }

  #if(token: Token): If {
    const condition = this.#condition()
    const body = this.#bodyUntil('elif', 'else', 'endif')
    const elifs: If[] = []
    let next = this.nextToken()
    while (next.value === 'elif') {
      const elifCondition = this.#condition()
      const elifBody = this.#bodyUntil('elif', 'else', 'endif')
      elifs.push(new If(next, elifCondition, elifBody, [], null))
      next = this.nextToken()
    }
    const otherwise = next.value === 'else' ? this.#body('endif') : null
    return new If(token, condition, body, elifs, otherwise)
  }

  #for(token: Token): For {
    const target = this.#target()
    this.expectSymbol('in')
    const items = this.#condition()
    const test = this.skipSymbol('if') ? this.parseExpression() : null
    const recursive = this.skipSymbol('recursive')
    const body = this.#bodyUntil('endfor', 'else')
    const otherwise = this.nextToken().value === 'else' ? this.#body('endfor') : null
    return new For(token, target, items, test, recursive, body, otherwise)
  }

  #target(withNamespace = false): Target {
    const item = (): Expression =>
      withNamespace ? this.#namespaceTargetOrPrimary() : this.parsePrimary()
    return this.#assignable(this.parseTuple({ item }))
  }

  #assignable(target: Expression): Target {
    const problem = notAssignable(target)
    if (problem !== undefined) this.reject(`can't assign to '${problem}'`, target)
    return target as Target
  }

  #namespaceTargetOrPrimary(): Expression {
    const token = this.peekToken()
    if (token.type !== 'symbol' || this.lookToken().type !== '.') return this.parsePrimary()
    const name = this.expectName()
    this.nextToken()
    const attribute = this.expect('symbol')
    return new NamespaceTarget(between(token, attribute), name, String(attribute.value))
  }

  #set(token: Token): Statement {
    const target = this.#target(true)
    if (this.skip('=')) return new SetStatement(token, target, this.parseTuple())
    const filter = this.isNext('|') ? this.parseFilterChain() : null
    return new SetBlock(token, target, filter, this.#body('endset'))
  }

  /** `name(…) | name(…)`, with or without a first `|`; the innermost has no input. */
  parseFilterChain() {
    this.skip('|')
    let filter = this.parseFilter(null)
    while (this.skip('|')) filter = this.parseFilter(filter)
    return filter
  }

  #parameters(): Parameter[] {
    const result: Parameter[] = []
    this.expect('(')
    while (!this.isNext(')')) {
      if (result.length > 0) this.expect(',')
      const token = this.expect('symbol')
      const type = this.skip(':') ? this.#typeName() : undefined
      const fallback = this.skip('=') ? this.parseExpression() : null
      if (!fallback && result.at(-1)?.fallback) {
        this.reject('non-default argument follows default argument')
      }
      result.push(new Parameter(token, String(token.value), fallback, type))
    }
    this.nextToken()
    return result
  }

  #typeName(): string {
    const name = this.expectName()
    if (!this.skip('[')) return name
    const inner: string[] = []
    while (!this.isNext(']')) {
      if (inner.length > 0) this.expect(',')
      inner.push(this.#typeName())
    }
    this.nextToken()
    return `${name}[${inner.join(',')}]`
  }

  #macro(token: Token, tag: 'macro' | 'test' | 'data_test'): Macro {
    const shortName = this.expectName()
    const params = this.#parameters()
    const body = this.#body(`end${tag}`)
    const kind = tag === 'macro' ? 'macro' : 'test'
    const name = kind === 'macro' ? shortName : `test_${shortName}`
    return new Macro(token, name, params, body, { kind, shortName })
  }

  #materialization(token: Token): Macro {
    const shortName = this.expectName()
    let adapter = 'default'
    let languages: Expression = new List(token, [new Literal(token, 'sql')])
    while (this.skip(',')) {
      const argument = this.expect('symbol')
      if (argument.value === 'default') continue
      if (argument.value !== 'adapter' && argument.value !== 'supported_languages') {
        throw new CompilationError(
          `materialization '${shortName}' received unknown argument '${argument.value}'.`,
          { at: spanOf(this.origin, argument) },
        )
      }
      this.expect('=')
      const value = this.parseExpression()
      if (argument.value === 'supported_languages') languages = value
      else if (value.typename === 'Literal') adapter = String(value.value)
      else this.reject('the adapter of a materialization must be a string', value)
    }
    const params = [new Parameter(token, 'supported_languages', languages, undefined)]
    const definition: MacroDefinition = { kind: 'materialization', shortName, adapter }
    const name = `materialization_${shortName}_${adapter}`
    return new Macro(token, name, params, this.#body('endmaterialization'), definition)
  }

  #callBlock(token: Token): CallBlock {
    const params = this.isNext('(') ? this.#parameters() : []
    const call = this.parseExpression()
    if (!(call instanceof Call)) this.reject('expected call', token)
    return new CallBlock(token, params, call, this.#body('endcall'))
  }

  #with(token: Token): With {
    const targets: Target[] = []
    const values: Expression[] = []
    while (!this.isNext('block-end')) {
      if (targets.length > 0) this.expect(',')
      targets.push(this.#target())
      this.expect('=')
      values.push(this.parseExpression())
    }
    return new With(token, targets, values, this.#body('endwith'))
  }

  #print(token: Token): Output {
    const items: Expression[] = []
    while (!this.isNext('block-end')) {
      if (items.length > 0) this.expect(',')
      items.push(this.parseExpression())
    }
    return new Output(token, items)
  }

  #block(token: Token): Block {
    const name = this.expectName()
    this.skipSymbol('scoped')
    this.skipSymbol('required')
    if (this.isNext('-')) {
      this.reject(
        'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.',
      )
    }
    const body = this.#body('endblock')
    this.skipSymbol(name)
    return new Block(token, name, body)
  }

  #templateRef(tag: 'include' | 'extends' | 'import' | 'from', token: Token): TemplateRef {
    this.parseExpression()
    const stores: string[] = []
    if (tag === 'include' && this.isNextName('ignore') && this.lookToken().value === 'missing') {
      this.nextToken()
      this.nextToken()
    }
    if (tag === 'import') {
      this.expectSymbol('as')
      stores.push(this.expectName())
    }
    if (tag === 'from') {
      this.expectSymbol('import')
      this.#importedNames(stores)
    }
    if (tag !== 'extends') this.#importContext()
    return new TemplateRef(token, stores)
  }

  #importedNames(stores: string[]): void {
    for (;;) {
      if (this.#importContext()) return
      const token = this.peekToken()
      const name = this.expectName()
      if (name.startsWith('_')) {
        this.reject('names starting with an underline can not be imported', token)
      }
      stores.push(this.skipSymbol('as') ? this.expectName() : name)
      if (!this.skip(',')) return
    }
  }

  #importContext(): boolean {
    const isContext = this.isNextName('with') || this.isNextName('without')
    if (!isContext || this.lookToken().value !== 'context') return false
    this.nextToken()
    this.nextToken()
    return true
  }
}
