import type { JsonObject } from '../core/json.ts'
import type { MacroNode } from '../core/manifest.ts'
import type { MacroProperties } from '../project/property-file.ts'
import type { RenderDescription } from './columns.ts'
import type { FilePatch } from './patches.ts'
import { yamlJson } from './yaml-json.ts'

/** A macro with what its property file says of it. */
export const patchMacro = (
  node: MacroNode,
  patch: FilePatch<MacroProperties>,
  describe: RenderDescription,
): MacroNode => {
  const { properties } = patch
  const meta = yamlJson(properties.meta) as JsonObject
  return {
    ...node,
    description: describe(properties.description).text,
    meta,
    docs: properties.docs,
    config: { ...node.config, meta, docs: properties.docs as unknown as JsonObject },
    patch_path: patch.patchPath,
    arguments: properties.arguments.length > 0 ? properties.arguments : node.arguments,
  }
}
