import type { z } from 'zod'
import type { DocsConfig } from '../core/manifest.ts'
import { type Checked, check } from './check.ts'
import { deprecationDate } from './deprecation-date.ts'
import type {
  ExposureProperties,
  GroupProperties,
  MacroProperties,
  ModelProperties,
  NodeProperties,
  Properties,
  SnapshotProperties,
  UnitTestProperties,
} from './properties.ts'
import {
  modelConstraints,
  readColumns,
  readDataTests,
  type WrittenNode,
} from './property-columns.ts'
import type { EntryIssues } from './property-issues.ts'
import {
  exposureSchema,
  groupSchema,
  macroSchema,
  modelSchema,
  nodeSchema,
  singularTestSchema,
  snapshotSchema,
  sourceSchema,
  unitTestSchema,
} from './property-schema.ts'
import { readSource } from './property-sources.ts'
import { readVersions } from './property-versions.ts'
import { yamlToJson, yamlValueToJson } from './yaml-json.ts'
import { isYamlMap, type YamlMap, type YamlPath, type YamlValue } from './yaml-value.ts'

export interface EntryPlace {
  /** As written, before rendering. */
  readonly entry: YamlMap
  readonly at: YamlPath
  readonly issues: EntryIssues
  readonly file: string
}

/** How the entries of one section are checked and typed. */
export interface EntryReader<T> {
  readonly noun: string
  /** The keys that are known. */
  readonly keys: object
  /** Whether dbt shows its own three keys with the entry in errors. */
  readonly patches: boolean
  /** Checks a rendered entry; what passes can be typed. */
  check(value: unknown): Checked<(place: EntryPlace) => T>
}

const reader = <S extends z.ZodObject, T>(
  noun: string,
  schema: S,
  read: (entry: z.infer<S>, place: EntryPlace) => T,
  patches = false,
): EntryReader<T> => ({
  noun,
  keys: schema.shape,
  patches,
  check: value => {
    const checked = check(schema, value)
    return checked.ok
      ? { ok: true, value: place => read(checked.value as z.infer<S>, place) }
      : checked
  },
})

const unrendered = (entry: YamlMap): YamlMap => (isYamlMap(entry.config) ? entry.config : {})

/** Keys that may stand beside `config:` and belong into it. */
const movable = ['meta', 'docs', 'group', 'contract', 'access'] as const

const nodeConfig = (node: WrittenNode, { at, issues, file }: EntryPlace): YamlMap => {
  const config: Record<string, YamlValue | undefined> = { ...node.config }
  for (const key of movable) {
    const beside = node[key] as YamlValue | undefined
    if (beside === undefined) continue
    if (node.config && key in node.config) {
      issues.fail(
        `In ${file}: found ${key} dictionary in 'config' dictionary and as top-level key.\nRemove the top-level key and define it under 'config' dictionary only.`,
        [...at, key],
      )
    }
    config[key] = beside
  }
  return config
}

const docsOf = (docs: { show?: boolean; node_color?: string | null } | undefined): DocsConfig => ({
  show: docs?.show ?? true,
  node_color: docs?.node_color ?? null,
})

const readNode = (node: WrittenNode, place: EntryPlace): NodeProperties => ({
  name: node.name,
  description: node.description ?? '',
  config: nodeConfig(node, place),
  unrenderedConfig: unrendered(place.entry),
  columns: readColumns(node.columns, [...place.at, 'columns'], place.issues),
  data_tests: readDataTests(node, place.at, place.issues),
  quote_columns: node.quote_columns ?? null,
  docs: node.docs ? docsOf(node.docs) : null,
  at: place.at,
})

const readModel = (model: z.infer<typeof modelSchema>, place: EntryPlace): ModelProperties => {
  const { at, issues } = place
  const node = readNode(model, place)
  return {
    ...node,
    access: model.access ?? null,
    constraints: modelConstraints(model.name, model.constraints, [...at, 'constraints'], issues),
    ...readVersions(model, node, place),
    deprecation_date: deprecationDate(model.deprecation_date, [...at, 'deprecation_date'], issues),
    time_spine: model.time_spine === undefined ? null : yamlValueToJson(model.time_spine),
  }
}

const readSnapshot = (
  snapshot: z.infer<typeof snapshotSchema>,
  place: EntryPlace,
): SnapshotProperties => ({ ...readNode(snapshot, place), relation: snapshot.relation ?? null })

const readMacro = (macro: z.infer<typeof macroSchema>, place: EntryPlace): MacroProperties => {
  const config = macro.config ?? {}
  const docs = isYamlMap(config.docs) ? config.docs : macro.docs
  return {
    name: macro.name,
    description: macro.description ?? '',
    config,
    unrenderedConfig: unrendered(place.entry),
    docs: docsOf(docs as Parameters<typeof docsOf>[0]),
    meta: { ...macro.meta, ...(isYamlMap(config.meta) ? config.meta : {}) },
    arguments: (macro.arguments ?? []).map(({ name, type, description }) => ({
      name,
      type: type ?? null,
      description: description ?? '',
    })),
    at: place.at,
  }
}

const readExposure = (
  exposure: z.infer<typeof exposureSchema>,
  place: EntryPlace,
): ExposureProperties => {
  checkOwner('Exposure', exposure.owner as YamlMap, place)
  return {
    name: exposure.name,
    description: exposure.description ?? '',
    config: exposure.config ?? {},
    unrenderedConfig: unrendered(place.entry),
    type: exposure.type,
    owner: yamlToJson(exposure.owner as YamlMap),
    label: exposure.label ?? null,
    maturity: exposure.maturity ?? null,
    meta: exposure.meta ?? {},
    tags: exposure.tags ?? [],
    url: exposure.url ?? null,
    depends_on: exposure.depends_on ?? [],
    at: place.at,
  }
}

const checkOwner = (noun: string, owner: YamlMap, { at, issues }: EntryPlace): void => {
  if ((owner.name ?? null) === null && (owner.email ?? null) === null)
    issues.invalid(`${noun} owner must have at least one of 'name' or 'email'.`, [...at, 'owner'])
}

const readGroup = (group: z.infer<typeof groupSchema>, place: EntryPlace): GroupProperties => {
  checkOwner('Group', group.owner as YamlMap, place)
  return {
    name: group.name,
    description: group.description ?? '',
    config: group.config ?? {},
    unrenderedConfig: unrendered(place.entry),
    owner: yamlToJson(group.owner as YamlMap),
    at: place.at,
  }
}

const readUnitTest = (
  test: z.infer<typeof unitTestSchema>,
  place: EntryPlace,
): UnitTestProperties => {
  const { overrides, versions } = test
  if (versions?.include?.length && versions.exclude?.length)
    place.issues.invalid('Unit tests can not both include and exclude versions.', place.at)
  return {
    name: test.name,
    description: test.description ?? '',
    config: test.config ?? {},
    unrenderedConfig: unrendered(place.entry),
    model: test.model,
    given: test.given.map(given => ({ input: given.input, ...fixtureOf(given) })),
    expect: fixtureOf(test.expect),
    overrides: overrides
      ? {
          macros: overrides.macros ?? {},
          vars: overrides.vars ?? {},
          env_vars: overrides.env_vars ?? {},
        }
      : null,
    versions: versions
      ? { include: versionIdsOf(versions.include), exclude: versionIdsOf(versions.exclude) }
      : null,
    at: place.at,
  }
}

const fixtureOf = (written: {
  rows?: string | YamlMap[] | null
  format?: 'csv' | 'dict' | 'sql'
  fixture?: string | null
}) => ({
  rows: written.rows ?? null,
  format: written.format ?? 'dict',
  fixture: written.fixture ?? null,
})

const versionIdsOf = (ids: readonly (string | number | object)[] | null | undefined) =>
  ids?.map(id => (typeof id === 'object' ? String((id as { value: number }).value) : id)) ?? null

const readSingularTest = (
  test: z.infer<typeof singularTestSchema>,
  place: EntryPlace,
): Properties => ({
  name: test.name,
  description: test.description ?? '',
  config: {
    ...(test.meta && { meta: test.meta }),
    ...(test.docs && { docs: test.docs as YamlMap }),
    ...test.config,
  },
  unrenderedConfig: unrendered(place.entry),
  at: place.at,
})

/** The sections of a property file that hold entries. */
export const sectionReaders = {
  models: reader('model', modelSchema, readModel, true),
  seeds: reader('seed', nodeSchema, readNode, true),
  snapshots: reader('snapshot', snapshotSchema, readSnapshot, true),
  analyses: reader('analysis', nodeSchema, readNode, true),
  sources: reader('source', sourceSchema, readSource),
  macros: reader('macro', macroSchema, readMacro, true),
  exposures: reader('exposure', exposureSchema, readExposure),
  groups: reader('group', groupSchema, readGroup),
  unit_tests: reader('unit test', unitTestSchema, readUnitTest),
  data_tests: reader('data test', singularTestSchema, readSingularTest, true),
}
