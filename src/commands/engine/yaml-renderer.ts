import type { Lookup } from '../../context/scope.ts'
import { parseTemplate, renderNative } from '../../jinja/engine.ts'
import type { RenderNative } from '../../project/render.ts'

/** Renders the Jinja of YAML values in a context. */
export const yamlRenderer =
  (lookup: Lookup): RenderNative =>
  (text, at) => {
    const { file, line, column } = at()
    const template = parseTemplate({ source: text, file, line, column })
    return renderNative(template, lookup, { undefined: 'default' })
  }
