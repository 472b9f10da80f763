import type { PyFloat } from './python/values.ts'

/** Operators are their own type. */
export type Operator =
  | '+'
  | '-'
  | '/'
  | '//'
  | '*'
  | '%'
  | '**'
  | '~'
  | '['
  | ']'
  | '('
  | ')'
  | '{'
  | '}'
  | '=='
  | '!='
  | '>'
  | '>='
  | '<'
  | '<='
  | '='
  | '.'
  | ':'
  | '|'
  | ','
  | ';'

/** Except for operators and the end, the names nunjucks gives them: its parser asks for `symbol`. */
export type TokenType =
  | 'data'
  | 'variable-start'
  | 'variable-end'
  | 'block-start'
  | 'block-end'
  | 'symbol'
  | 'string'
  | 'int'
  | 'float'
  | 'eof'
  | Operator

/** Lines and columns count from zero, as nunjucks does. */
export class Token {
  constructor(
    readonly type: TokenType,
    /** Text of names, strings (unescaped) and data; numbers of int and float. */
    readonly value: string | number | bigint | PyFloat,
    readonly lineno: number,
    readonly colno: number,
    /** Where it ends if it ends on its own line. */
    readonly endColno: number,
  ) {}
}

const descriptions: ReadonlyMap<string, string> = new Map([
  ['block-start', 'begin of statement block'],
  ['block-end', 'end of statement block'],
  ['variable-start', 'begin of print statement'],
  ['variable-end', 'end of print statement'],
  ['data', 'template data / text'],
  ['eof', 'end of template'],
  ['int', 'integer'],
  ['symbol', 'name'],
])

/** Jinja2's wording for a kind of token in its messages. */
export const describeTokenType = (type: string): string => descriptions.get(type) ?? type

/** Jinja2's wording for a token in its messages: names as themselves. */
export const describeToken = (token: Token): string =>
  token.type === 'symbol' ? String(token.value) : describeTokenType(token.type)

/** Whether an expression cannot go on with such a token. */
export const endsExpression = (type: TokenType): boolean => {
  switch (type) {
    case ',':
    case ')':
    case ']':
    case '}':
    case ':':
    case 'variable-end':
    case 'block-end':
      return true
    default:
      return false
  }
}
