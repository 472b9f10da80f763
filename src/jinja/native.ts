import { CompilationError } from '../core/errors.ts'
import { NativeMarker } from './filters/native-marker.ts'
import { literalEval } from './python/literal-eval.ts'
import { PyError } from './python/py-error.ts'
import { toStr } from './python/text.ts'
import { PyDict, PyFloat, PySet, type Value } from './python/values.ts'

const isNumber = (value: Value): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof PyFloat

const literalOf = (text: string): Value => {
  try {
    return literalEval(text)
  } catch (error) {
    if (error instanceof PyError) return text
    throw error
  }
}

const unmarked = ({ kind, text }: NativeMarker): Value => {
  if (kind === 'text') return text
  const value = literalOf(text)
  if (kind === 'bool' && typeof value !== 'boolean') {
    throw new CompilationError(`Could not convert value '${text}' into type 'bool'`)
  }
  if (kind === 'number' && !isNumber(value)) {
    throw new CompilationError(`Could not convert value '${text}' into type 'number'`)
  }
  return value
}

/** What a native template's output comes to: one value as it is, several as text. */
export const nativeResult = (output: readonly Value[]): Value => {
  if (output.length === 0) return ''
  const [only] = output
  if (output.length > 1 || only === undefined) return output.map(toStr).join('')
  return only instanceof NativeMarker ? unmarked(only) : only
}

/** Whether a value survives being written as source: Jinja2 folds only such constants. */
export const hasSafeRepr = (value: Value): boolean => {
  if (value === null || typeof value !== 'object') return typeof value !== 'function'
  if (value instanceof PyFloat) return true
  if (Array.isArray(value) || value instanceof PySet) return Array.from(value).every(hasSafeRepr)
  if (value instanceof PyDict) {
    return [...value].every(([key, item]) => hasSafeRepr(key) && hasSafeRepr(item))
  }
  return false
}
