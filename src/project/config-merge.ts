import type { ConfigSection } from './project-config.ts'
import { isYamlMap, type YamlMap, type YamlValue } from './yaml-value.ts'

type MergeRule = 'append' | 'update' | 'grants'

const nodeRules: Readonly<Record<string, MergeRule>> = {
  tags: 'append',
  'pre-hook': 'append',
  'post-hook': 'append',
  packages: 'append',
  meta: 'update',
  quoting: 'update',
  column_types: 'update',
  docs: 'update',
  contract: 'update',
  latest_version_pointer: 'update',
  grants: 'grants',
}
const testRules: Readonly<Record<string, MergeRule>> = { tags: 'append', meta: 'update' }

/** How values of one key join over levels; keys not named here: the most specific level wins. */
const rulesOf = (section: ConfigSection): Readonly<Record<string, MergeRule>> => {
  switch (section) {
    case 'models':
    case 'seeds':
    case 'snapshots':
    case 'analyses':
    case 'functions':
      return nodeRules
    case 'data_tests':
    case 'unit_tests':
      return testRules
    case 'sources':
      return { meta: 'update' }
    default:
      return {}
  }
}

/**
 * A more specific level of configuration over a less specific one, by dbt's rules: tags, hooks and
 * packages are appended, maps like meta and quoting updated by key, grants replaced by grant unless
 * written `+grant`; of everything else the more specific value counts. Gives a new map.
 */
export const mergeConfig = (section: ConfigSection, base: YamlMap, over: YamlMap): YamlMap => {
  const rules = rulesOf(section)
  const result: Record<string, YamlValue | undefined> = { ...base }
  for (const [written, value] of Object.entries(over)) {
    const key = hookKey(written)
    result[key] = joined(rules[key], result[key], value)
  }
  return result
}

/** `pre_hook` and `pre-hook` are one key. */
const hookKey = (key: string): string =>
  key === 'pre_hook' ? 'pre-hook' : key === 'post_hook' ? 'post-hook' : key

const joined = (
  rule: MergeRule | undefined,
  base: YamlValue | undefined,
  over: YamlValue | undefined,
): YamlValue | undefined => {
  switch (rule) {
    case undefined:
      return over
    case 'append':
      return [...listOf(base), ...listOf(over ?? null)]
    case 'update':
      return isYamlMap(over) ? { ...(isYamlMap(base) ? base : {}), ...over } : over
    case 'grants':
      return isYamlMap(over) ? mergeGrants(isYamlMap(base) ? base : {}, over) : over
  }
}

const listOf = (value: YamlValue | undefined): readonly YamlValue[] => {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value as YamlValue]
}

const mergeGrants = (base: YamlMap, over: YamlMap): YamlMap => {
  const result: Record<string, YamlValue> = {}
  for (const [key, value] of Object.entries(base)) result[key] = listOf(value)
  for (const [written, value] of Object.entries(over)) {
    const key = written.replace(/^\++/, '')
    const before = written === key ? [] : listOf(result[key])
    result[key] = [...before, ...listOf(value)]
  }
  return result
}
