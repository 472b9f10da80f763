import type { Session } from '../adapters/adapter.ts'
import { findMacro, findMacroIn, type Macro } from '../context/macro-library.ts'
import { CompilationError, RuntimeError } from '../core/errors.ts'
import type { MacroNode, OperationNode } from '../core/manifest.ts'
import { nearest } from '../core/nearest.ts'
import type { Value } from '../jinja/python/values.ts'
import { compileNode } from './compile-node.ts'
import { nodeContext, type Thread } from './node-context.ts'
import { runResolver } from './resolver.ts'
import type { RunEnvironment } from './run-environment.ts'

const findOperation = (environment: RunEnvironment, name: string): Macro | undefined => {
  const { library } = environment
  const [first, second] = name.split('.', 2)
  if (second !== undefined) return findMacroIn(library, first!, second)
  const found = findMacro(library, name, library.root)
  if (found) return found
  for (const macros of library.packages.values()) {
    const macro = macros.get(name)
    if (macro) return macro
  }
  return undefined
}

const unknownMacro = (environment: RunEnvironment, name: string): CompilationError => {
  const { library } = environment
  const known = [...library.packages.values()].flatMap(macros => [...macros.keys()])
  const near = nearest(name, known)
  return new CompilationError(
    `dbt could not find a macro with the name '${name}' in any package. This can happen when calling a macro that does not exist. Check for typos and/or install package dependencies with "dbt deps".`,
    { code: 'macro-not-found', hint: near ? `did you mean '${near}'?` : undefined },
  )
}

const withThread = async <T>(
  environment: RunEnvironment,
  work: (thread: Thread) => Promise<T>,
): Promise<T> => {
  let session: Promise<Session> | undefined
  const thread: Thread = {
    name: 'MainThread',
    session: () => {
      session ??= environment.warehouse().then(warehouse => warehouse.session('macro_operation'))
      return session
    },
  }
  try {
    return await work(thread)
  } finally {
    if (session) await (await session).release()
  }
}

/** Runs a macro by its name, or `package.name`. Throws NavoError. */
export const runMacro = async (
  environment: RunEnvironment,
  name: string,
  args: ReadonlyMap<string, Value>,
): Promise<void> => {
  const macro = findOperation(environment, name)
  if (!macro) throw unknownMacro(environment, name)
  const node = environment.manifest.macros.get(macro.node.unique_id) as MacroNode
  await withThread(environment, async thread => {
    const { scope } = nodeContext({
      environment,
      thread,
      node,
      resolver: runResolver({
        environment,
        node: { ...node, depends_on: undefined },
      }),
    })
    await scope.bind(macro)([], args)
  })
}

/** Runs a text of SQL and Jinja. Throws NavoError. */
export const runSql = async (environment: RunEnvironment, node: OperationNode): Promise<void> => {
  if (!environment.manifest.nodes.has(node.unique_id)) {
    throw new RuntimeError(`${node.unique_id} is not part of the manifest`)
  }
  await withThread(environment, async thread => {
    const { sql } = await compileNode(environment, thread, node)
    await (await thread.session()).query(sql)
  })
}
