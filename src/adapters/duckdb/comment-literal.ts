import { CompilationError } from '../../core/errors.ts'

const MARK = '$dbt_comment_literal_block$'

/** Dollar-quoted, as dbt-duckdb does it, so that a comment may hold any quotes. */
export const commentLiteral = (comment: string): string => {
  if (comment.includes(MARK))
    throw new CompilationError(`The string ${MARK} is not allowed in comments.`)
  return `${MARK}${comment}${MARK}`
}
