import { CompilationError } from '../core/errors.ts'
import type { Span } from '../core/span.ts'
import type { TemplateSource } from './template.ts'

/** A place inside a template's text; lines and columns count from zero. */
export interface Place {
  readonly lineno: number
  readonly colno: number
  readonly endColno?: number
}

/** From the start of one place to the end of another, where both are on one line. */
export const between = (start: Place, end: Place): Place => ({
  lineno: start.lineno,
  colno: start.colno,
  endColno: end.lineno === start.lineno ? end.endColno : undefined,
})

/** The place in the file of a place in a template's text. */
export const spanOf = (origin: TemplateSource, place: Place): Span => {
  const shift = place.lineno === 0 ? (origin.column ?? 1) : 1
  return {
    file: origin.file,
    line: (origin.line ?? 1) + place.lineno,
    column: shift + place.colno,
    ...(place.endColno !== undefined &&
      place.endColno > place.colno && { endColumn: shift + place.endColno }),
  }
}

/** What Jinja2 raises as TemplateSyntaxError. */
export const syntaxError = (
  message: string,
  origin: TemplateSource,
  place: Place,
): CompilationError =>
  new CompilationError(message, { at: spanOf(origin, place), code: 'jinja-syntax' })
