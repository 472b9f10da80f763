import {
  CompilationError,
  DatabaseError,
  DependencyError,
  type ErrorKind,
  type ErrorSubject,
  type Frame,
  type NavoError,
  ParsingError,
  RuntimeError,
  ValidationError,
} from '../../core/errors.ts'
import type { Span } from '../../core/span.ts'

/** A warning as JSON. */
export interface StoredWarning {
  readonly kind: ErrorKind
  readonly code: string
  readonly message: string
  readonly at?: Span
  readonly hint?: string
  readonly subject?: ErrorSubject
  readonly frames: readonly Frame[]
}

type ErrorClass = new (
  message: string,
  details: Omit<StoredWarning, 'kind' | 'message'>,
) => NavoError

const classes: Readonly<Partial<Record<ErrorKind, ErrorClass>>> = {
  'Compilation Error': CompilationError,
  'Database Error': DatabaseError,
  'Dependency Error': DependencyError,
  'Parsing Error': ParsingError,
  'Runtime Error': RuntimeError,
  'Validation Error': ValidationError,
}

/** What a parse warned of, to be kept. */
export const storeWarning = (warning: NavoError): StoredWarning => {
  const { kind, code, message, at, hint, subject, frames } = warning
  return { kind, code, message, at, hint, subject, frames }
}

/** The warning again, to be told to those who parse no more. */
export const restoreWarning = ({ kind, message, ...details }: StoredWarning): NavoError =>
  new (classes[kind] ?? ParsingError)(message, details)
