import { RuntimeError } from '../core/errors.ts'
import type { Span } from '../core/span.ts'
import {
  type DuplicateKey,
  documentValue,
  nodeSpan,
  parseYamlDocument,
  type YamlDocument,
  YamlProblem,
} from './yaml-document.ts'
import { readEverydayYaml } from './yaml-everyday.ts'
import type { YamlPath, YamlValue } from './yaml-value.ts'

/** A YAML file that was read: its value, and places of values on demand. */
export interface YamlSource {
  /** As shown in messages: relative to the project directory. */
  readonly file: string
  readonly text: string
  readonly value: YamlValue
  /** Keys that stand twice in a map; dbt warns of them, the later one counts. */
  readonly duplicates: readonly { readonly key: string; readonly at: Span }[]
  /** Parses the text once more, with places, at the first call. */
  spanOf(path: YamlPath): Span
}

/**
 * Reads a YAML text as PyYAML gives it to dbt (YAML 1.1). An empty text gives null.
 * Throws RuntimeError with dbt's words (`Syntax error near line 3` …), the place and an excerpt.
 */
export const readYaml = (content: string, file: string): YamlSource => {
  const text = normalize(content)
  const everyday = readEverydayYaml(text)
  const documents: { known?: YamlDocument } = {}
  const document = (): YamlDocument => {
    documents.known ??= parseYamlDocument(text)
    return documents.known
  }
  const read = everyday
    ? { value: everyday.value, duplicates: [] }
    : readFully(text, file, document)
  return {
    file,
    text,
    ...read,
    spanOf: path => nodeSpan(document(), path, file),
  }
}

/** dbt strips what it reads, so that a block scalar at the end of a file has no line break. */
const normalize = (content: string): string => {
  const text = content.includes('\r') ? content.replace(/\r\n?/g, '\n') : content
  return text.replace(/^\uFEFF/, '').trimEnd()
}

const readFully = (
  text: string,
  file: string,
  document: () => YamlDocument,
): Pick<YamlSource, 'value' | 'duplicates'> => {
  const duplicates: DuplicateKey[] = []
  try {
    const value = documentValue(document(), duplicate => duplicates.push(duplicate))
    const placed = duplicates.map(({ key, offset }) => ({ key, at: placeOf(text, offset, file) }))
    return { value, duplicates: placed }
  } catch (error) {
    if (error instanceof YamlProblem) throw syntaxError(error, text, file)
    throw error
  }
}

const placeOf = (text: string, offset: number, file: string): Span => {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { file, line, column: offset - before.lastIndexOf('\n') }
}

const syntaxError = (problem: YamlProblem, text: string, file: string): RuntimeError => {
  const at = placeOf(text, problem.offset, file)
  const lines = text.split('\n')
  const first = Math.max(at.line - 4, 0)
  const excerpt = lines
    .slice(first, at.line + 3)
    .map((line, index) => `${String(first + index + 1).padEnd(3)}| ${line}`)
  const rule = '-'.repeat(30)
  const raw = problem.context
    ? [
        problem.context.message,
        where(placeOf(text, problem.context.offset, file)),
        problem.message,
        where(at),
      ]
    : [problem.message, where(at)]
  const message = [
    `Syntax error near line ${at.line}`,
    rule,
    ...excerpt,
    '',
    'Raw Error:',
    rule,
    ...raw,
  ].join('\n')
  const hint = hintFor(problem.message, lines[at.line - 1] ?? '')
  return new RuntimeError(message, { at, hint, code: 'yaml-syntax', cause: problem })
}

const where = (at: Span): string => `  in "<unicode string>", line ${at.line}, column ${at.column}`

const hintFor = (problem: string, line: string): string | undefined => {
  if (line.includes('{{')) return 'a value that begins with {{ must be quoted: "{{ … }}"'
  if (line.includes('\t')) return 'YAML is indented with spaces, not with tabs'
  if (problem.startsWith('mapping values are not allowed'))
    return 'quote a value that holds ": ", or indent the line'
  return undefined
}
