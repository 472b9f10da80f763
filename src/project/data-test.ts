import type { DataTestProperties } from './properties.ts'
import { pythonRepr } from './python-repr.ts'
import {
  isYamlMap,
  YamlDate,
  YamlFloat,
  type YamlMap,
  type YamlPath,
  type YamlValue,
} from './yaml-value.ts'

/** Configurations that may stand beside a test's arguments, in the order dbt writes them out. */
const configKeys = [
  'severity',
  'tags',
  'enabled',
  'where',
  'limit',
  'warn_if',
  'error_if',
  'fail_calc',
  'store_failures',
  'store_failures_as',
  'sql_header',
  'meta',
  'database',
  'schema',
  'alias',
] as const

const configKeySet: ReadonlySet<unknown> = new Set(configKeys)

/** Whether a key beside a test's arguments is a configuration. */
export const isTestConfigKey = (key: unknown): boolean => configKeySet.has(key)

export type ParsedDataTest =
  | { readonly ok: true; readonly test: DataTestProperties }
  | { readonly ok: false; readonly message: string; readonly kind: 'parsing' | 'compilation' }

/**
 * Brings a data test into one form, whatever way it is written: `unique`, `unique: {…}`,
 * `{test_name: unique, …}`, arguments with or without `arguments:`, configs with or without
 * `config:`, `package.test`. Errors are in dbt's words.
 */
export const parseDataTest = (written: YamlValue, at: YamlPath): ParsedDataTest => {
  if (typeof written === 'string') return named(written, {}, at)
  if (!isYamlMap(written)) {
    return failed(
      `test must be dict or str, got ${pythonType(written)} (value ${pythonStr(written)})`,
    )
  }
  if ('test_name' in written) {
    const { test_name, ...rest } = written
    if (typeof test_name !== 'string') {
      return failed(
        `test name must be a str, got ${pythonType(test_name)} (value ${pythonStr(test_name)})`,
      )
    }
    return named(test_name, rest, at)
  }
  const entries = Object.entries(written)
  const [entry] = entries
  if (!entry || entries.length !== 1) {
    const shown = entries.map(([key, value]) => `(${pythonRepr(key)}, ${pythonRepr(value)})`)
    return failed(
      `test definition dictionary must have exactly one key, got [${shown.join(', ')}] instead (${entries.length} keys)`,
    )
  }
  const [name, args] = entry
  if (!isYamlMap(args)) {
    return failed(
      `test arguments must be a dict, got ${pythonType(args)} (value ${pythonStr(args)})`,
    )
  }
  return named(name, args, at)
}

const failed = (message: string, kind: 'parsing' | 'compilation' = 'parsing'): ParsedDataTest => ({
  ok: false,
  message,
  kind,
})

const namePattern = /^(?:([a-zA-Z_][0-9a-zA-Z_]*)\.)?([a-zA-Z_][0-9a-zA-Z_]*)/

const named = (text: string, written: YamlMap, at: YamlPath): ParsedDataTest => {
  const { arguments: nested, ...beside } = written
  const all: YamlMap = isYamlMap(nested) ? { ...beside, ...nested } : beside
  if ('model' in all)
    return failed('Test arguments include "model", which is a reserved argument', 'compilation')
  const match = namePattern.exec(text)
  if (!match)
    return failed(`Test name string did not match expected pattern: ${text}`, 'compilation')
  const split = splitConfig(all)
  if (typeof split === 'string') {
    return failed(split, split.startsWith('Test cannot') ? 'compilation' : 'parsing')
  }
  const { description, name, ...args } = split.args
  return {
    ok: true,
    test: {
      name: match[2] ?? text,
      namespace: match[1] ?? null,
      customName: name === undefined || name === null ? null : pythonStr(name),
      description: typeof description === 'string' ? description : '',
      args,
      config: split.config,
      at,
    },
  }
}

/** Takes the configs out of a test's arguments; gives an error message when they contradict. */
const splitConfig = (
  all: YamlMap,
): { readonly args: YamlMap; readonly config: YamlMap } | string => {
  if (!Object.keys(all).some(key => key === 'config' || configKeySet.has(key)))
    return { args: all, config: {} }
  const { config: block, ...args } = all
  if (block !== undefined && !isYamlMap(block))
    return `'config' must be a dict, got ${pythonType(block)} (value ${pythonStr(block)})`
  const rest: Record<string, YamlValue | undefined> = { ...block }
  const config: Record<string, YamlValue> = {}
  const remaining: Record<string, YamlValue | undefined> = { ...args }
  for (const key of configKeys) {
    const beside = remaining[key]
    delete remaining[key]
    if (isTruthy(beside) && key in rest)
      return 'Test cannot have the same key at the top-level and in config'
    const value = isTruthy(beside) || block === undefined ? beside : rest[key]
    if (!isTruthy(beside)) delete rest[key]
    if (value !== undefined && value !== null) config[key] = value
  }
  for (const [key, value] of Object.entries(rest))
    if (value !== undefined && value !== null) config[key] = value
  return { args: remaining, config }
}

const isTruthy = (value: YamlValue | undefined): boolean => {
  if (value === undefined || value === null || value === false) return false
  if (value === 0 || value === '' || value === 0n) return false
  if (Array.isArray(value)) return value.length > 0
  return !isYamlMap(value) || Object.keys(value).length > 0
}

const pythonStr = (value: YamlValue | undefined): string =>
  typeof value === 'string' ? value : value instanceof YamlDate ? value.iso : pythonRepr(value)

const pythonType = (value: YamlValue | undefined): string => `<class '${typeName(value)}'>`

const typeName = (value: YamlValue | undefined): string => {
  if (value === null || value === undefined) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'bigint') return 'int'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (value instanceof YamlFloat) return 'float'
  if (value instanceof YamlDate) return `datetime.${value.kind}`
  return Array.isArray(value) ? 'list' : 'dict'
}
