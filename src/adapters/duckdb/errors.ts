import { DatabaseError, RuntimeError } from '../../core/errors.ts'
import { StatementError } from '../adapter.ts'

/**
 * A refused statement as an error with its place, which DuckDB gives as an excerpt of the line with
 * a caret below.
 * @param sent what was sent: the statement with the query comment around it
 */
export const statementError = (error: unknown, statement: string, sent: string): StatementError => {
  const message = messageOf(error)
  const before = Math.max(sent.indexOf(statement), 0)
  const skipped = sent.slice(0, before).split('\n').length - 1
  return new StatementError(message, statement, placeOf(message, statement, skipped), {
    cause: error,
    ...hintFor(message),
  })
}

/** Why a database could not be opened, in words that say what to do. */
export const openError = (error: unknown, path: string): DatabaseError | RuntimeError => {
  const message = messageOf(error)
  const holder = /Conflicting lock is held in (.+?) \(PID (\d+)\)/.exec(message)
  if (holder !== null)
    return new DatabaseError(message, {
      cause: error,
      code: 'database-locked',
      hint: `${path} is open in ${holder[1]}, process ${holder[2]}: close it there, or wait until it is done`,
    })
  const details = { cause: error, code: 'database-open' }
  if (/Could not set lock/.test(message))
    return new DatabaseError(message, {
      cause: error,
      code: 'database-locked',
      hint: `another process has ${path} open`,
    })
  if (/not a valid DuckDB database file/.test(message))
    return new DatabaseError(message, {
      ...details,
      hint: `set the profile's path to another file, or move ${path} away`,
    })
  if (/options were not recognized/.test(message))
    return new RuntimeError(message, {
      ...details,
      hint: "see config_options in the profile's target",
    })
  if (/Cannot open file|Could not (create|read)|Permission denied/i.test(message))
    return new DatabaseError(message, {
      ...details,
      hint: `the folder of ${path} must exist and be writable`,
    })
  return new DatabaseError(message, { ...details, ...hintFor(message) })
}

/** True when the statement was cut short by `interrupt`. */
export const isInterrupt = (error: unknown): boolean => /^INTERRUPT Error/.test(messageOf(error))

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

const hintFor = (message: string): { readonly hint?: string; readonly code?: string } => {
  if (/No space left on device|Disk quota exceeded|max_temp_directory_size/i.test(message))
    return { hint: 'the disk is full: free some space and run again', code: 'disk-full' }
  if (/^Out of Memory Error/.test(message))
    return { hint: 'give DuckDB more by `settings: {memory_limit: …}` or use fewer threads' }
  return {}
}

const placeOf = (message: string, statement: string, skipped: number): StatementError['place'] => {
  const found = /\nLINE (\d+): (.*)\n( *)\^/.exec(message)
  if (found === null) return undefined
  const [, number = '', excerpt = '', indent = ''] = found
  const line = Number(number) - skipped
  const text = statement.split('\n')[line - 1]
  if (text === undefined) return undefined
  const caret = indent.length - `LINE ${number}: `.length
  // Long lines are cut at either side: what stands left of the caret is looked up in the line.
  const cut = excerpt.startsWith('...')
  const shown = excerpt.slice(cut ? 3 : 0).replace(/\.\.\.$/, '')
  const start = cut ? text.indexOf(shown) : 0
  const column = start === -1 ? 1 : start + caret - (cut ? 3 : 0) + 1
  return { line, column: Math.max(column, 1) }
}
