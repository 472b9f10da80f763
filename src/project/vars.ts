import { isYamlMap, type YamlMap, type YamlValue } from './yaml-value.ts'

/** Where variables come from, in the order of their weight. */
export interface VarSources {
  /** `--vars`. */
  readonly cli: YamlMap
  readonly root: { readonly name: string; readonly vars: YamlMap }
  /** Packages by name; the root's own may be among them. */
  readonly packages: ReadonlyMap<string, { readonly vars: YamlMap }>
}

export type VarLookup = (name: string) => YamlValue | undefined

/**
 * How `var()` finds its value in one package's files: `--vars`, then the root project's vars scoped
 * to the package, its global ones, then the package's own scoped and global ones. Gives undefined
 * for a variable that nothing sets. Look-ups are by own keys only.
 */
export const varLookup = (sources: VarSources, packageName: string): VarLookup => {
  const scopes: YamlMap[] = [sources.cli, ...scopesOf(sources.root.vars, packageName)]
  const own = packageName === sources.root.name ? undefined : sources.packages.get(packageName)
  if (own) scopes.push(...scopesOf(own.vars, packageName))
  return name => scopes.find(scope => Object.hasOwn(scope, name))?.[name]
}

const scopesOf = (vars: YamlMap, packageName: string): readonly YamlMap[] => {
  const scoped = Object.hasOwn(vars, packageName) ? vars[packageName] : undefined
  return isYamlMap(scoped) ? [scoped, vars] : [vars]
}
