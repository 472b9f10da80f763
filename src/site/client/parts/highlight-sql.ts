type CodeTokenType =
  | 'plain'
  | 'keyword'
  | 'function'
  | 'string'
  | 'number'
  | 'comment'
  | 'jinja'
  | 'reference'

export interface CodeToken {
  readonly type: CodeTokenType
  readonly text: string
}

const KEYWORDS = new Set(
  `all alter analyze and any as asc between by case cast create cross current database default delete
  desc describe distinct drop else end escape except exclude exists explain extract false fetch filter
  first following for foreign from full group grouping having if ilike in index inner insert intersect
  interval into is join key last lateral left like limit materialized merge natural not null nulls of
  offset on or order outer over partition pivot positional preceding primary qualify range recursive
  references rename replace returning right row rows sample schema select semi set sets table then to
  true truncate unbounded union unique unnest unpivot update using values view when where window with
  within begin commit temp temporary anti asof collate column constraint check add`.split(/\s+/),
)

const JINJA_WORDS = new Set(
  `and block call do else elif endblock endcall endfilter endfor endif endmacro endmaterialization
  endraw endset endsnapshot endtest extends false filter for from if import in include is macro
  materialization none not or raw set snapshot test true`.split(/\s+/),
)

const REFERENCES = new Set(['ref', 'source'])

const SQL =
  /(--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\{#[\s\S]*?(?:#\}|$))|('(?:[^']|'')*(?:'|$)|\$\$[\s\S]*?(?:\$\$|$))|("(?:[^"]|"")*(?:"|$)|`[^`]*(?:`|$))|(\{[{%])|(\b\d+(?:\.\d+)?(?:e[+-]?\d+)?\b)|([\p{L}_][\p{L}\p{N}_$]*)(\s*\()?|([^\p{L}\p{N}_'"`{$/-]+|[\s\S])/giuy

const JINJA =
  /('(?:[^'\\]|\\[\s\S])*(?:'|$)|"(?:[^"\\]|\\[\s\S])*(?:"|$))|([-+]?[%}]\})|(\b\d+(?:\.\d+)?\b)|([\p{L}_][\p{L}\p{N}_]*)(\s*\()?|([\s\S])/giuy

interface Scanner {
  at: number
  inJinja: boolean
  /** Inside of the brackets of a ref or source. */
  inReference: boolean
  push(type: CodeTokenType, text: string): void
}

const wordType = (words: ReadonlySet<string>, word: string, isCall: boolean): CodeTokenType =>
  words.has(word.toLowerCase()) ? 'keyword' : isCall ? 'function' : 'plain'

const scanJinja = (match: RegExpExecArray, scanner: Scanner): void => {
  const [all, string, close, number, word, call] = match
  if (string !== undefined) scanner.push(scanner.inReference ? 'reference' : 'string', string)
  else if (close !== undefined) {
    scanner.push('jinja', close)
    scanner.inJinja = false
    scanner.inReference = false
  } else if (number !== undefined) scanner.push('number', number)
  else if (word !== undefined) {
    if (call !== undefined) scanner.inReference = REFERENCES.has(word)
    scanner.push(wordType(JINJA_WORDS, word, call !== undefined), word)
    scanner.push('plain', call ?? '')
  } else {
    if (all === ')') scanner.inReference = false
    scanner.push('plain', all)
  }
}

const scanSql = (match: RegExpExecArray, scanner: Scanner): void => {
  const [all, comment, string, , open, number, word, call] = match
  if (comment !== undefined) scanner.push('comment', comment)
  else if (string !== undefined) scanner.push('string', string)
  else if (open !== undefined) {
    scanner.push('jinja', open)
    scanner.inJinja = true
  } else if (number !== undefined) scanner.push('number', number)
  else if (word !== undefined) {
    scanner.push(wordType(KEYWORDS, word, call !== undefined), word)
    scanner.push('plain', call ?? '')
  } else scanner.push('plain', all)
}

/** Splits SQL with Jinja in it into coloured pieces; joined, they are the text again. */
export const highlightSql = (code: string): readonly CodeToken[] => {
  const tokens: CodeToken[] = []
  const push = (type: CodeTokenType, text: string): void => {
    const last = tokens.at(-1)
    if (text === '') return
    if (last?.type === type && type !== 'reference') {
      tokens[tokens.length - 1] = { type, text: last.text + text }
    } else tokens.push({ type, text })
  }
  const scanner: Scanner = { at: 0, inJinja: false, inReference: false, push }
  while (scanner.at < code.length) {
    const expression = scanner.inJinja ? JINJA : SQL
    expression.lastIndex = scanner.at
    const match = expression.exec(code)
    if (!match) {
      push('plain', code.slice(scanner.at))
      break
    }
    scanner.at += match[0].length
    if (scanner.inJinja) scanJinja(match, scanner)
    else scanSql(match, scanner)
  }
  return tokens
}
