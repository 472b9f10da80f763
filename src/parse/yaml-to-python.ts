import { parseIsoTemporal } from '../jinja/python/convert.ts'
import { float, normInt, PyDict, type Value } from '../jinja/python/values.ts'
import { isYamlMap, YamlDate, YamlFloat, type YamlValue } from '../project/yaml-value.ts'

/** A YAML value as templates see it: PyYAML's types. */
export const yamlToPython = (value: YamlValue | undefined): Value => {
  if (value === undefined || value === null) return null
  if (value instanceof YamlFloat) return float(value.value)
  if (value instanceof YamlDate) return parseIsoTemporal(value.kind, value.iso)
  if (typeof value === 'bigint') return normInt(value)
  if (Array.isArray(value)) return value.map(yamlToPython)
  if (isYamlMap(value)) {
    return new PyDict(Object.entries(value).map(([key, item]) => [key, yamlToPython(item)]))
  }
  return value as Value
}
