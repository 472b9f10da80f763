import { NavoError } from '../core/errors.ts'
import type { Span } from '../core/span.ts'
import { extract, parseTemplate } from '../jinja/engine.ts'
import type { PackageSource } from './project-sources.ts'

interface WithCode {
  readonly original_file_path: string
  readonly raw_code: string
}

/**
 * Where a node's file names a ref or source; undefined when the text does not say (a macro does).
 * Only errors ask, so the file is read and parsed again.
 */
export const templateSpan = (
  source: PackageSource,
  node: WithCode,
  name: string,
): Span | undefined => {
  const file = source.files
    .ofKind('model')
    .concat(
      source.files.ofKind('snapshot'),
      source.files.ofKind('analysis'),
      source.files.ofKind('singular_test'),
    )
    .find(candidate => candidate.path === node.original_file_path)
  if (!file) return undefined
  try {
    const found = extract(parseTemplate({ source: source.files.read(file), file: file.path }))
    const call =
      found.refs.find(ref => ref.name === name) ??
      found.sources.find(({ source: from, table }) => `${from}.${table}` === name)
    return call?.at
  } catch (error) {
    if (error instanceof NavoError) return undefined
    throw error
  }
}
