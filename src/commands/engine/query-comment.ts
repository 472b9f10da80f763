import { yamlScope } from '../../context/yaml-scope.ts'
import { CompilationError, NavoError } from '../../core/errors.ts'
import { graphNode } from '../../core/manifest.ts'
import { macroFunction, parseBlocks } from '../../jinja/engine.ts'
import { dumps, wrapReadonly } from '../../jinja/python/convert.ts'
import { toStr } from '../../jinja/python/operators.ts'
import { type HostFunction, PyDict, type Value } from '../../jinja/python/values.ts'
import type { LoadedProject } from './load.ts'

/** Unique id of the node that a session works for, if any. */
export type NodeOfSession = (session: string) => string | undefined

/** What a statement says of itself when the project does not say: dbt's default comment. */
const defaultComment = (
  project: LoadedProject,
  session: string,
  node: string | undefined,
): string =>
  dumps(
    new PyDict([
      ['app', 'navo'],
      ['navo_version', project.invocation.navoVersion],
      ['profile_name', project.facts.target.profileName],
      ['target_name', project.facts.target.name],
      node === undefined ? ['connection_name', session] : ['node_id', node],
    ]),
  )

/** The project's own comment: a template that sees macros, `connection_name` and `node`. */
const renderedComment = (project: LoadedProject, comment: string) => {
  const lookup = yamlScope({
    invocation: project.invocation,
    facts: project.facts,
    vars: project.facts.vars(project.config.name),
    library: project.library,
  })
  // A macro, so that the comment may say return(…).
  const [macro] = parseBlocks(
    {
      source: `{% macro query_comment(connection_name, node) %}${comment}{% endmacro %}`,
      file: 'query-comment',
    },
    ['macro'],
  )
  const call = macroFunction(macro!, { mode: 'sync', undefined: 'default', lookup })
  return (session: string, id: string | undefined): string => {
    const node = id === undefined ? undefined : graphNode(project.loaded.manifest, id)
    return render(call, [session, node === undefined ? null : wrapReadonly(node)])
  }
}

const appended = (sql: string, text: string): string => {
  const trimmed = sql.trimEnd()
  return trimmed.endsWith(';')
    ? `${trimmed.slice(0, -1)}\n/* ${text} */;`
    : `${trimmed}\n/* ${text} */`
}

/**
 * Puts the project's query comment to each statement: in front, or behind with `append`; without one
 * configured, dbt's default. Throws when the comment's template is broken. undefined: no comments.
 */
export const queryComment = (
  project: LoadedProject,
  nodeOf: NodeOfSession,
): ((sql: string, session: string) => string) | undefined => {
  const { comment, append } = project.config.queryComment
  if (comment?.trim() === '') return undefined
  const make = comment === null ? undefined : renderedComment(project, comment)
  const known = new Map<string, string>()
  const textFor = (session: string): string => {
    const id = nodeOf(session)
    const key = id ?? session
    const text = known.get(key) ?? (make ? make(key, id) : defaultComment(project, session, id))
    known.set(key, text)
    return text
  }
  return (sql, session) => {
    const text = textFor(session)
    if (text === '') return sql
    if (text.includes('*/')) {
      throw new CompilationError(`query comment contains illegal value "*/": ${text}`, {
        code: 'query-comment',
      })
    }
    return append === true ? appended(sql, text) : `/* ${text} */\n${sql}`
  }
}

const render = (call: HostFunction, args: Value[]): string => {
  try {
    return toStr(call(args, new Map()) as Value).trim()
  } catch (error) {
    if (!(error instanceof NavoError)) throw error
    throw new CompilationError(`The query-comment cannot be rendered: ${error.message}`, {
      at: error.at,
      hint: 'look at query-comment in the project file, or set it to null',
      code: 'query-comment',
    })
  }
}
