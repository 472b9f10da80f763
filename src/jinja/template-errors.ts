import { CompilationError, type ErrorDetails, type Frame, NavoError } from '../core/errors.ts'
import type { Span } from '../core/span.ts'
import { PyError } from './python/py-error.ts'

// A runaway recursion has thousands of frames; its ends tell enough.
const mostFrames = 100

const addFrame = (error: NavoError, frame: Frame): NavoError => {
  const { frames } = error
  const kept = frames.length < mostFrames ? frames : frames.slice(1)
  const changes = { at: error.at ?? frame.at, frames: [frame, ...kept] }
  // An error gathers its frames on the way out; nobody has seen it yet. One that somebody has made
  // unchangeable is left as it is, under a new one.
  const isOpen = Object.getOwnPropertyDescriptor(error, 'frames')?.writable === true
  return Object.assign(isOpen ? error : derived(error), changes)
}

const derived = (error: NavoError): NavoError =>
  Object.create(error, {
    at: { writable: true, enumerable: true },
    frames: { writable: true, enumerable: true },
  })

const isStackOverflow = (error: unknown): boolean =>
  error instanceof RangeError && error.message.includes('call stack')

const undefinedName = /^'\w+' is undefined$/

const detailsOf = ({ type, message }: PyError): Pick<ErrorDetails, 'hint'> & { code: string } => {
  if (type !== 'UndefinedError') return { code: 'jinja-runtime' }
  const hint =
    'a call of a macro that does not exist? Check for typos, and install packages with "navo deps"'
  return { code: 'jinja-undefined', ...(undefinedName.test(message) && { hint }) }
}

/**
 * What a piece of template throws on: errors of the template language become CompilationErrors,
 * errors of host functions keep their class; both learn where they passed. Anything else (a bug, an
 * abort) stays as it is.
 */
export const withFrame = (error: unknown, name: string, at: Span): unknown => {
  const frame: Frame = { name, at }
  if (error instanceof NavoError) return addFrame(error, frame)
  if (error instanceof PyError) {
    const details = { at, frames: [frame], cause: error, ...detailsOf(error) }
    return new CompilationError(error.message, details)
  }
  if (isStackOverflow(error)) {
    return new CompilationError('maximum recursion depth exceeded', { at, frames: [frame] })
  }
  return error
}
