import type { z } from 'zod'
import { deprecationDate } from './deprecation-date.ts'
import type {
  ColumnProperties,
  ModelProperties,
  ModelVersionId,
  NodeProperties,
  VersionProperties,
} from './properties.ts'
import {
  modelConstraints,
  readColumn,
  readDataTests,
  type WrittenColumn,
} from './property-columns.ts'
import { type modelSchema, versionSchema } from './property-schema.ts'
import type { EntryPlace } from './property-sections.ts'
import { pythonRepr } from './python-repr.ts'
import { isYamlMap, YamlFloat, type YamlMap, type YamlPath } from './yaml-value.ts'

type WrittenModel = z.infer<typeof modelSchema>
type WrittenVersion = z.infer<typeof versionSchema>

/** The versions of a model, each with the columns and tests that are its own. */
export const readVersions = (
  model: WrittenModel,
  node: NodeProperties,
  place: EntryPlace,
): Pick<ModelProperties, 'latest_version' | 'versions'> => {
  const { at, issues } = place
  const latest = model.latest_version ?? null
  const latestId = latest === null ? null : versionId(latest)
  const versions = (model.versions ?? []).map((version, index) =>
    readVersion(version, model, node, { ...place, at: [...at, 'versions', index] }),
  )
  const ids = versions.map(version => version.v)
  if (latestId !== null && latestId !== '' && !ids.includes(latestId)) {
    issues.fail(
      `latest_version: ${latestId} is not one of model '${model.name}' versions: ${pythonRepr(ids)} `,
      [...at, 'latest_version'],
    )
  }
  const seen = new Set<string>()
  for (const version of versions) {
    if (seen.has(String(version.v))) {
      issues.fail(
        `Found duplicate version: '${version.v}' in versions list of model '${model.name}'`,
        version.at,
      )
    }
    seen.add(String(version.v))
  }
  return { latest_version: latestId, versions }
}

/** `1.0` keeps its fraction, because the model's name shows it. */
const versionId = (written: string | number | YamlFloat): ModelVersionId =>
  written instanceof YamlFloat ? pythonRepr(written) : written

const readVersion = (
  version: WrittenVersion,
  model: WrittenModel,
  node: NodeProperties,
  place: EntryPlace,
): VersionProperties => {
  const { at, issues } = place
  const v = versionId(version.v)
  const owner = `version ${v} of model '${model.name}'`
  issues.warnUnknown(version, versionSchema.shape, at, owner)
  const hasTests = (version.data_tests ?? version.tests ?? undefined) !== undefined
  return {
    v,
    defined_in: version.defined_in ?? null,
    description: version.description ?? '',
    access: version.access ?? null,
    config: version.config ?? {},
    unrenderedConfig: unrenderedVersion(place),
    constraints: version.constraints
      ? modelConstraints(model.name, version.constraints, [...at, 'constraints'], issues)
      : null,
    docs: version.docs
      ? { show: version.docs.show ?? true, node_color: version.docs.node_color ?? null }
      : null,
    columns: versionColumns(version, node.columns, place),
    data_tests: hasTests ? readDataTests(version, at, issues) : node.data_tests,
    deprecation_date: deprecationDate(
      version.deprecation_date,
      [...at, 'deprecation_date'],
      issues,
    ),
    at,
  }
}

const unrenderedVersion = ({ entry, at }: EntryPlace): YamlMap => {
  const versions = entry.versions
  const written = Array.isArray(versions) ? versions[Number(at.at(-1))] : undefined
  return isYamlMap(written) && isYamlMap(written.config) ? written.config : {}
}

interface Inclusion {
  readonly include: string | readonly string[]
  readonly exclude?: readonly string[]
}

const isInclusion = (item: WrittenColumn | Inclusion): item is Inclusion => 'include' in item

const versionColumns = (
  version: WrittenVersion,
  base: readonly ColumnProperties[],
  { at, issues }: EntryPlace,
): readonly ColumnProperties[] => {
  const items = (version.columns ?? []) as readonly (WrittenColumn | Inclusion)[]
  const own: ColumnProperties[] = []
  let inclusion: Inclusion = { include: '*' }
  let inclusions = 0
  items.forEach((item, index) => {
    const path: YamlPath = [...at, 'columns', index]
    if (!isInclusion(item)) {
      own.push(readColumn(item, path, issues))
      return
    }
    inclusions += 1
    const problem = inclusionProblem(item, inclusions)
    if (problem) issues.fail(problem, path)
    inclusion = item
  })
  return [...base.filter(column => includes(inclusion, column.name)), ...own]
}

const inclusionProblem = ({ include, exclude }: Inclusion, count: number): string | undefined => {
  if (count > 1) return 'version can have at most one include/exclude element'
  const all = include === 'all' || include === '*'
  if (typeof include === 'string' && !all)
    return "include must be one of ('all', '*') or a list of strings"
  if (exclude && exclude.length > 0 && !all)
    return "exclude can only be specified if include is one of ('all', '*')"
  return undefined
}

const includes = ({ include, exclude }: Inclusion, name: string): boolean =>
  (include === 'all' || include === '*' || include.includes(name)) && !exclude?.includes(name)
