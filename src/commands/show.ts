import { RuntimeError } from '../core/errors.ts'
import { graphNode } from '../core/manifest.ts'
import type { QueryResult } from '../core/query-result.ts'
import type { CommandFunction } from './command-function.ts'
import { firstFailure } from './first-failure.ts'
import { jsonRows } from './json-rows.ts'
import { loadProject } from './load-project.ts'
import { resultTable } from './result-table.ts'
import { runNodes } from './run-nodes.ts'
import type { Services } from './services.ts'

/** Runs selected nodes or an inline query, builds nothing and prints the first rows. */
export const show: CommandFunction = async services => {
  const { flags } = services
  if (flags.inline_direct !== null) {
    const rows = await services.query(flags.inline_direct, flags.limit)
    print(services, { name: 'direct-query', id: 'direct-query', rows, inline: true })
    return true
  }
  if (flags.inline === null && flags.select.length === 0 && flags.selector === null)
    throw new RuntimeError('Either --select or --inline must be passed to show', {
      code: 'missing-argument',
    })
  const loaded = await loadProject(services, { inline: flags.inline })
  const outcome = await runNodes(services, loaded, { which: 'show', limit: flags.limit })
  const failure = firstFailure(outcome.results)
  if (failure) throw failure
  for (const [id, rows] of outcome.previews) {
    const node = graphNode(outcome.manifest, id)
    if (node === undefined) continue
    const named = flags.select.some(text => text.includes(node.name))
    if (flags.inline === null && flags.selector === null && !named) continue
    const version = 'version' in node && node.version !== null ? `.v${node.version}` : ''
    print(services, { name: `${node.name}${version}`, id, rows, inline: flags.inline !== null })
  }
  return !outcome.cancelled
}

interface Preview {
  readonly name: string
  readonly id: string
  readonly rows: QueryResult
  readonly inline: boolean
}

/** One answer in dbt's words: a titled table, or `{"node": …, "show": [rows]}`. */
const print = ({ flags, emit }: Services, preview: Preview): void => {
  const { name, rows, inline } = preview
  const json = flags.output === 'json'
  const table = json ? '' : `${resultTable(rows)}\n`
  const title = inline ? 'Previewing inline node:' : `Previewing node '${name}':`
  const text = json
    ? showJson(inline ? undefined : name, rows)
    : flags.quiet
      ? table
      : `${title}\n${table}`
  emit({
    kind: 'answer',
    name: 'ShowNode',
    text,
    data: {
      node_name: name,
      preview: json ? `[${jsonRows(rows).join(', ')}]` : table,
      is_inline: inline,
      output_format: flags.output ?? 'text',
      unique_id: preview.id,
      quiet: flags.quiet,
    },
  })
}

const showJson = (node: string | undefined, rows: QueryResult): string => {
  const shown = jsonRows(rows).map(row => row.replaceAll('\n', '\n    '))
  const list = shown.length === 0 ? '[]' : `[\n    ${shown.join(',\n    ')}\n  ]`
  return `{\n${node === undefined ? '' : `  "node": ${JSON.stringify(node)},\n`}  "show": ${list}\n}`
}
