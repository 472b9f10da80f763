/** The Python and Jinja2 exception classes a template can raise. */
export type PyErrorType =
  | 'AmbiguousTimeError'
  | 'AssertionError'
  | 'AttributeError'
  | 'DivisionByZero'
  | 'FilterArgumentError'
  | 'IndexError'
  | 'InvalidOperation'
  | 'KeyError'
  | 'LookupError'
  | 'NonExistentTimeError'
  | 'NotImplementedError'
  | 'OverflowError'
  | 'RuntimeError'
  | 'SecurityError'
  | 'SyntaxError'
  | 'TemplateRuntimeError'
  | 'TypeError'
  | 'UndefinedError'
  | 'UnicodeEncodeError'
  | 'UnknownTimeZoneError'
  | 'ValueError'
  | 'ZeroDivisionError'
  | 're.error'

/**
 * An exception as Python would raise it while a template renders. `message` is Python's `str(e)`
 * (so a KeyError's is the key's repr); the engine adds the place and makes it a CompilationError.
 */
export class PyError extends Error {
  constructor(
    readonly type: PyErrorType,
    message: string,
  ) {
    super(message)
    this.name = 'PyError'
  }
}

/** A Python TypeError, by far the most frequent of them. */
export const typeError = (message: string): PyError => new PyError('TypeError', message)
