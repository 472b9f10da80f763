import type { Span } from './span.ts'

/**
 * The first words of an error, as dbt prints them; other programs choose their exception by them.
 */
export type ErrorKind =
  | 'Compilation Error'
  | 'Parsing Error'
  | 'Database Error'
  | 'Runtime Error'
  | 'Validation Error'
  | 'Dependency Error'
  | 'Internal Error'

/** The node an error belongs to: printed behind the first words as ` in model x (path)`. */
export interface ErrorSubject {
  readonly resourceType: string
  readonly name: string
  readonly path: string
}

/** One step of a template's call chain, innermost last. */
export interface Frame {
  readonly name: string
  readonly at: Span
}

export interface ErrorDetails {
  readonly at?: Span
  readonly hint?: string
  readonly subject?: ErrorSubject
  /** Template frames that led here, outermost first. */
  readonly frames?: readonly Frame[]
  readonly cause?: unknown
}

/**
 * Everything that a user can cause is a NavoError: it says where, why and what to do.
 * Any other error that reaches `main` is a bug of navo's and is printed with its stack.
 */
export abstract class NavoError extends Error {
  /** Stable, kebab-case, listed in docs/errors.md. */
  abstract readonly code: string
  abstract readonly kind: ErrorKind
  readonly at: Span | undefined
  readonly hint: string | undefined
  readonly subject: ErrorSubject | undefined
  readonly frames: readonly Frame[]

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.at = details.at
    this.hint = details.hint
    this.subject = details.subject
    this.frames = details.frames ?? []
  }
}

const errorClass = (kind: ErrorKind, defaultCode: string) =>
  class extends NavoError {
    readonly kind = kind
    readonly code: string
    constructor(message: string, details: ErrorDetails & { readonly code?: string } = {}) {
      super(message, details)
      this.code = details.code ?? defaultCode
    }
  }

/** A template or the links between nodes are wrong. */
export class CompilationError extends errorClass('Compilation Error', 'compilation') {}
/** A YAML or property file cannot be understood. */
export class ParsingError extends errorClass('Parsing Error', 'parsing') {}
/** The warehouse refused a statement. */
export class DatabaseError extends errorClass('Database Error', 'database') {}
/** The invocation cannot go on: a profile, a target, a file or an argument is missing or wrong. */
export class RuntimeError extends errorClass('Runtime Error', 'runtime') {}
/** A file was read, but its content breaks the schema. */
export class ValidationError extends errorClass('Validation Error', 'validation') {}
/** A package cannot be resolved or fetched. */
export class DependencyError extends errorClass('Dependency Error', 'dependency') {}

/** The command line was used wrongly; printed as `Error: …` on stderr, exit code 2. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
  ) {
    super(message)
    this.name = 'UsageError'
  }
}

/** Several independent problems, reported together. `errors` is never empty. */
export class ErrorList extends Error {
  constructor(readonly errors: readonly NavoError[]) {
    super(errors.map(e => e.message).join('\n'))
    this.name = 'ErrorList'
  }
}

/** The same error, said of a node; an error that already names one keeps it. */
export const inNode = <E extends NavoError>(error: E, subject: ErrorSubject): E =>
  error.subject === undefined
    ? Object.create(error, { subject: { value: subject, enumerable: true } })
    : error
