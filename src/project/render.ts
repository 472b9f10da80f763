import { CompilationError, NavoError, ParsingError } from '../core/errors.ts'
import type { Span } from '../core/span.ts'
import type { Value } from '../jinja/python/values.ts'
import { fromPython } from './from-python.ts'
import type { YamlSource } from './yaml.ts'
import { isYamlMap, YamlDate, type YamlMap, type YamlPath, type YamlValue } from './yaml-value.ts'

/**
 * Renders one string of a YAML file that holds Jinja, giving a value of its own type (Jinja2's
 * native types as dbt has them). Which functions the template sees is the caller's choice: var and
 * env_var for profiles, target as well for project and property files. `at` is computed on demand.
 */
export type RenderNative = (text: string, at: () => Span) => Value

export interface RenderOptions {
  readonly source: Pick<YamlSource, 'spanOf'>
  readonly render: RenderNative
  /** Where in the file the value stands. */
  readonly at: YamlPath
  /** Says of a path, counted from the value, whether it is rendered now; the default is yes. */
  readonly due?: (path: YamlPath) => boolean
}

/** Whether a text can hold Jinja at all: most never see the renderer. */
export const hasJinja = (text: string): boolean => text.includes('{') && /\{[{%#]/.test(text)

/**
 * Renders the strings below a value. Dates become text, as in dbt; what is not due stays as it is.
 * What holds nothing to render is given back as the same object.
 * Throws CompilationError with dbt's `Could not render …`, or the ParsingError of `env_var`, and the
 * place.
 */
export const renderTree = (value: YamlValue, options: RenderOptions): YamlValue => {
  const path: (string | number)[] = []
  const visit = (node: YamlValue): YamlValue => {
    if (typeof node === 'string') return hasJinja(node) && isDue() ? renderText(node) : node
    if (node instanceof YamlDate) return isDue() ? node.iso : node
    if (Array.isArray(node)) return visitList(node)
    return isYamlMap(node) ? visitMap(node) : node
  }
  const isDue = (): boolean => options.due?.(path) ?? true
  const renderText = (node: string): YamlValue =>
    fromPython(renderOne(node, options, [...options.at, ...path]))
  const visitList = (list: readonly YamlValue[]): YamlValue => {
    let copy: YamlValue[] | undefined
    list.forEach((item, index) => {
      path.push(index)
      const rendered = visit(item)
      path.pop()
      if (rendered !== item) {
        copy ??= list.slice()
        copy[index] = rendered
      }
    })
    return copy ?? list
  }
  const visitMap = (map: YamlMap): YamlValue => {
    let copy: Record<string, YamlValue | undefined> | undefined
    for (const key in map) {
      const item = map[key]
      if (item === undefined) continue
      path.push(key)
      const rendered = visit(item)
      path.pop()
      if (rendered !== item) {
        copy ??= { ...map }
        copy[key] = rendered
      }
    }
    return copy ?? map
  }
  return visit(value)
}

const renderOne = (text: string, { source, render }: RenderOptions, path: YamlPath): Value => {
  const at = () => source.spanOf(path)
  try {
    return render(text, at)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const known = error instanceof NavoError ? error : undefined
    // dbt lets a missing environment variable speak for itself.
    if (known instanceof ParsingError)
      throw new ParsingError(known.message, { at: at(), hint: known.hint, code: known.code })
    throw new CompilationError(`Could not render ${text}: ${error.message}`, {
      at: known?.at ?? at(),
      hint: known?.hint,
      code: known?.code ?? 'yaml-render',
      cause: error,
    })
  }
}
