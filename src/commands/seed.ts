import { graphNode } from '../core/manifest.ts'
import type { CommandFunction } from './command-function.ts'
import { loadProject } from './load-project.ts'
import { resultTable } from './result-table.ts'
import { allWell, runNodes } from './run-nodes.ts'

/** Loads seeds; with --show, prints the first rows of each. */
export const seed: CommandFunction = async services => {
  const loaded = await loadProject(services)
  const outcome = await runNodes(services, loaded, { which: 'seed' })
  if (services.flags.show)
    for (const [id, rows] of outcome.previews) {
      const node = graphNode(outcome.manifest, id)
      if (node?.resource_type !== 'seed') continue
      const title = `Random sample of table: ${node.schema}.${node.alias}`
      const text = `${title}\n${'-'.repeat(title.length)}\n${resultTable(rows)}`
      services.emit({ kind: 'note', level: 'info', name: 'SeedHeader', text: '' })
      services.emit({ kind: 'note', level: 'info', name: 'SeedHeader', text })
    }
  return allWell(outcome.results, outcome.cancelled)
}
