import type { Json } from '../core/json.ts'
import { readYaml } from '../project/yaml.ts'
import { yamlValueToJson } from '../project/yaml-json.ts'
import { isYamlMap, type YamlMap, type YamlValue } from '../project/yaml-value.ts'
import type { OptionValue } from './flags.ts'

/**
 * Reads a YAML map given as an argument or cut out of a file; empty text is an empty map.
 * Throws RuntimeError on a syntax error, TypeError when it is no map.
 */
export const yamlArgument = (text: string): YamlMap => {
  const { value } = readYaml(text, '<argument>')
  if (value === null) return {}
  if (!isYamlMap(value)) throw new TypeError('not a map')
  return value
}

/** An option's value as JSON has it: dates as text, 1.0 as 1. */
export const jsonOfOption = (value: OptionValue): Json => yamlValueToJson(value as YamlValue)
