import type { Manifest } from '../core/manifest.ts'
import type { Loaded, Services } from './services.ts'

/** Loads the project and tells what was found, as every command that needs one begins. */
export const loadProject = async (
  services: Services,
  options: { readonly inline?: string | null; readonly silent?: boolean } = {},
): Promise<Loaded> => {
  const { emit, now } = services
  const began = now().getTime()
  const loaded = await services.load({ inline: options.inline ?? null })
  if (loaded.builtInTarget !== undefined)
    emit({ kind: 'builtInTarget', path: loaded.builtInTarget })
  emit({ kind: 'adapter', type: loaded.adapter.name, version: loaded.adapter.version })
  if (options.silent !== true)
    emit({
      kind: 'parsed',
      counts: { counts: countResources(loaded.manifest) },
      ms: now().getTime() - began,
    })
  return loaded
}

/** dbt's order in the line `Found …`: nodes as they first appear, then the other sections. */
const countResources = (
  manifest: Manifest,
): readonly { readonly resource: string; readonly count: number }[] => {
  const order = ['model', 'test', 'seed', 'operation', 'snapshot', 'analysis', 'sql_operation']
  const counts = new Map<string, number>(order.map(type => [type, 0]))
  for (const { resource_type: type, config } of manifest.nodes.values())
    if (config.enabled) counts.set(type, (counts.get(type) ?? 0) + 1)
  counts.set('source', manifest.sources.size)
  counts.set('exposure', manifest.exposures.size)
  counts.set('macro', manifest.macros.size)
  counts.set('group', manifest.groups.size)
  counts.set('unit_test', manifest.unit_tests.size)
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([resource, count]) => ({ resource, count }))
}
