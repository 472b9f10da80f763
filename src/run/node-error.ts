import { StatementError } from '../adapters/adapter.ts'
import { DatabaseError, inNode, NavoError } from '../core/errors.ts'
import type { CompiledNode, GraphNode } from '../core/manifest.ts'
import { subjectOf } from './compile-node.ts'

/** Whether the run's signal cut a statement off. */
export const isCancelled = (error: unknown): boolean =>
  error instanceof Error && error.name === 'AbortError'

/** Where in the compiled SQL a statement's line lies, when the statement contains that SQL. */
const compiledLine = (error: StatementError, code: string): number | undefined => {
  if (error.place === undefined) return undefined
  const start = error.statement.indexOf(code.trim())
  if (start < 0) return undefined
  const before = error.statement.slice(0, start).split('\n').length - 1
  const lead = code.slice(0, code.length - code.trimStart().length).split('\n').length - 1
  const line = error.place.line - before + lead
  return line >= 1 && line <= code.split('\n').length ? line : undefined
}

/** The error of a node: named after it, and for a refused statement with the place in its compiled file. */
export const nodeError = (
  error: unknown,
  node: GraphNode,
  compiled: CompiledNode | undefined,
): NavoError => {
  if (!(error instanceof NavoError)) throw error
  const named = inNode(error, subjectOf(node))
  const code = compiled?.compiled_code
  if (!(error instanceof StatementError) || !code || !compiled?.compiled_path) return named
  const line = compiledLine(error, code)
  if (line === undefined) return named
  return inNode(
    new DatabaseError(error.message, {
      at: { file: compiled.compiled_path, line, column: error.place?.column ?? 1 },
      hint: error.hint,
      code: error.code,
      cause: error,
    }),
    subjectOf(node),
  )
}
