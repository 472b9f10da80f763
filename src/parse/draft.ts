import { createHash } from 'node:crypto'
import { inNode, NavoError } from '../core/errors.ts'
import type { FileHash, ResourceType } from '../core/manifest.ts'
import { parseBlocks, parseTemplate, type TemplateSource } from '../jinja/engine.ts'
import type { SourceFile } from '../project/source-file.ts'
import type { ParseContext } from './parse-context.ts'
import type { PackageSource } from './project-sources.ts'
import { oneSpaced } from './python-strip.ts'
import { fqnOf, stem } from './resource-paths.ts'
import { type TemplateFacts, templateFacts } from './template-facts.ts'

/** A node as its own file tells of it, before the property files have their say. */
export interface Draft {
  readonly resource: 'model' | 'analysis' | 'test' | 'snapshot'
  readonly packageName: string
  readonly file: SourceFile
  readonly path: string
  /** Of the file: for a versioned model `users_v2`. */
  readonly name: string
  readonly fqn: readonly string[]
  readonly rawCode: string
  readonly checksum: FileHash
  readonly facts: TemplateFacts
}

/**
 * dbt's checksum of a file: SHA-256 of its words, so that a file that is laid out anew counts as
 * unchanged.
 */
export const checksumOf = (text: string): FileHash => ({
  name: 'sha256',
  checksum: createHash('sha256').update(oneSpaced(text)).digest('hex'),
})

interface Spot {
  readonly resource: Draft['resource']
  readonly packageName: string
  readonly file: SourceFile
  readonly name: string
}

const factsOf = (context: ParseContext, spot: Spot, source: TemplateSource): TemplateFacts => {
  const { target } = context.environment.facts
  const unique_id = `${spot.resource}.${spot.packageName}.${spot.name}`
  const own = { database: target.database, schema: target.schema, identifier: spot.name }
  return templateFacts(parseTemplate(source), context.environment, {
    packageName: spot.packageName,
    own,
    model: () => ({
      name: spot.name,
      resource_type: spot.resource,
      package_name: spot.packageName,
      unique_id,
      alias: spot.name,
      database: target.database,
      schema: target.schema,
      original_file_path: spot.file.path,
      path: spot.file.relativePath,
      raw_code: source.source,
      config: {},
      columns: {},
      tags: [],
      meta: {},
    }),
  })
}

/** Adds the node to the error's first line, unless it is not one of the user's. */
const told = (error: unknown, spot: Spot): NavoError => {
  if (!(error instanceof NavoError)) throw error
  const resourceType: ResourceType = spot.resource
  return inNode(error, { resourceType, name: spot.name, path: spot.file.path })
}

// The first line and column behind the leading white space, for places in errors.
const trimmed = (text: string, file: string): TemplateSource => {
  const lead = text.length - text.trimStart().length
  const before = text.slice(0, lead)
  const line = before.split('\n').length
  const column = lead - before.lastIndexOf('\n')
  return { source: text.trim(), file, line, column }
}

const fileDraft = (
  context: ParseContext,
  source: PackageSource,
  file: SourceFile,
  resource: 'model' | 'analysis' | 'test',
): Draft | undefined => {
  const packageName = source.config.name
  const name = stem(file.path)
  const spot: Spot = { resource, packageName, file, name }
  try {
    const template = trimmed(source.files.read(file), file.path)
    const path = resource === 'analysis' ? `analysis/${file.relativePath}` : file.relativePath
    return {
      resource,
      packageName,
      file,
      path,
      name,
      fqn: fqnOf(packageName, path, name),
      rawCode: template.source,
      checksum: checksumOf(template.source),
      facts: context.during(file.absolutePath, () => factsOf(context, spot, template)),
    }
  } catch (error) {
    context.report(told(error, spot))
    return undefined
  }
}

// A file of snapshots holds any number of blocks, each a node of its own.
const snapshotDrafts = (
  context: ParseContext,
  source: PackageSource,
  file: SourceFile,
): readonly Draft[] => {
  const packageName = source.config.name
  const fileSpot: Spot = { resource: 'snapshot', packageName, file, name: stem(file.path) }
  try {
    const text = source.files.read(file)
    const blocks = parseBlocks({ source: text, file: file.path }, ['snapshot'])
    return blocks.flatMap(block => {
      const spot: Spot = { ...fileSpot, name: block.shortName }
      const lead = block.body ?? { source: '', file: file.path }
      const folders = file.relativePath.split('/').slice(0, -1)
      return {
        resource: 'snapshot' as const,
        packageName,
        file,
        path: file.relativePath,
        name: block.shortName,
        fqn: [packageName, ...folders, stem(file.path), block.shortName],
        rawCode: lead.source,
        checksum: checksumOf(text.trim()),
        facts: context.during(file.absolutePath, () => factsOf(context, spot, lead)),
      }
    })
  } catch (error) {
    context.report(told(error, fileSpot))
    return []
  }
}

const resources = {
  model: 'model',
  analysis: 'analysis',
  singular_test: 'test',
  snapshot: 'snapshot',
} as const

/** The kinds of files that hold nodes of SQL. */
export type DraftedKind = keyof typeof resources

/** The nodes that one file holds. Problems are reported to the context. */
export const fileDrafts = (
  context: ParseContext,
  source: PackageSource,
  kind: DraftedKind,
  file: SourceFile,
): readonly Draft[] => {
  const resource = resources[kind]
  if (resource === 'snapshot') return snapshotDrafts(context, source, file)
  const draft = fileDraft(context, source, file, resource)
  return draft ? [draft] : []
}

/** All nodes that a project's or package's SQL files define. Problems are reported to the context. */
export const readDrafts = (context: ParseContext, source: PackageSource): readonly Draft[] =>
  (['model', 'analysis', 'singular_test', 'snapshot'] as const).flatMap(kind =>
    source.files.ofKind(kind).flatMap(file => fileDrafts(context, source, kind, file)),
  )

export interface YamlSnapshot {
  readonly packageName: string
  /** The property file. */
  readonly path: string
  readonly name: string
  /** `ref('x')` or `source('a', 'b')`. */
  readonly relation: string
}

/** A snapshot that a property file defines over a relation: its SQL is that relation's rows. */
export const draftFromYaml = (context: ParseContext, snapshot: YamlSnapshot): Draft => {
  const { packageName, path, name, relation } = snapshot
  const source = `select * from {{ ${relation} }}`
  const relativePath = path.split('/').slice(1).join('/')
  const file: SourceFile = {
    kind: 'property',
    path,
    searchPath: path.split('/', 1)[0] ?? '',
    relativePath,
    absolutePath: path,
  }
  const folders = relativePath.split('/').slice(0, -1)
  return {
    resource: 'snapshot',
    packageName,
    file,
    path: [...folders, `${name}.sql`].join('/'),
    name,
    fqn: [packageName, ...folders, name],
    rawCode: source,
    checksum: checksumOf(source),
    facts: factsOf(
      context,
      { resource: 'snapshot', packageName, file, name },
      { source, file: path },
    ),
  }
}
