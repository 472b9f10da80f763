import type { Json, JsonObject } from '../core/json.ts'
import { isYamlMap, YamlDate, YamlFloat, type YamlMap, type YamlValue } from './yaml-value.ts'

/** A map of a YAML file as JSON has it: dates as text, floats as numbers. */
export const yamlToJson = (map: YamlMap): JsonObject =>
  Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, yamlValueToJson(value ?? null)]),
  )

/** Any value of a YAML file as JSON has it; integers beyond 2^53 lose digits. */
export const yamlValueToJson = (value: YamlValue): Json => {
  if (value === null || typeof value !== 'object')
    return typeof value === 'bigint' ? Number(value) : value
  if (value instanceof YamlFloat) return value.value
  if (value instanceof YamlDate) return value.iso
  if (isYamlMap(value)) return yamlToJson(value)
  return value.map(yamlValueToJson)
}
