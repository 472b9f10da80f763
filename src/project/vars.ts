import { isYamlMap, type YamlMap, type YamlValue } from './yaml-value.ts'

/** Where variables come from. */
export interface VarSources {
  /** `--vars`. */
  readonly cli: YamlMap
  readonly root: { readonly name: string; readonly vars: YamlMap }
  /** Packages by name; the root's own may be among them. */
  readonly packages: ReadonlyMap<string, { readonly vars: YamlMap }>
}

/**
 * The variables that `var()` knows in one package's files. Strongest first: `--vars`, the root
 * project's vars scoped to the package, its global ones, the package's own scoped and global ones.
 */
export const packageVars = (
  sources: VarSources,
  packageName: string,
): ReadonlyMap<string, YamlValue> => {
  const own = packageName === sources.root.name ? undefined : sources.packages.get(packageName)
  const scopes = [
    ...(own ? scopesOf(own.vars, packageName) : []),
    ...scopesOf(sources.root.vars, packageName),
    sources.cli,
  ]
  const vars = new Map<string, YamlValue>()
  for (const scope of scopes)
    for (const [name, value] of Object.entries(scope))
      if (value !== undefined) vars.set(name, value)
  return vars
}

/** Weakest first. */
const scopesOf = (vars: YamlMap, packageName: string): readonly YamlMap[] => {
  const scoped = Object.hasOwn(vars, packageName) ? vars[packageName] : undefined
  return isYamlMap(scoped) ? [vars, scoped] : [vars]
}
