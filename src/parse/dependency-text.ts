import { CompilationError } from '../core/errors.ts'
import type { RefArgs } from '../core/manifest.ts'
import { extract, parseTemplate } from '../jinja/engine.ts'

/** What `ref('x')` or `source('a', 'b')` written as text refers to. */
export interface Dependency {
  readonly refs: readonly RefArgs[]
  readonly sources: readonly (readonly [string, string])[]
}

/** Whether a text looks like a call of ref or source, rather than a plain name. */
export const isDependency = (text: string): boolean =>
  /^\s*(?:\{\{\s*)?(?:ref|source)\s*\(/.test(text)

/**
 * Reads a text that is one call of ref or source, as in `depends_on` of an exposure and `input` of
 * a unit test. Throws CompilationError when it is something else.
 */
export const readDependency = (text: string, file: string): Dependency => {
  const expression = text.replace(/^\s*\{\{|\}\}\s*$/g, '')
  const found = extract(parseTemplate({ source: `{{ ${expression} }}`, file }))
  if (found.refs.length + found.sources.length !== 1) {
    throw new CompilationError(`'${text}' is not a call of ref() or source()`, {
      code: 'dependency-text',
      hint: "write ref('model') or source('source', 'table')",
    })
  }
  return {
    refs: found.refs.map(({ name, package: packageName, version }) => ({
      name,
      package: packageName,
      version,
    })),
    sources: found.sources.map(({ source, table }) => [source, table] as const),
  }
}
