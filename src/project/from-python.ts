import { toStr } from '../jinja/python/text.ts'
import { PyDict, PyFloat, PySet, Undefined, type Value } from '../jinja/python/values.ts'
import { YamlFloat, type YamlValue } from './yaml-value.ts'

/** What a template gave, as a value of a YAML file. Objects of other kinds become their text. */
export const fromPython = (value: Value): YamlValue => {
  if (value === null || typeof value !== 'object') {
    return typeof value === 'function' ? toStr(value) : value
  }
  if (value instanceof PyFloat) return new YamlFloat(value.value)
  if (value instanceof PyDict) {
    return Object.fromEntries(
      [...value].map(([key, item]) => [
        typeof key === 'string' ? key : toStr(key),
        fromPython(item),
      ]),
    )
  }
  if (Array.isArray(value)) return value.map(fromPython)
  if (value instanceof PySet) return [...value].map(fromPython)
  if (value instanceof Undefined) return ''
  return toStr(value)
}
