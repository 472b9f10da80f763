import { entries, object, printed, text, texts } from './json.ts'
import type { Resource } from './resource.ts'

/** Arguments that every generic test has, or that its name already says. */
const PLUMBING = new Set(['model', 'column_name', 'field', 'to', 'values'])

const kwargsOf = (test: Resource) => object(object(test.entry.test_metadata).kwargs)

/** The name of a generic test without its column and model: `accepted_values`, `utils.at_least_one`. */
const testName = (test: Resource): string => {
  const metadata = object(test.entry.test_metadata)
  const name = text(metadata.name)
  const namespace = text(metadata.namespace)
  if (name === '') return test.name
  return namespace === '' ? name : `${namespace}.${name}`
}

/** What a test asks, in a few words: `accepted values: a, b`, `relationships → customers.id`. */
export const testText = (test: Resource): string => {
  const name = testName(test).replaceAll('_', ' ')
  const kwargs = kwargsOf(test)
  const to = /(?:ref|source)\(([^)]*)\)/.exec(text(kwargs.to))?.[1]?.replaceAll(/['"\s]/g, '')
  const target =
    to === undefined ? '' : ` → ${to.replace(/,v(?:ersion)?=/, '.v').replaceAll(',', '.')}`
  const field = text(kwargs.field)
  const values = texts(kwargs.values)
  const shown = values.length === 0 ? '' : `: ${values.join(', ')}`
  return `${name}${target}${target !== '' && field !== '' ? `.${field}` : ''}${shown}`
}

/** The remaining arguments of a generic test. */
export const testArguments = (test: Resource): readonly (readonly [string, string])[] =>
  entries(kwargsOf(test))
    .filter(([key]) => !PLUMBING.has(key))
    .map(([key, value]) => [key, printed(value)])

/** The column a test stands on, in lower case; '' when it is the whole relation's. */
export const testColumn = (test: Resource): string =>
  (text(test.entry.column_name) || text(kwargsOf(test).column_name)).toLowerCase()

/** `warn` when failing rows only warn, else `error`. */
export const testSeverity = (test: Resource): 'warn' | 'error' =>
  text(test.config.severity).toLowerCase() === 'warn' ? 'warn' : 'error'
