import { yamlScope } from '../../context/yaml-scope.ts'
import { CompilationError, NavoError } from '../../core/errors.ts'
import { parseTemplate, renderSync } from '../../jinja/engine.ts'
import type { LoadedProject } from './load.ts'

/**
 * Puts the project's query comment to each statement: in front, or behind with `append`. Throws when
 * the comment's template is broken.
 */
export const queryComment = (
  project: LoadedProject,
): ((sql: string, session: string) => string) | undefined => {
  const { comment, append } = project.config.queryComment
  if (comment === null || comment.trim() === '') return undefined
  const lookup = yamlScope({
    invocation: project.invocation,
    facts: project.facts,
    vars: project.facts.vars(project.config.name),
    library: project.library,
  })
  const template = parseTemplate({ source: comment, file: 'query-comment' })
  return (sql, session) => {
    const text = render(template, name => (name === 'connection_name' ? session : lookup(name)))
    if (text === '') return sql
    if (text.includes('*/')) {
      throw new CompilationError(`query comment contains illegal value "*/": ${text}`, {
        code: 'query-comment',
      })
    }
    return append === true ? `${sql}\n/* ${text} */` : `/* ${text} */\n${sql}`
  }
}

const render = (
  template: ReturnType<typeof parseTemplate>,
  lookup: Parameters<typeof renderSync>[1],
): string => {
  try {
    return renderSync(template, lookup, { undefined: 'default' }).trim()
  } catch (error) {
    if (!(error instanceof NavoError)) throw error
    throw new CompilationError(`The query-comment cannot be rendered: ${error.message}`, {
      at: error.at,
      hint: 'look at query-comment in the project file, or set it to null',
      code: 'query-comment',
    })
  }
}
