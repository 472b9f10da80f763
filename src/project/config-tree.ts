import { mergeConfig } from './config-merge.ts'
import type { ConfigSection } from './project-config.ts'
import { isYamlMap, type YamlMap, type YamlValue } from './yaml-value.ts'

/** The config trees of one project file. */
export interface ProjectConfigTrees {
  readonly name: string
  readonly configs: Readonly<Record<ConfigSection, YamlMap>>
  /** Before rendering; the same object per section where nothing was rendered. */
  readonly unrenderedConfigs: Readonly<Record<ConfigSection, YamlMap>>
}

/** A node whose configuration is asked for. */
export interface ConfigQuery {
  readonly section: ConfigSection
  /** The package the node belongs to. */
  readonly packageName: string
  readonly fqn: readonly string[]
  /** `config:` of its property file. */
  readonly patch?: YamlMap
  /** What its `config()` calls gave, merged. */
  readonly inline?: YamlMap
}

export interface ConfigResolver {
  /**
   * The node's configuration from all levels, least specific first: its package's project file by
   * folder, its property file, its `config()` calls; for a package's node also the root project's
   * file, which wins. Only keys that are set; do not change the result, it may be shared.
   */
  resolve(query: ConfigQuery): YamlMap
  /** The same for `unrendered_config`: by key, the last level wins; hooks keep their spelling. */
  resolveUnrendered(query: ConfigQuery): YamlMap
}

/**
 * Prepares the project files for many look-ups: trees are cut into levels once, and what a folder
 * inherits is merged once.
 * @param packages project files of all packages; the root's own may be among them
 */
export const configResolver = (
  root: ProjectConfigTrees,
  packages: readonly ProjectConfigTrees[] = [],
): ConfigResolver => {
  const byName = new Map([...packages, root].map(trees => [trees.name, trees] as const))
  const compiled = new Map<string, Level>()
  const levelOf = (trees: ProjectConfigTrees, section: ConfigSection, form: Form): Level => {
    const tree = trees[form][section]
    const same = tree === trees.configs[section]
    const key = `${trees.name} ${section} ${same ? 'configs' : form}`
    const known = compiled.get(key)
    if (known) return known
    const level = compileLevel(section, tree, undefined)
    compiled.set(key, level)
    return level
  }
  const levels = (query: ConfigQuery, form: Form): NodeLevels => {
    const own = byName.get(query.packageName) ?? root
    return {
      own: descend(levelOf(own, query.section, form), query.fqn),
      over:
        query.packageName === root.name
          ? undefined
          : descend(levelOf(root, query.section, form), query.fqn),
    }
  }
  return {
    resolve: query => resolveLevels(query, levels(query, 'configs')),
    resolveUnrendered: query => {
      const { own, over } = levels(query, 'unrenderedConfigs')
      return Object.assign(
        {},
        ...chain(own).map(level => level.own),
        query.patch,
        query.inline,
        ...chain(over).map(level => level.own),
      ) as YamlMap
    },
  }
}

type Form = 'configs' | 'unrenderedConfigs'

interface NodeLevels {
  readonly own: Level
  readonly over: Level | undefined
}

/** One folder of a config tree. */
interface Level {
  readonly parent: Level | undefined
  /** The keys given at this very level. */
  readonly own: YamlMap
  /** What a node right below it inherits. */
  readonly merged: YamlMap
  child(name: string): Level | undefined
}

const compileLevel = (section: ConfigSection, tree: YamlMap, parent: Level | undefined): Level => {
  const own: Record<string, YamlValue> = {}
  for (const [key, value] of Object.entries(tree)) {
    if (value === undefined) continue
    if (key.startsWith('+')) own[key.slice(1).trim()] = value
    else if (!isYamlMap(value)) own[key] = value
  }
  const inherited = parent?.merged ?? {}
  const merged = Object.keys(own).length > 0 ? mergeConfig(section, inherited, own) : inherited
  const children = new Map<string, Level>()
  const level: Level = {
    parent,
    own,
    merged,
    child: name => {
      const known = children.get(name)
      if (known) return known
      const subtree = Object.hasOwn(tree, name) ? tree[name] : undefined
      if (!isYamlMap(subtree)) return undefined
      const compiled = compileLevel(section, subtree, level)
      children.set(name, compiled)
      return compiled
    },
  }
  return level
}

const descend = (top: Level, fqn: readonly string[]): Level => {
  let level = top
  for (const part of fqn) {
    const next = level.child(part)
    if (!next) break
    level = next
  }
  return level
}

const chain = (level: Level | undefined): readonly Level[] =>
  level === undefined ? [] : [...chain(level.parent), level]

const resolveLevels = (query: ConfigQuery, { own, over }: NodeLevels): YamlMap => {
  const { section, patch, inline } = query
  let config = own.merged
  if (patch && Object.keys(patch).length > 0) config = mergeConfig(section, config, patch)
  if (inline && Object.keys(inline).length > 0) config = mergeConfig(section, config, inline)
  for (const level of chain(over)) {
    if (Object.keys(level.own).length > 0) config = mergeConfig(section, config, level.own)
  }
  return config
}
