import * as z from 'zod'
import { RuntimeError } from '../core/errors.ts'
import type { FileSystem } from '../core/file-system.ts'
import { anyOf, check, flag, numeric, optional, text } from './check.ts'
import { pythonRepr } from './python-repr.ts'
import { type RenderNative, renderTree } from './render.ts'
import { revealSecrets } from './secrets.ts'
import { readYaml, type YamlSource } from './yaml.ts'
import { isYamlMap, type YamlFloat, type YamlMap, type YamlValue } from './yaml-value.ts'

/** One entry of packages.yml. */
export type PackageSpec =
  | { readonly kind: 'local'; readonly path: string; readonly name: string | null }
  | {
      readonly kind: 'git'
      readonly url: string
      readonly revision: string | null
      readonly subdirectory: string | null
      readonly warnUnpinned: boolean
      readonly name: string | null
    }
  | { readonly kind: 'tarball'; readonly url: string; readonly name: string }
  | {
      readonly kind: 'hub'
      readonly package: string
      readonly versions: readonly string[]
      readonly installPrerelease: boolean
    }

/** An entry with its text: package-lock.yml is checked against both, and shows the unrendered one. */
export interface PackageEntry {
  readonly spec: PackageSpec
  readonly rendered: YamlMap
  readonly written: YamlMap
}

export interface PackagesFile {
  /** `packages.yml` or `dependencies.yml`; null when the project has neither. */
  readonly fileName: string | null
  readonly packages: readonly PackageEntry[]
}

const name = optional(text).optional()
const version = anyOf(text, numeric)
const packageSchema = anyOf(
  z.strictObject({ local: text, name }),
  z.strictObject({ tarball: text, name: text }),
  z.strictObject({
    git: text,
    revision: anyOf(text, numeric, z.null()).optional(),
    'warn-unpinned': optional(flag).optional(),
    warn_unpinned: optional(flag).optional(),
    subdirectory: optional(text).optional(),
    name,
  }),
  z.strictObject({
    package: text,
    version: anyOf(version, z.array(version)),
    'install-prerelease': optional(flag).optional(),
    install_prerelease: optional(flag).optional(),
    name,
  }),
)

type Environment = Readonly<Record<string, string | undefined>>

/** What renders packages.yml; it sees `var` and `secretEnvVar`. */
export interface PackagesTools {
  readonly render: RenderNative
  readonly env: Environment
}

/**
 * The packages a project asks for, of packages.yml (rendered, secrets filled in) or of
 * dependencies.yml (as written). Throws RuntimeError in dbt's words.
 */
export const readPackagesFile = (
  fs: FileSystem,
  root: string,
  tools: PackagesTools,
): PackagesFile => {
  const packagesFile = readMap(fs, root, 'packages.yml')
  const dependencies = readMap(fs, root, 'dependencies.yml')
  const inBoth = packagesFile?.value.packages && dependencies?.value.packages
  if (inBoth)
    throw invalid(
      "The 'packages' key cannot be specified in both packages.yml and dependencies.yml",
      packagesFile.source,
    )
  if (packagesFile && 'projects' in packagesFile.value)
    throw invalid("The 'projects' key cannot be specified in packages.yml", packagesFile.source)
  const chosen = dependencies && 'packages' in dependencies.value ? dependencies : packagesFile
  if (!chosen) return { fileName: null, packages: [] }
  return {
    fileName: chosen.source.file,
    packages: packageEntries(chosen.source, chosen === dependencies ? undefined : tools),
  }
}

/**
 * The list under `packages:` of a YAML file; without `tools` nothing in it is rendered.
 * Throws RuntimeError in dbt's words.
 */
export const packageEntries = (
  source: YamlSource,
  tools: PackagesTools | undefined,
): readonly PackageEntry[] => {
  const list = (isYamlMap(source.value) ? source.value.packages : undefined) ?? []
  const rendered = tools
    ? revealSecrets(renderTree(list, { source, render: tools.render, at: ['packages'] }), tools.env)
    : list
  if (!Array.isArray(rendered))
    throw malformed(`${pythonRepr(rendered)} is not of type 'array'`, source, ['packages'])
  return rendered.map((entry: YamlValue, index) => ({
    spec: packageSpec(entry, source, index),
    rendered: entry as YamlMap,
    written: (list as readonly YamlMap[])[index] as YamlMap,
  }))
}

const readMap = (
  fs: FileSystem,
  root: string,
  fileName: string,
): { readonly source: YamlSource; readonly value: YamlMap } | undefined => {
  const content = fs.readText(`${root}/${fileName}`)
  if (content === undefined) return undefined
  const source = readYaml(content, fileName)
  return isYamlMap(source.value) ? { source, value: source.value } : undefined
}

const invalid = (
  message: string,
  source: YamlSource,
  path: readonly (string | number)[] = [],
): RuntimeError => new RuntimeError(message, { at: source.spanOf(path), code: 'packages-invalid' })

const malformed = (
  what: string,
  source: YamlSource,
  path: readonly (string | number)[],
): RuntimeError =>
  invalid(
    `The packages.yml file in this project is malformed. Please double check\nthe contents of this file and fix any errors before retrying.\n\nYou can find more information on the syntax for this file here:\nhttps://docs.getdbt.com/docs/package-management\n\nValidator Error:\n${what}\n`,
    source,
    path,
  )

const packageSpec = (entry: YamlValue, source: YamlSource, index: number): PackageSpec => {
  const path = ['packages', index]
  const missing = isYamlMap(entry) ? missingValue(entry) : undefined
  if (missing) throw malformed(missing, source, path)
  const checked = check(packageSchema, entry)
  if (!checked.ok)
    throw malformed(
      `${pythonRepr(entry)} is not valid under any of the given schemas`,
      source,
      path,
    )
  const spec = checked.value
  if ('local' in spec) return { kind: 'local', path: spec.local, name: spec.name ?? null }
  if ('tarball' in spec) return { kind: 'tarball', url: spec.tarball, name: spec.name }
  if ('git' in spec) {
    return {
      kind: 'git',
      url: spec.git,
      revision: spec.revision === undefined || spec.revision === null ? null : shown(spec.revision),
      subdirectory: spec.subdirectory ?? null,
      warnUnpinned: spec['warn-unpinned'] ?? spec.warn_unpinned ?? true,
      name: spec.name ?? null,
    }
  }
  return {
    kind: 'hub',
    package: spec.package,
    versions: Array.isArray(spec.version) ? spec.version.map(shown) : [shown(spec.version)],
    installPrerelease: spec['install-prerelease'] ?? spec.install_prerelease ?? false,
  }
}

const shown = (written: string | number | YamlFloat): string =>
  typeof written === 'string' ? written : pythonRepr(written)

const missingValue = (entry: YamlMap): string | undefined => {
  const { package: hub, local, git, version: wanted } = entry
  if (hub === '') return 'A hub package is missing the value. It is a required property.'
  if (local === '') return 'A local package is missing the value. It is a required property.'
  if (git === '') return 'A git package is missing the value. It is a required property.'
  if (typeof hub !== 'string') return undefined
  if (!wanted)
    return `${hub} is missing the version. When installing from the Hub package index, version is a required property`
  return hub.includes('/')
    ? undefined
    : `${hub} was not found in the package index. Packages on the index require a namespace, e.g dbt-labs/dbt_utils`
}
