import { joinColumns } from './columns.ts'
import { entries, type JsonObject, object, text, texts } from './json.ts'
import { isKind, type Kind, type Resource } from './resource.ts'

interface Group {
  readonly name: string
  readonly description: string
  readonly owner: JsonObject
}

/** A manifest and a catalog, joined and made safe to show. */
export interface Project {
  readonly name: string
  readonly adapter: string
  readonly generatedAt: string
  readonly resources: ReadonlyMap<string, Resource>
  /** Direct readers of each id: nodes, tests and exposures. */
  readonly children: ReadonlyMap<string, readonly string[]>
  /** Nodes and macros that call a macro, by the macro's id. */
  readonly macroUsers: ReadonlyMap<string, readonly string[]>
  readonly groups: ReadonlyMap<string, Group>
  /** The text of `__overview__`, or of `__PACKAGE__` under the package's name. */
  readonly overview: string | undefined
  readonly packageOverviews: ReadonlyMap<string, string>
  /** Description of each source (not table), by its name. */
  readonly sourceTexts: ReadonlyMap<string, string>
  readonly hasCatalog: boolean
}

/** A CSS colour that is nothing but a colour: `#rgb…` or a bare word. */
const colour = (value: unknown): string | undefined => {
  const raw = text(value).trim()
  return /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$|^[a-z]{3,24}$/i.test(raw) ? raw : undefined
}

const isBuiltinPackage = (name: string, adapter: string): boolean =>
  name === 'dbt' || name === 'navo' || (adapter !== '' && name === `dbt_${adapter}`)

const nameOf = (kind: Kind, entry: JsonObject): string => {
  const name = text(entry.name)
  return kind === 'source' ? `${text(entry.source_name)}.${name}` : name
}

const labelOf = (kind: Kind, entry: JsonObject): string => {
  const version = text(entry.version)
  if (kind === 'exposure' || kind === 'metric') return text(entry.label) || text(entry.name)
  if (kind === 'model' && version !== '') return `${text(entry.name)} v${version}`
  return nameOf(kind, entry)
}

interface Context {
  readonly adapter: string
  readonly catalog: ReadonlyMap<string, JsonObject>
}

const readResource = (id: string, kind: Kind, entry: JsonObject, context: Context): Resource => {
  const config = object(entry.config)
  const docs = { ...object(config.docs), ...object(entry.docs) }
  const packageName = text(entry.package_name)
  const catalog = context.catalog.get(id)
  const dependsOn = object(entry.depends_on)
  return {
    id,
    kind,
    name: nameOf(kind, entry),
    label: labelOf(kind, entry),
    packageName,
    path: text(entry.original_file_path).replaceAll('\\', '/'),
    fqn: texts(entry.fqn),
    description: text(entry.description),
    tags: texts(entry.tags),
    meta: { ...object(config.meta), ...object(entry.meta) },
    config,
    columns: joinColumns(entry.columns, catalog),
    database: text(entry.database),
    schema: text(entry.schema),
    relation: text(entry.relation_name),
    materialized: text(config.materialized),
    version: text(entry.version),
    latestVersion: text(entry.latest_version),
    access: text(entry.access),
    group: text(entry.group) || text(config.group),
    rawCode: text(entry.raw_code) || text(entry.macro_sql),
    compiledCode: text(entry.compiled_code),
    parents: texts(dependsOn.nodes),
    macros: texts(dependsOn.macros),
    hidden: docs.show === false,
    builtin: isBuiltinPackage(packageName, context.adapter),
    color: colour(docs.node_color),
    entry,
    catalog,
  }
}

const SECTIONS = [
  'nodes',
  'sources',
  'exposures',
  'metrics',
  'semantic_models',
  'saved_queries',
  'functions',
  'unit_tests',
  'macros',
]

const readResources = (manifest: JsonObject, context: Context): Map<string, Resource> => {
  const found = new Map<string, Resource>()
  for (const section of SECTIONS) {
    for (const [id, value] of entries(manifest[section])) {
      const entry = object(value)
      const kind = text(entry.resource_type) || section.slice(0, -1)
      if (isKind(kind)) found.set(id, readResource(id, kind, entry, context))
    }
  }
  for (const [id, resource] of found) {
    const parents = [...new Set(resource.parents)].filter(parent => found.has(parent))
    const macros = [...new Set(resource.macros)].filter(macro => found.has(macro))
    found.set(id, { ...resource, parents, macros })
  }
  return found
}

/** For each id that `from` names, the resources that name it, ordered by label. */
const inverse = (
  resources: ReadonlyMap<string, Resource>,
  from: (resource: Resource) => readonly string[],
): Map<string, readonly string[]> => {
  const users = new Map<string, string[]>()
  const byLabel = [...resources.values()].sort((a, b) => a.label.localeCompare(b.label))
  for (const resource of byLabel) {
    for (const id of from(resource)) {
      const known = users.get(id)
      if (known) known.push(resource.id)
      else users.set(id, [resource.id])
    }
  }
  return users
}

const readOverviews = (manifest: JsonObject, root: string, adapter: string) => {
  const blocks = entries(manifest.docs).map(([, value]) => object(value))
  const own = blocks.filter(block => !isBuiltinPackage(text(block.package_name), adapter))
  const general = own.filter(block => block.name === '__overview__')
  const chosen = general.find(block => block.package_name === root) ?? general[0]
  const packages = own.flatMap(block => {
    const match = /^__(.+)__$/.exec(text(block.name))
    const name = match?.[1]
    return name === undefined || name === 'overview'
      ? []
      : [[name, text(block.block_contents)] as const]
  })
  return {
    overview: chosen === undefined ? undefined : text(chosen.block_contents),
    packageOverviews: new Map(packages),
  }
}

const readGroups = (manifest: JsonObject): Map<string, Group> =>
  new Map(
    entries(manifest.groups).map(([, value]) => {
      const group = object(value)
      const name = text(group.name)
      return [name, { name, description: text(group.description), owner: object(group.owner) }]
    }),
  )

const readSourceTexts = (resources: Iterable<Resource>): Map<string, string> => {
  const found = new Map<string, string>()
  for (const { kind, entry } of resources) {
    if (kind === 'source') found.set(text(entry.source_name), text(entry.source_description))
  }
  return found
}

/**
 * Joins dbt's manifest (v12) and catalog (v1) to what the site shows. Takes parsed JSON of any
 * shape: what is missing or of the wrong type is left out, never an error.
 */
export const readProject = (manifestJson: unknown, catalogJson: unknown): Project => {
  const manifest = object(manifestJson)
  const metadata = object(manifest.metadata)
  const catalogFile = object(catalogJson)
  const catalog = new Map(
    [...entries(catalogFile.nodes), ...entries(catalogFile.sources)].map(
      ([id, value]) => [id, object(value)] as const,
    ),
  )
  const adapter = text(metadata.adapter_type)
  const resources = readResources(manifest, { adapter, catalog })
  const name = text(metadata.project_name)
  return {
    name,
    adapter,
    generatedAt: text(metadata.generated_at),
    resources,
    children: inverse(resources, resource => resource.parents),
    macroUsers: inverse(resources, resource => resource.macros),
    groups: readGroups(manifest),
    ...readOverviews(manifest, name, adapter),
    sourceTexts: readSourceTexts(resources.values()),
    hasCatalog: catalogJson !== undefined,
  }
}

/** The direct readers of a resource that exist, tests included. */
export const childrenOf = (project: Project, id: string): readonly Resource[] =>
  (project.children.get(id) ?? []).flatMap(child => project.resources.get(child) ?? [])

/** The data tests and unit tests of a resource. */
export const testsOf = (project: Project, id: string): readonly Resource[] =>
  childrenOf(project, id).filter(({ kind, entry }) => {
    if (kind === 'unit_test') return true
    if (kind !== 'test') return false
    const attached = text(entry.attached_node)
    return attached === '' || attached === id
  })
