import { createHash } from 'node:crypto'
import { ParsingError } from '../core/errors.ts'
import type { FileHash, Hook, NodeConfig, SeedNode } from '../core/manifest.ts'
import type { NodeProperties } from '../project/property-file.ts'
import type { SourceFile } from '../project/source-file.ts'
import type { YamlMap } from '../project/yaml-value.ts'
import { columnsByName, type RenderDescription } from './columns.ts'
import { type HookFacts, hookFacts } from './hook-facts.ts'
import { resolveConfig } from './node-config.ts'
import type { ParseContext } from './parse-context.ts'
import type { PackageSource } from './project-sources.ts'
import { pythonStrip } from './python-strip.ts'
import { relationName } from './relation-name.ts'
import { fqnOf, stem } from './resource-paths.ts'
import { docsConfig, type Patch } from './sql-nodes.ts'

/** Seeds above this size are known by their path alone, as in dbt (1 MiB). */
const largestHashed = 1024 * 1024

const checksum = (source: PackageSource, file: SourceFile, size: number): FileHash =>
  size > largestHashed
    ? { name: 'path', checksum: file.path }
    : {
        name: 'sha256',
        checksum: createHash('sha256')
          .update(pythonStrip(unixLines(source.files.read(file))))
          .digest('hex'),
      }

// The same file checked out on Windows is the same seed.
const unixLines = (text: string): string => text.replace(/\r\n?/g, '\n')

const patchedConfig = (patch: Patch<NodeProperties> | undefined): YamlMap => {
  const given = patch?.properties.config ?? {}
  const quoted = patch?.properties.quote_columns ?? null
  return quoted === null ? given : { quote_columns: quoted, ...given }
}

/** dbt's rule: seeds are the roots of the graph, so their hooks may not refer to other nodes. */
const refuseDependencies = (id: string, config: NodeConfig, facts: HookFacts): void => {
  if (facts.refs.length + facts.sources.length === 0) return
  const list = (['pre-hook', 'post-hook'] as const).flatMap(key =>
    (config[key] as unknown as readonly Hook[]).map(
      ({ sql }) => `- ${key.replace('-', '_')}: "${sql}"`,
    ),
  )
  throw new ParsingError(
    `Seeds cannot depend on other nodes. dbt detected a seed with a pre- or post-hook\nthat calls 'ref', 'source', or 'metric', either directly or indirectly via other macros.\n\nError raised for '${id}', which has these hooks defined: \n${list.join('\n')}`,
    { code: 'seed-dependency', hint: 'put the hook on a model that is built from the seed' },
  )
}

/** A seed. @param size of its file in bytes */
export const seedNode = (
  context: ParseContext,
  source: PackageSource,
  file: SourceFile,
  size: number,
  patch: Patch<NodeProperties> | undefined,
  describe: RenderDescription,
): SeedNode => {
  const packageName = source.config.name
  const name = stem(file.path)
  const fqn = fqnOf(packageName, file.relativePath, name)
  const { config, unrendered } = resolveConfig(context.configs, 'seed', {
    packageName,
    fqn,
    patch: patchedConfig(patch),
  })
  const place = context.names(
    {
      name,
      resource_type: 'seed',
      package_name: packageName,
      path: file.relativePath,
      original_file_path: file.path,
      unique_id: `seed.${packageName}.${name}`,
      fqn,
    },
    config,
  )
  refuseDependencies(
    `seed.${packageName}.${name}`,
    config,
    hookFacts(context, {
      packageName,
      own: { database: place.database, schema: place.schema, identifier: place.alias },
      file: file.path,
      config,
      model: () => ({ name, resource_type: 'seed', config, columns: {} }),
    }),
  )
  const { text, docBlocks } = describe(patch?.properties.description ?? '')
  return {
    database: place.database,
    schema: place.schema,
    name,
    resource_type: 'seed',
    package_name: packageName,
    path: file.relativePath,
    original_file_path: file.path,
    unique_id: `seed.${packageName}.${name}`,
    fqn,
    alias: place.alias,
    checksum: checksum(source, file, size),
    config,
    tags: [...new Set(config.tags)],
    description: text,
    columns: columnsByName(patch?.properties.columns ?? [], describe),
    meta: config.meta,
    group: typeof config.group === 'string' ? config.group : null,
    docs: docsConfig(config),
    patch_path: patch?.patchPath ?? null,
    build_path: null,
    unrendered_config: unrendered,
    created_at: context.createdAt,
    relation_name: relationName(context.environment.facts, { ...place, config }),
    raw_code: '',
    doc_blocks: docBlocks,
    root_path: source.config.root,
    depends_on: { macros: [] },
  }
}
