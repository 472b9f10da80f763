import { CompilationError, type NavoError, ParsingError } from '../core/errors.ts'
import type {
  MacroProperties,
  ModelProperties,
  NodeProperties,
  Properties,
  PropertyFile,
  SnapshotProperties,
  VersionProperties,
} from '../project/property-file.ts'
import type { PackageSource } from './project-sources.ts'
import type { ModelVersion, Patch } from './sql-nodes.ts'

/** A described thing with the file that describes it. */
export interface FilePatch<P> extends Patch<P> {
  readonly file: PropertyFile
}

/** What the property files of one package say, by name. */
export interface Patches {
  readonly models: ReadonlyMap<string, FilePatch<ModelProperties>>
  readonly seeds: ReadonlyMap<string, FilePatch<NodeProperties>>
  readonly snapshots: ReadonlyMap<string, FilePatch<SnapshotProperties>>
  readonly analyses: ReadonlyMap<string, FilePatch<NodeProperties>>
  readonly macros: ReadonlyMap<string, FilePatch<MacroProperties>>
  readonly dataTests: ReadonlyMap<string, FilePatch<Properties>>
  /** A versioned model's file name → the version it holds. */
  readonly versions: ReadonlyMap<
    string,
    { readonly patch: FilePatch<ModelProperties>; readonly version: ModelVersion }
  >
}

const duplicate = (name: string, first: string, second: string): ParsingError =>
  new ParsingError(
    `dbt found two schema.yml entries for the same resource named ${name}. Resources and their associated columns may only be described a single time. To fix this, remove one of the resource entries for ${name} in these files:\n - ${first}\n - ${second}`,
    { code: 'duplicate-patch' },
  )

const indexed = <P extends Properties>(
  source: PackageSource,
  entries: (file: PropertyFile) => readonly P[],
  report: (error: NavoError) => void,
): Map<string, FilePatch<P>> => {
  const byName = new Map<string, FilePatch<P>>()
  for (const file of source.properties) {
    for (const properties of entries(file)) {
      const first = byName.get(properties.name)
      if (first) report(duplicate(properties.name, first.file.path, file.path))
      else {
        const patchPath = `${source.config.name}://${file.path}`
        byName.set(properties.name, { properties, patchPath, file })
      }
    }
  }
  return byName
}

const fileOf = (model: ModelProperties, version: VersionProperties): string =>
  version.defined_in ?? `${model.name}_v${version.v}`

const latestVersion = (model: ModelProperties): string | number => {
  if (model.latest_version !== null) return model.latest_version
  const all = model.versions.map(version => version.v)
  const numeric = all.every(v => !Number.isNaN(Number(v)))
  const sorted = [...all].sort((a, b) =>
    numeric ? Number(a) - Number(b) : String(a) < String(b) ? -1 : 1,
  )
  return sorted.at(-1) ?? ''
}

const versionFiles = (
  models: ReadonlyMap<string, FilePatch<ModelProperties>>,
): Patches['versions'] => {
  const files = new Map<string, { patch: FilePatch<ModelProperties>; version: ModelVersion }>()
  for (const patch of models.values()) {
    const model = patch.properties
    const latest = model.versions.length === 0 ? '' : latestVersion(model)
    for (const properties of model.versions) {
      files.set(fileOf(model, properties), { patch, version: { properties, latest } })
    }
    // The latest version may also live in a file without suffix.
    const bare = model.versions.find(v => String(v.v) === String(latest))
    if (bare && bare.defined_in === null && !files.has(model.name)) {
      files.set(model.name, { patch, version: { properties: bare, latest } })
    }
  }
  return files
}

/** Indexes the property files of a package; names described twice are reported. */
export const indexPatches = (
  source: PackageSource,
  report: (error: NavoError) => void,
): Patches => {
  const models = indexed(source, file => file.models, report)
  return {
    models,
    seeds: indexed(source, file => file.seeds, report),
    snapshots: indexed(source, file => file.snapshots, report),
    analyses: indexed(source, file => file.analyses, report),
    macros: indexed(source, file => file.macros, report),
    dataTests: indexed(source, file => file.data_tests, report),
    versions: versionFiles(models),
  }
}

/** A warning for each described thing that no file defines. */
export const unmatchedPatches = (
  patches: Patches,
  defined: (section: string, name: string) => boolean,
): readonly NavoError[] => {
  const sections = [
    ['models', patches.models],
    ['seeds', patches.seeds],
    ['snapshots', patches.snapshots],
    ['analyses', patches.analyses],
  ] as const
  return sections.flatMap(([section, byName]) =>
    [...byName.values()]
      .filter(patch => !defined(section, patch.properties.name))
      .map(
        patch =>
          new CompilationError(
            `Did not find matching node for patch with name '${patch.properties.name}' in the '${section}' section of file '${patch.file.path}'`,
            { at: patch.file.spanOf([...patch.properties.at, 'name']), code: 'patch-without-node' },
          ),
      ),
  )
}
