import type { JsonObject } from '../core/json.ts'
import { parseTemplate } from '../jinja/engine.ts'
import { fromJson } from '../jinja/python/convert.ts'
import { PyDict, type Value } from '../jinja/python/values.ts'

/** The name under which a generic test's arguments reach its template. */
export const testArgumentsName = '_dbt_generic_test_kwargs'

// A text that is one call of these is taken for Jinja although it has no braces.
const looksLikeCall = /^\s*(?:env_var|ref|var|source|doc)\s*\([\s\S]+\)\s*$/

type Render = (template: ReturnType<typeof parseTemplate>) => Value | Promise<Value>

const renderText = (text: string, file: string, render: Render): Value | Promise<Value> => {
  const source = looksLikeCall.test(text) ? `{{ ${text} }}` : text
  return source.includes('{{') || source.includes('{%')
    ? render(parseTemplate({ source, file }))
    : text
}

const renderDeep = (value: Value, file: string, render: Render): Value | Promise<Value> => {
  if (typeof value === 'string') return renderText(value, file, render)
  if (Array.isArray(value)) {
    const items = value.map(item => renderDeep(item, file, render))
    return items.some(item => item instanceof Promise) ? Promise.all(items) : (items as Value[])
  }
  if (!(value instanceof PyDict)) return value
  return collect([...value].map(([key, item]) => [key, renderDeep(item, file, render)]))
}

const collect = (
  entries: (readonly [Value, Value | Promise<Value>])[],
): PyDict | Promise<PyDict> =>
  entries.some(([, item]) => item instanceof Promise)
    ? Promise.all(entries.map(async ([key, item]) => [key, await item] as const)).then(
        done => new PyDict(done),
      )
    : new PyDict(entries as [Value, Value][])

/**
 * Renders the arguments of a generic test: texts natively, so that `ref('x')` becomes a relation; the
 * column's name stays as it is. Gives a promise only when a rendering did.
 * @param file the property file, for error places
 */
export const testArguments = (
  kwargs: JsonObject,
  file: string,
  render: Render,
): PyDict | Promise<PyDict> =>
  collect(
    Object.entries(kwargs).map(([key, value]) => [
      key,
      key === 'column_name'
        ? fromJson(value ?? null)
        : renderDeep(fromJson(value ?? null), file, render),
    ]),
  )
