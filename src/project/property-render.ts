import { isTestConfigKey } from './data-test.ts'
import type { YamlPath } from './yaml-value.ts'

const lateKeys = new Set<unknown>(['tests', 'data_tests', 'description', 'loaded_at_query'])
const lateConfigs = new Set<unknown>([
  'pre_hook',
  'post_hook',
  'pre-hook',
  'post-hook',
  'loaded_at_query',
])
const testsOrDescription = new Set<unknown>(['tests', 'data_tests', 'description'])

/**
 * Whether a value of a property file's entry is rendered when the file is read. Descriptions wait
 * for `doc()`, tests for the node they belong to, hooks for the run: dbt's rule, by path.
 */
export const isDueInProperties = (section: string, path: YamlPath): boolean => {
  if (isTestConfig(path)) return true
  if (section === 'sources') return isDueInSource(path)
  if (section === 'macros' && path[0] === 'arguments') return !isLate(path.slice(1))
  return !isLate(path)
}

/** A text in a data test's `config:`, or a config beside its arguments, is rendered with the file. */
const isTestConfig = (path: YamlPath): boolean => {
  const tests = path.findIndex(step => step === 'tests' || step === 'data_tests')
  if (tests === -1 || path[0] === 'config') return false
  // Behind the index: the test's name, unless it is written as `test_name: …`.
  const [first, second, ...more] = path.slice(tests + 2)
  if (first === undefined) return false
  if (second === undefined) return isTestConfigKey(first)
  if (more.length === 0) return first === 'config' || isTestConfigKey(second)
  return more.length === 1 && second === 'config'
}

const isDueInSource = (path: YamlPath): boolean => {
  if (path[0] === 'description' || path[0] === 'loaded_at_query') return false
  if (path[0] === 'config' && path[1] === 'loaded_at_query') return false
  return path[0] !== 'tables' || !isLate(path.slice(2))
}

const isLate = (path: YamlPath): boolean => {
  const [first, second, third, fourth, fifth] = path
  if (lateKeys.has(first)) return true
  if (path.length === 2 && lateKeys.has(second)) return true
  if (first === 'config') return lateConfigs.has(second)
  if (path.length === 5 && fifth === 'description') return true
  if (first === 'columns') return testsOrDescription.has(third)
  if (first !== 'versions') return false
  if (testsOrDescription.has(third)) return true
  return third === 'columns' && fourth !== undefined && testsOrDescription.has(fifth)
}
