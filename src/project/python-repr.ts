import { floatRepr, stringRepr } from '../jinja/python/text.ts'
import { YamlDate, YamlFloat } from './yaml-value.ts'

/** A YAML value as Python's `repr` writes it: dbt's messages show values so. */
export const pythonRepr = (value: unknown): string => {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return stringRepr(value)
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : floatRepr(value)
  if (value instanceof YamlFloat) return floatRepr(value.value)
  if (value instanceof YamlDate) return dateRepr(value)
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`
  if (typeof value !== 'object') return String(value)
  const entries = Object.entries(value).map(
    ([key, item]) => `${stringRepr(key)}: ${pythonRepr(item)}`,
  )
  return `{${entries.join(', ')}}`
}

const dateRepr = ({ kind, iso }: YamlDate): string => {
  const numbers = (iso.replace(/[+-]\d\d:\d\d$/, '').match(/\d+/g) ?? []).map(Number)
  return `datetime.${kind}(${numbers.join(', ')})`
}
