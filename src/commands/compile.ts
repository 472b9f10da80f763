import { type CompiledNode, graphNode } from '../core/manifest.ts'
import type { NodeResult } from '../core/result.ts'
import type { CommandFunction } from './command-function.ts'
import { firstFailure } from './first-failure.ts'
import { loadProject } from './load-project.ts'
import { runNodes } from './run-nodes.ts'
import type { RunOutcome, Services } from './services.ts'

/** Compiles what is selected into target/compiled and prints nodes that were named, or the inline query. */
export const compile: CommandFunction = async services => {
  const loaded = await loadProject(services, { inline: services.flags.inline })
  const outcome = await runNodes(services, loaded, { which: 'compile' })
  const failure = firstFailure(outcome.results)
  if (failure) throw failure
  for (const { node } of namedNodes(services, outcome)) printCompiled(services, node)
  return !outcome.cancelled
}

/** Results that the user asked to see: the inline query, or nodes named in the first --select. */
export const namedNodes = (
  { flags }: Services,
  outcome: RunOutcome,
): readonly { readonly node: CompiledNode; readonly result: NodeResult }[] =>
  outcome.results.flatMap(result => {
    const node = graphNode(outcome.manifest, result.unique_id)
    if (node === undefined || !('compiled_code' in node)) return []
    const isMeant =
      flags.inline !== null
        ? node.name === 'inline_query'
        : flags.select.some(text => text.includes(node.name))
    return isMeant ? [{ node, result }] : []
  })

const printCompiled = ({ flags, emit }: Services, node: CompiledNode): void => {
  const isInline = flags.inline !== null
  const code = node.compiled_code ?? ''
  const asJson = isInline ? { compiled: code } : { node: node.name, compiled: code }
  const title = isInline ? 'Compiled inline node is:' : `Compiled node '${node.name}' is:`
  emit({
    kind: 'answer',
    name: 'CompiledNode',
    text:
      flags.output === 'json'
        ? JSON.stringify(asJson, null, 2)
        : flags.quiet
          ? code
          : `${title}\n${code}`,
    data: {
      node_name: node.name,
      compiled: code,
      is_inline: isInline,
      output_format: flags.output ?? 'text',
      unique_id: node.unique_id,
      quiet: flags.quiet,
    },
  })
}
