import type { NavoError } from '../core/errors.ts'
import type { CompiledNode } from '../core/manifest.ts'
import type { Span } from '../core/span.ts'
import type { RunEnvironment } from './run-environment.ts'

/** How many lines of its file stand before a node's text, and how far its first line is moved right. */
const offsetOf = (environment: RunEnvironment, node: CompiledNode) => {
  const root = environment.packageRoots.get(node.package_name) ?? environment.projectDir
  const text = environment.fs.readText(`${root}/${node.original_file_path}`)
  const start = text?.replaceAll('\r\n', '\n').indexOf(node.raw_code.replaceAll('\r\n', '\n')) ?? -1
  if (text === undefined || start <= 0) return { lines: 0, columns: 0 }
  const before = text.replaceAll('\r\n', '\n').slice(0, start)
  return {
    lines: before.split('\n').length - 1,
    columns: start - (before.lastIndexOf('\n') + 1),
  }
}

/**
 * The same error with places in the node's own text moved to where they are in its file: the manifest
 * keeps the text without the white space and tags around it. Reads the file, which only errors do.
 */
export const placedInFile = (
  error: NavoError,
  environment: RunEnvironment,
  node: CompiledNode,
): NavoError => {
  const { lines, columns } = offsetOf(environment, node)
  if (lines === 0 && columns === 0) return error
  const moved = (span: Span): Span => {
    if (span.file !== node.original_file_path) return span
    const right = span.line === 1 ? columns : 0
    return {
      ...span,
      line: span.line + lines,
      column: span.column + right,
      ...(span.endColumn === undefined ? {} : { endColumn: span.endColumn + right }),
    }
  }
  return Object.create(error, {
    at: { value: error.at && moved(error.at), enumerable: true },
    frames: {
      value: error.frames.map(frame => ({ ...frame, at: moved(frame.at) })),
      enumerable: true,
    },
  })
}
