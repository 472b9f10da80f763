import type { Flags } from './flags.ts'

const buildTypes = ['model', 'seed', 'snapshot', 'test', 'unit_test', 'exposure'] as const
const listed = ['model', 'snapshot', 'seed', 'test', 'source', 'exposure', 'unit_test'] as const
const executable = ['model', 'test', 'snapshot', 'analysis', 'seed'] as const

/** Which types of nodes a command works on when the flags say nothing; the first list is `default`, the second `all`. */
const typesByCommand: Readonly<
  Record<string, readonly [fallback: readonly string[], all: readonly string[]]>
> = {
  run: [['model'], ['model']],
  seed: [['seed'], ['seed']],
  snapshot: [['snapshot'], ['snapshot']],
  test: [
    ['test', 'unit_test'],
    ['test', 'unit_test'],
  ],
  build: [buildTypes, buildTypes],
  list: [listed, [...listed, 'analysis']],
  compile: [executable, executable],
  show: [executable, executable],
  generate: [executable, executable],
  freshness: [['source'], ['source']],
}

/**
 * The types of nodes that an invocation is about: the command's own, narrowed by
 * `--resource-type` and `--exclude-resource-type` (`default` and `all` stand for the lists).
 */
export const resourceTypes = (
  flags: Pick<Flags, 'which' | 'resource_types' | 'exclude_resource_types'>,
): readonly string[] => {
  const [fallback, all] = typesByCommand[flags.which] ?? [executable, executable]
  const expand = (names: readonly string[]): readonly string[] =>
    names.flatMap(name => (name === 'all' ? all : name === 'default' ? fallback : [name]))
  const wanted = flags.resource_types.length > 0 ? expand(flags.resource_types) : fallback
  const unwanted = new Set(expand(flags.exclude_resource_types))
  const own = flags.which === 'test' ? new Set<string>(all) : undefined
  return [...new Set(wanted)].filter(
    type => !unwanted.has(type) && (own === undefined || own.has(type)),
  )
}
