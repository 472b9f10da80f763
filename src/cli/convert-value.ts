import type { OptionValue, YamlMap } from '../commands/flags.ts'
import { UsageError } from '../core/errors.ts'
import { type OptionSpec, optionLabel } from './option-spec.ts'

export interface ConvertTools {
  /** Reads a YAML map; throws on a syntax error and on anything else. */
  readonly yaml: (text: string) => YamlMap
  readonly exists: (path: string) => boolean
}

/** The value of an option that was not given anywhere. */
export const initialValue = (option: OptionSpec): OptionValue => {
  if (option.kind === 'list') return []
  if (option.kind === 'yaml') return option.initial === 'empty' ? {} : null
  return option.initial
}

/**
 * Turns text from the command line or the environment into an option's value.
 * Throws UsageError with click's sentence (`Invalid value for '--x': …`).
 */
export const convertValue = (
  option: OptionSpec,
  raw: string | boolean | readonly string[],
  tools: ConvertTools,
): OptionValue => {
  const refuse = (why: string): never => {
    throw new UsageError(`Invalid value for ${optionLabel(option)}: ${why}`)
  }
  if (option.kind === 'switch' || option.kind === 'toggle')
    return typeof raw === 'boolean' ? raw : booleanOf(String(raw), refuse)
  if (option.kind === 'list') {
    const words = (typeof raw === 'string' ? [raw] : (raw as readonly string[])).flatMap(text =>
      text.split(' '),
    )
    const { choices } = option
    return choices ? words.map(word => choiceOf(word, choices, refuse)) : words
  }
  const text = String(raw)
  switch (option.kind) {
    case 'integer':
      return /^\s*[+-]?\d+\s*$/.test(text)
        ? Number(text)
        : refuse(`'${text}' is not a valid integer.`)
    case 'choice':
      return choiceOf(text, option.choices, refuse)
    case 'path':
      return option.mustExist && !tools.exists(text)
        ? refuse(`Path '${text}' does not exist.`)
        : text
    case 'yaml':
      return yamlMap(text, tools, refuse)
    case 'text':
      return text
  }
}

const booleanOf = (text: string, refuse: (why: string) => never): boolean => {
  const word = text.trim().toLowerCase()
  if (['1', 'true', 't', 'yes', 'y', 'on'].includes(word)) return true
  if (['0', 'false', 'f', 'no', 'n', 'off', ''].includes(word)) return false
  return refuse(`'${text}' is not a valid boolean.`)
}

const choiceOf = (
  text: string,
  choices: readonly string[],
  refuse: (why: string) => never,
): string => {
  const found = choices.find(choice => choice.toLowerCase() === text.toLowerCase())
  return (
    found ?? refuse(`'${text}' is not one of ${choices.map(choice => `'${choice}'`).join(', ')}.`)
  )
}

const yamlMap = (
  text: string,
  tools: ConvertTools,
  refuse: (why: string) => never,
): OptionValue => {
  try {
    return tools.yaml(text)
  } catch {
    return refuse(`String '${text}' is not valid YAML`)
  }
}
