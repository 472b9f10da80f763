import type { Json } from '../core/json.ts'
import { isYamlMap, YamlDate, YamlFloat, type YamlValue } from '../project/yaml-value.ts'

/** A YAML value as JSON: dates become ISO text, floats and big integers plain numbers. */
export const yamlJson = (value: YamlValue | undefined): Json => {
  if (value === undefined || value === null) return null
  if (value instanceof YamlFloat) return value.value
  if (value instanceof YamlDate) return value.iso
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(yamlJson)
  if (isYamlMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, yamlJson(item)]))
  }
  return value as Json
}
