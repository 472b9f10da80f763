import type { JsonObject } from '../core/json.ts'
import type { ExposureNode, GroupNode } from '../core/manifest.ts'
import type { ExposureProperties, GroupProperties } from '../project/property-file.ts'
import type { RenderDescription } from './columns.ts'
import { readDependency } from './dependency-text.ts'
import { resolveConfig } from './node-config.ts'
import type { ParseContext } from './parse-context.ts'
import { yamlJson } from './yaml-json.ts'

const belowSearchPath = (file: string): string => file.split('/').slice(1).join('/')

/** An exposure: who uses what the project builds. Throws CompilationError on a broken `depends_on`. */
export const exposureNode = (
  context: ParseContext,
  packageName: string,
  file: string,
  exposure: ExposureProperties,
  describe: RenderDescription,
): ExposureNode => {
  const path = belowSearchPath(file)
  const fqn = [packageName, ...path.split('/').slice(0, -1), exposure.name]
  const { config, unrendered } = resolveConfig(context.configs, 'exposure', {
    packageName,
    fqn,
    patch: {
      ...exposure.config,
      meta: { ...exposure.meta, ...(exposure.config.meta as object) },
    },
  })
  const dependencies = exposure.depends_on.map(text => readDependency(text, file))
  const tags = [...new Set([...exposure.tags, ...config.tags])]
  return {
    name: exposure.name,
    resource_type: 'exposure',
    package_name: packageName,
    path,
    original_file_path: file,
    unique_id: `exposure.${packageName}.${exposure.name}`,
    fqn,
    type: exposure.type,
    owner: exposure.owner,
    description: describe(exposure.description).text,
    label: exposure.label,
    maturity: exposure.maturity,
    meta: config.meta,
    tags,
    config: { ...config, tags },
    unrendered_config: unrendered,
    url: exposure.url,
    depends_on: { macros: [], nodes: [] },
    refs: dependencies.flatMap(dependency => dependency.refs),
    sources: dependencies.flatMap(dependency => dependency.sources),
    metrics: [],
    created_at: context.createdAt,
  }
}

/** A group of models and its owner. */
export const groupNode = (
  packageName: string,
  file: string,
  group: GroupProperties,
  describe: RenderDescription,
): GroupNode => ({
  name: group.name,
  resource_type: 'group',
  package_name: packageName,
  path: belowSearchPath(file),
  original_file_path: file,
  unique_id: `group.${packageName}.${group.name}`,
  owner: group.owner,
  description: describe(group.description).text,
  config: { meta: {}, ...(yamlJson(group.config) as JsonObject) },
})
