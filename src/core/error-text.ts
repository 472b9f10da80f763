import { ErrorList, NavoError } from './errors.ts'

/**
 * An error in dbt's words: first line `Compilation Error in model x (path)`, then the message
 * indented by two spaces. It is the `message` of a failed node in run_results.json and the `exc` of
 * MainEncounteredError. Place and hint are the renderer's to add.
 */
export const errorText = (error: Error): string => {
  if (error instanceof ErrorList) return error.errors.map(errorText).join('\n')
  if (!(error instanceof NavoError)) return error.message
  const { subject } = error
  const where = subject ? ` in ${subject.resourceType} ${subject.name} (${subject.path})` : ''
  return `${error.kind}${where}\n${indent(error.message)}`
}

const indent = (text: string): string =>
  text
    .split('\n')
    .map(line => `  ${line}`)
    .join('\n')
