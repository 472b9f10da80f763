import { CompilationError } from '../core/errors.ts'
import { whitespace } from './strings.ts'
import { type Place, spanOf } from './syntax-error.ts'
import type { TemplateSource } from './template.ts'

/** A `{% name word … %}` tag; offsets into the text. */
export interface Tag {
  readonly name: string
  /** The word behind the name, if there is one. */
  readonly word: string | undefined
  /** Blanks that `{%-` or `-%}` strip belong to the tag. */
  readonly start: number
  readonly end: number
}

const s = whitespace
const opening = new RegExp(
  `\\{%-?${s}*([A-Za-z_][A-Za-z_0-9]*)(?:${s}+([A-Za-z_][A-Za-z_0-9]*))?|\\{#|\\{\\{`,
  'g',
)
const expressionEnd = /\}\}|['"]/g
const tagEnd = new RegExp(`-%\\}${s}*|%\\}|['"]`, 'g')
const string = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y
const rawBlock = new RegExp(
  `\\{%-?${s}*raw${s}*(?:-%\\}${s}*|%\\})[^]*?\\{%-?${s}*endraw${s}*(?:-%\\}${s}*|%\\})`,
  'y',
)
const blanksBefore = new RegExp(`${s}+$`)

/** Where in a template's text an offset is. */
export const placeAt = (text: string, offset: number): Place => {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { lineno: before.split('\n').length - 1, colno: offset - lineStart }
}

/**
 * The tags of a file as dbt looks for them, without parsing Jinja: only strings, comments,
 * expressions and raw blocks can hide one. Throws CompilationError in dbt's words when one of those
 * does not end.
 */
export function* scanTags(origin: TemplateSource): Generator<Tag> {
  const text = origin.source
  let pos = 0

  const unended = (expected: string): never => {
    throw new CompilationError(`unexpected EOF, expected ${expected}, got "${text.slice(pos)}"`, {
      at: spanOf(origin, placeAt(text, pos)),
    })
  }

  // Moves behind the next match of `end`; strings on the way hide it.
  const skipTo = (end: RegExp, expected: string): void => {
    for (;;) {
      end.lastIndex = pos
      const found = end.exec(text) ?? unended(expected)
      pos = end.lastIndex
      if (found[0] !== "'" && found[0] !== '"') return
      string.lastIndex = found.index
      if (!string.test(text)) unended('string')
      pos = string.lastIndex
    }
  }

  for (;;) {
    opening.lastIndex = pos
    const found = opening.exec(text)
    if (!found) return
    const [opened, name, word] = found
    if (opened === '{{') {
      pos = opening.lastIndex
      skipTo(expressionEnd, '}}')
      continue
    }
    if (opened === '{#') {
      const end = text.indexOf('#}', opening.lastIndex)
      pos = opening.lastIndex
      if (end < 0) unended('#}')
      pos = end + 2
      continue
    }
    const strips = opened.startsWith('{%-')
    const blanks = strips ? (blanksBefore.exec(text.slice(pos, found.index))?.[0].length ?? 0) : 0
    const start = found.index - blanks
    if (name === 'raw') {
      rawBlock.lastIndex = found.index
      if (!rawBlock.test(text)) unended('{% raw %}...{% endraw %}')
      pos = rawBlock.lastIndex
    } else {
      pos = opening.lastIndex
      skipTo(tagEnd, 'tag close ("%}")')
    }
    yield { name: name!, word, start, end: pos }
  }
}
