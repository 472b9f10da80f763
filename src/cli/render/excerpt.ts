import type { NavoError } from '../../core/errors.ts'
import type { Paint } from './paint.ts'

/** Gives the lines of a file of the project, or undefined. Paths are relative to the project. */
export type ReadSource = (file: string) => readonly string[] | undefined

/**
 * What dbt does not say of an error: code, place, the line with a caret, the template frames that
 * led there and a hint. Empty when there is none of it.
 */
export const excerpt = (error: NavoError, read: ReadSource, paint: Paint): string => {
  const lines: string[] = []
  const { at } = error
  const code = isTelling(error.code) ? paint.dim(`  [${error.code}]`) : ''
  if (at !== undefined) {
    lines.push(`${paint.cyan(`  ${at.file}:${at.line}:${at.column}`)}${code}`)
    lines.push(...sourceLine(at, read, paint))
  } else if (code !== '') lines.push(code)
  for (const frame of [...error.frames].reverse()) {
    const place = `${frame.at.file}:${frame.at.line}:${frame.at.column}`
    const isPlace = at && place === `${at.file}:${at.line}:${at.column}`
    if (!isPlace)
      lines.push(
        paint.dim(
          frame.name === frame.at.file
            ? `  called from ${place}`
            : `  called from ${frame.name} (${place})`,
        ),
      )
  }
  if (error.hint) lines.push(`  ${paint.bold('hint:')} ${error.hint.replaceAll('\n', '\n  ')}`)
  return lines.join('\n')
}

/** Codes that say no more than the error's first words are not shown. */
const isTelling = (code: string): boolean =>
  !/^(?:compilation|parsing|database|runtime|validation|dependency|raised|node-failed)$/.test(code)

const sourceLine = (
  at: NonNullable<NavoError['at']>,
  read: ReadSource,
  paint: Paint,
): readonly string[] => {
  const text = read(at.file)?.[at.line - 1]
  if (text === undefined) return []
  const number = String(at.line).padStart(5)
  const before = text.slice(0, at.column - 1).replace(/[^\t]/g, ' ')
  const length = Math.max(1, Math.min(at.endColumn ?? at.column + 1, text.length + 1) - at.column)
  return [
    `  ${paint.dim(`${number} |`)} ${text}`,
    `  ${paint.dim('      |')} ${before}${paint.red('^'.repeat(length))}`,
  ]
}
