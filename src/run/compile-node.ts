import type { NodeScope } from '../context/node-scope.ts'
import { ephemeralCte } from '../context/relation-value.ts'
import type { Lookup } from '../context/scope.ts'
import { testArguments, testArgumentsName } from '../context/test-arguments.ts'
import { inNode, NavoError } from '../core/errors.ts'
import type { CompiledNode, ManifestNode } from '../core/manifest.ts'
import { outputPath } from '../core/output-path.ts'
import { parseTemplate, renderAsync, renderNativeAsync, type Template } from '../jinja/engine.ts'
import type { Value } from '../jinja/python/values.ts'
import { isEphemeral } from '../plan/tasks.ts'
import { type EphemeralCte, injectCtes } from './inject-ctes.ts'
import { type NodeContext, nodeContext, type Thread } from './node-context.ts'
import { placedInFile } from './place-in-file.ts'
import { runResolver } from './resolver.ts'
import type { RunEnvironment } from './run-environment.ts'

/** A node with its SQL, and the context it was rendered in: hooks and macros of its run go on in it. */
export interface Compiled {
  readonly node: CompiledNode
  readonly sql: string
  readonly context: NodeContext
  /** What `statement('main')` wrote: the text of target/run. */
  readonly written: () => string | undefined
}

/** What a compiling may change of the ordinary: unit tests replace what a model reads. */
export interface CompileOptions {
  readonly overrides?: Lookup
  readonly extraCtes?: readonly EphemeralCte[]
}

const compiling = new WeakMap<RunEnvironment, Map<string, Promise<Compiled>>>()

// An ephemeral model is compiled once, however many models read it.
const compileEphemeral = (
  environment: RunEnvironment,
  thread: Thread,
  id: string,
): Promise<Compiled> => {
  const running = compiling.get(environment) ?? new Map<string, Promise<Compiled>>()
  compiling.set(environment, running)
  const known = running.get(id)
  if (known) return known
  const node = environment.manifest.nodes.get(id)
  if (!node || !isEphemeral(node)) throw new Error(`${id} is not an ephemeral model`)
  const compiled = compileNode(environment, thread, node)
  running.set(id, compiled)
  return compiled
}

const cteOf = (compiled: Compiled, body: string): EphemeralCte => ({
  id: compiled.node.unique_id,
  sql: ` ${ephemeralCte(compiled.node.alias)} as (\n${body}\n)`,
})

interface Body {
  /** The model's own SQL, without what it reads of ephemeral models. */
  readonly own: string
  readonly ctes: readonly EphemeralCte[]
}

const bodies = new WeakMap<Compiled, Body>()

/** The CTEs of ephemeral models, those that they read themselves first, each once. */
const collectCtes = async (
  environment: RunEnvironment,
  thread: Thread,
  ids: readonly string[],
): Promise<readonly EphemeralCte[]> => {
  const ctes: EphemeralCte[] = []
  const add = (cte: EphemeralCte): void => {
    if (!ctes.some(known => known.id === cte.id)) ctes.push(cte)
  }
  for (const id of ids) {
    const compiled = await compileEphemeral(environment, thread, id)
    const body = bodies.get(compiled)
    if (!body) throw new Error(`${id} was not compiled`)
    for (const cte of body.ctes) add(cte)
    add(cteOf(compiled, body.own))
  }
  return ctes
}

const templateOf = (node: CompiledNode): Template =>
  parseTemplate({ source: node.raw_code, file: node.original_file_path })

const genericTestArguments = async (
  node: CompiledNode,
  scope: NodeScope,
): Promise<Value | undefined> => {
  if (node.resource_type !== 'test' || !node.test_metadata) return undefined
  return testArguments(node.test_metadata.kwargs, node.original_file_path, template =>
    renderNativeAsync(template, scope.lookup, { undefined: scope.mode.undefined }),
  )
}

/** The subject of a node's errors. */
export const subjectOf = (node: {
  readonly resource_type: string
  readonly name: string
  readonly original_file_path: string
}) => ({ resourceType: node.resource_type, name: node.name, path: node.original_file_path })

const render = async (
  environment: RunEnvironment,
  node: CompiledNode,
  scope: NodeScope,
  provided: Map<string, Value>,
): Promise<string> => {
  try {
    const kwargs = await genericTestArguments(node, scope)
    if (kwargs !== undefined) provided.set(testArgumentsName, kwargs)
    return await renderAsync(templateOf(node), scope.lookup, { undefined: scope.mode.undefined })
  } catch (error) {
    if (!(error instanceof NavoError)) throw error
    throw inNode(placedInFile(error, environment, node), subjectOf(node))
  }
}

const outputName = (environment: RunEnvironment, folder: string, node: ManifestNode): string =>
  `${environment.targetName}/${folder}/${outputPath(node)}`

/** Writes a file below the target folder, unless files are not wanted. */
export const writeOutput = (
  environment: RunEnvironment,
  folder: 'compiled' | 'run',
  node: ManifestNode,
  text: string,
): void => {
  if (environment.flags.writeFiles) {
    environment.fs.writeText(`${environment.targetPath}/${folder}/${outputPath(node)}`, text)
  }
}

/**
 * Renders a node's SQL with everything that runs: refs resolved, queries asked, ephemeral models put
 * in front. Writes it to target/compiled. Throws NavoError naming the node.
 */
export const compileNode = async (
  environment: RunEnvironment,
  thread: Thread,
  node: CompiledNode,
  options: CompileOptions = {},
): Promise<Compiled> => {
  const read: string[] = []
  const provided = new Map<string, Value>()
  let code: string | null = null
  let written: string | undefined
  const context = nodeContext({
    environment,
    thread,
    node,
    resolver: runResolver({ environment, node, ephemeral: id => read.push(id) }),
    compiledCode: () => code,
    overrides: name => provided.get(name) ?? options.overrides?.(name),
    write: text => {
      written = text
    },
  })
  const own = await render(environment, node, context.scope, provided)
  const ctes = [
    ...(options.extraCtes ?? []),
    ...(await collectCtes(environment, thread, [...new Set(read)])),
  ]
  const sql = injectCtes(own, ctes)
  code = sql
  const done: CompiledNode = {
    ...node,
    compiled: true,
    compiled_code: sql,
    compiled_path: outputName(environment, 'compiled', node),
    build_path: isEphemeral(node) ? null : outputName(environment, 'run', node),
    extra_ctes_injected: true,
    extra_ctes: ctes.map(({ id, sql: text }) => ({ id, sql: text })),
  }
  environment.compiled.set(node.unique_id, done)
  writeOutput(environment, 'compiled', done, sql)
  const compiled = { node: done, sql, context, written: () => written }
  bodies.set(compiled, { own, ctes })
  return compiled
}
