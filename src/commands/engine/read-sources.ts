import { join } from 'node:path'
import type { ProjectFacts } from '../../context/invocation.ts'
import { CompilationError, DependencyError, type NavoError } from '../../core/errors.ts'
import type { FileSystem } from '../../core/file-system.ts'
import type { Value } from '../../jinja/python/values.ts'
import type { PackageFiles, PackageSource } from '../../parse/project-sources.ts'
import { yamlToPython } from '../../parse/yaml-to-python.ts'
import type { ProjectConfig } from '../../project/project-config.ts'
import { findProjectFile, readProject, readRawProject } from '../../project/project-file.ts'
import { type PropertyFile, readPropertyFile } from '../../project/property-file.ts'
import type { RenderNative } from '../../project/render.ts'
import type { SourceFile } from '../../project/source-file.ts'
import { readYaml } from '../../project/yaml.ts'
import { isYamlMap, type YamlMap } from '../../project/yaml-value.ts'

const merged = (scopes: readonly YamlMap[]): ReadonlyMap<string, Value> => {
  const values = new Map<string, Value>()
  for (const scope of scopes) {
    for (const [name, value] of Object.entries(scope)) {
      if (!values.has(name)) values.set(name, yamlToPython(value))
    }
  }
  return values
}

const scopesOf = (vars: YamlMap, packageName: string): readonly YamlMap[] => {
  const scoped = Object.hasOwn(vars, packageName) ? vars[packageName] : undefined
  return isYamlMap(scoped) ? [scoped, vars] : [vars]
}

/**
 * What `var()` finds in each package's files: `--vars`, then the root project's variables for that
 * package, its global ones, then the package's own.
 */
export const packageVars = (
  cli: YamlMap,
  root: ProjectConfig,
  packages: readonly ProjectConfig[],
): ProjectFacts['vars'] => {
  const known = new Map<string, ReadonlyMap<string, Value>>()
  const byName = new Map(packages.map(config => [config.name, config]))
  return packageName => {
    const cached = known.get(packageName)
    if (cached) return cached
    const own = packageName === root.name ? undefined : byName.get(packageName)
    const values = merged([
      cli,
      ...scopesOf(root.vars, packageName),
      ...(own ? scopesOf(own.vars, packageName) : []),
    ])
    known.set(packageName, values)
    return values
  }
}

/** How many packages packages.yml (or dependencies.yml) asks for. */
const wantedPackages = (fs: FileSystem, root: string): number => {
  for (const name of ['packages.yml', 'dependencies.yml']) {
    const text = fs.readText(join(root, name))
    if (text === undefined) continue
    const { value } = readYaml(text, name)
    const packages = isYamlMap(value) ? value.packages : undefined
    if (Array.isArray(packages)) return packages.length
  }
  return 0
}

/** The project files of the installed packages, by name. Throws when some are missing. */
export const readPackages = (
  fs: FileSystem,
  root: ProjectConfig,
  render: RenderNative,
): readonly { readonly config: ProjectConfig; readonly warnings: readonly NavoError[] }[] => {
  const folder = join(root.root, root.packagesInstallPath)
  const found = fs
    .list(folder)
    .map(entry => join(folder, entry.name))
    .filter(path => findProjectFile(fs, path) !== undefined)
    .map(path => readProject(readRawProject(fs, path), { render, versionCheck: false }))
  const wanted = wantedPackages(fs, root.root)
  if (found.length < wanted) {
    throw new CompilationError(
      `dbt expects ${wanted} package(s) based on packages specified in packages.yml, but found only ${found.length} package(s) installed in ${root.packagesInstallPath}. Run "dbt deps" to install package dependencies.`,
      {
        code: 'packages-missing',
        hint: 'navo deps installs them',
      },
    )
  }
  const names = new Set([root.name])
  for (const { config } of found) {
    if (names.has(config.name)) {
      throw new DependencyError(
        `Found duplicate project "${config.name}". This occurs when a dependency has the same project name as some other dependency.`,
        { code: 'duplicate-package' },
      )
    }
    names.add(config.name)
  }
  return found
}

/** One property file of a package, typed. */
export const readProperties = (
  { config, files }: PackageFiles,
  file: SourceFile,
  render: RenderNative,
): PropertyFile =>
  readPropertyFile({
    path: file.path,
    relativePath: file.relativePath,
    text: files.read(file),
    projectName: config.name,
    render,
  })

/** A project or package with its property files read. */
export const packageSource = (found: PackageFiles, render: RenderNative): PackageSource => ({
  ...found,
  properties: found.files.ofKind('property').map(file => readProperties(found, file, render)),
})
