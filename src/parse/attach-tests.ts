import type { ManifestNode, SourceNode, TestNode } from '../core/manifest.ts'
import type {
  ColumnProperties,
  DataTestProperties,
  ModelProperties,
  ModelVersionId,
  NodeProperties,
  PropertyFile,
  SourceProperties,
} from '../project/property-file.ts'
import { genericTestNode, type TestTarget } from './generic-tests.ts'
import type { PackageNodes } from './package-nodes.ts'
import type { ParseContext } from './parse-context.ts'

interface Site {
  readonly packageName: string
  readonly file: PropertyFile
  readonly target: TestTarget
  readonly columns: readonly ColumnProperties[]
  readonly tests: readonly DataTestProperties[]
  /** `quote_columns` of the node: for columns that do not say. */
  readonly quoted: boolean
}

const testsAt = (context: ParseContext, site: Site): readonly TestNode[] => {
  const { dialect } = context.environment.facts
  const made: TestNode[] = []
  const add = (
    test: DataTestProperties,
    column: string | null,
    columnTags: readonly string[],
  ): void => {
    const node = genericTestNode(context, {
      packageName: site.packageName,
      file: site.file.path,
      target: site.target,
      test,
      column,
      columnTags,
      at: () => site.file.spanOf(test.at),
    })
    if (node) made.push(node)
  }
  for (const column of site.columns) {
    const quoted = column.quote ?? site.quoted
    const name = quoted ? dialect.quoteIdentifier(column.name) : column.name
    for (const test of column.data_tests) add(test, name, column.tags)
  }
  for (const test of site.tests) add(test, null, [])
  return made
}

type NodeIndex = ReadonlyMap<string, ManifestNode>

const nodeTarget = (
  nodes: NodeIndex,
  key: string,
  uniqueId: string,
  name: string,
  version: ModelVersionId | null,
): TestTarget => {
  const node = nodes.get(uniqueId)
  return {
    kind: 'node',
    name,
    version,
    key,
    uniqueId: node ? uniqueId : null,
    group: node?.group ?? null,
  }
}

const modelSites = (
  model: ModelProperties,
  packageName: string,
  file: PropertyFile,
  nodes: NodeIndex,
): readonly Site[] => {
  const id = `model.${packageName}.${model.name}`
  const key = `models.${model.name}`
  const base = { packageName, file, quoted: model.quote_columns === true }
  if (model.versions.length === 0) {
    const target = nodeTarget(nodes, key, id, model.name, null)
    return [{ ...base, target, columns: model.columns, tests: model.data_tests }]
  }
  return model.versions.map(version => ({
    ...base,
    target: nodeTarget(nodes, key, `${id}.v${version.v}`, model.name, version.v),
    columns: version.columns,
    tests: version.data_tests,
  }))
}

const nodeSites = (
  section: 'seeds' | 'snapshots' | 'analyses',
  entry: NodeProperties,
  packageName: string,
  file: PropertyFile,
  nodes: NodeIndex,
): Site => {
  const type = { seeds: 'seed', snapshots: 'snapshot', analyses: 'analysis' }[section]
  const id = `${type}.${packageName}.${entry.name}`
  return {
    packageName,
    file,
    quoted: entry.quote_columns === true,
    target: nodeTarget(nodes, `${section}.${entry.name}`, id, entry.name, null),
    columns: entry.columns,
    tests: entry.data_tests,
  }
}

const sourceSites = (
  source: SourceProperties,
  packageName: string,
  file: PropertyFile,
): readonly Site[] =>
  source.tables.map(table => ({
    packageName,
    file,
    quoted: table.quoting.column === true || source.quoting.column === true,
    target: { kind: 'source' as const, source: source.name, table: table.name },
    columns: table.columns,
    tests: table.data_tests,
  }))

/** The generic tests that the property files of a package attach to its nodes and sources. */
export const attachedTests = (
  context: ParseContext,
  part: PackageNodes,
  nodes: NodeIndex,
  sources: ReadonlyMap<string, SourceNode>,
): readonly TestNode[] => {
  const packageName = part.source.config.name
  return part.source.properties.flatMap(file => {
    const sites: Site[] = [
      ...file.models.flatMap(model => modelSites(model, packageName, file, nodes)),
      ...file.seeds.map(seed => nodeSites('seeds', seed, packageName, file, nodes)),
      ...file.snapshots.map(snapshot => nodeSites('snapshots', snapshot, packageName, file, nodes)),
      ...file.analyses.map(analysis => nodeSites('analyses', analysis, packageName, file, nodes)),
      ...file.sources.flatMap(source => sourceSites(source, packageName, file)),
    ]
    return sites
      .filter(
        ({ target }) =>
          target.kind === 'node' ||
          sources.has(`source.${packageName}.${target.source}.${target.table}`),
      )
      .flatMap(site => testsAt(context, site))
  })
}
