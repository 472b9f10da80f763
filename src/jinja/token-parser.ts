import nunjucks from 'nunjucks/src/parser.js'
import { Lexer } from './lexer.ts'
import { type Place, syntaxError } from './syntax-error.ts'
import type { TemplateSource } from './template.ts'
import { describeToken, describeTokenType, type Token, type TokenType } from './tokens.ts'

/** nunjucks' parser over our tokens, with a second token to look at and Jinja2's messages. */
export class TokenParser extends nunjucks.Parser<Token> {
  readonly origin: TemplateSource
  #second: Token | null = null

  constructor(origin: TemplateSource) {
    super(new Lexer(origin))
    this.origin = origin
  }

  override nextToken(): Token {
    const token = this.peeked
    if (token === null) return this.tokens.nextToken()
    this.peeked = this.#second
    this.#second = null
    return token
  }

  override peekToken(): Token {
    this.peeked ??= this.tokens.nextToken()
    return this.peeked
  }

  /** The token behind the next. */
  lookToken(): Token {
    this.peekToken()
    this.#second ??= this.tokens.nextToken()
    return this.#second
  }

  /** Fails at a place, or at the next token. */
  reject(message: string, place: Place = this.peekToken()): never {
    throw syntaxError(message, this.origin, place)
  }

  override fail(message: string, lineno?: number, colno?: number): never {
    this.reject(message, lineno === undefined ? undefined : { lineno, colno: colno ?? 0 })
  }

  isNext(type: TokenType): boolean {
    return this.peekToken().type === type
  }

  isNextName(name: string): boolean {
    const token = this.peekToken()
    return token.type === 'symbol' && token.value === name
  }

  override skip(type: TokenType): boolean {
    if (this.peekToken().type !== type) return false
    this.nextToken()
    return true
  }

  override skipSymbol(name: string): boolean {
    if (!this.isNextName(name)) return false
    this.nextToken()
    return true
  }

  override expect(type: TokenType): Token {
    const token = this.peekToken()
    if (token.type !== type) this.#unexpected(describeTokenType(type))
    return this.nextToken()
  }

  expectName(): string {
    return String(this.expect('symbol').value)
  }

  expectSymbol(name: string): Token {
    if (!this.isNextName(name)) this.#unexpected(name)
    return this.nextToken()
  }

  #unexpected(expected: string): never {
    const token = this.peekToken()
    if (token.type === 'eof') this.reject(`unexpected end of template, expected '${expected}'.`)
    this.reject(`expected token '${expected}', got '${describeToken(token)}'`)
  }
}
