import type { Macro, MacroLibrary } from '../context/macro-library.ts'
import { CompilationError, type NavoError } from '../core/errors.ts'
import type { MacroNode } from '../core/manifest.ts'
import { type BlockDefinition, type BlockKind, parseBlocks } from '../jinja/engine.ts'

/** One file that may define macros: of the project, a package, or navo itself. */
export interface MacroFile {
  readonly packageName: string
  /** `original_file_path` */
  readonly path: string
  readonly text: string
  /** Of tests/generic: dbt does not note the arguments of what stands there. */
  readonly isGenericTest?: boolean
}

/** All macros: what templates call, and what the manifest says of them. */
export interface ParsedMacros {
  readonly library: MacroLibrary
  readonly nodes: ReadonlyMap<string, MacroNode>
  readonly errors: readonly NavoError[]
}

const macroKinds: readonly BlockKind[] = ['macro', 'test', 'data_test', 'materialization']

const macroNode = (file: MacroFile, block: BlockDefinition, createdAt: number): MacroNode => ({
  name: block.name,
  resource_type: 'macro',
  package_name: file.packageName,
  path: file.path,
  original_file_path: file.path,
  unique_id: `macro.${file.packageName}.${block.name}`,
  macro_sql: block.source,
  depends_on: { macros: [] },
  description: '',
  meta: {},
  docs: { show: true, node_color: null },
  config: { meta: {}, docs: { show: true, node_color: null } },
  patch_path: null,
  arguments: file.isGenericTest
    ? []
    : block.args.map(({ name }) => ({ name, type: null, description: '' })),
  created_at: createdAt,
  supported_languages: block.supportedLanguages ?? null,
})

const duplicate = (first: MacroNode, second: MacroNode): CompilationError =>
  new CompilationError(
    `dbt found two macros named "${second.name}" in the project "${second.package_name}".\n To fix this error, rename or remove one of the following macros:\n    - ${first.original_file_path}\n    - ${second.original_file_path}`,
    { code: 'duplicate-macro' },
  )

// Tests, data tests and generic tests under tests/generic are macros like any other.
const definedBlocks = (file: MacroFile): readonly BlockDefinition[] =>
  file.text.includes('{%')
    ? // dbt reads files without the white space behind them; a closing `-%}` would take it in.
      parseBlocks({ source: file.text.trimEnd(), file: file.path }, macroKinds)
    : []

interface Collected {
  readonly nodes: Map<string, MacroNode>
  readonly byPackage: Map<string, Map<string, Macro>>
  readonly errors: NavoError[]
}

const addFile = (collected: Collected, file: MacroFile, createdAt: number): void => {
  for (const block of definedBlocks(file)) {
    const node = macroNode(file, block, createdAt)
    const known = collected.nodes.get(node.unique_id)
    if (known) {
      collected.errors.push(duplicate(known, node))
      continue
    }
    collected.nodes.set(node.unique_id, node)
    const macros = collected.byPackage.get(file.packageName) ?? new Map<string, Macro>()
    collected.byPackage.set(file.packageName, macros)
    macros.set(block.name, { node, definition: () => block })
  }
}

/**
 * Finds the macros of all files.
 * @param internal names of navo's own packages, the adapter's first: it overrides the general one
 */
export const parseMacros = (
  files: Iterable<MacroFile>,
  root: string,
  internal: readonly string[],
  createdAt: number,
): ParsedMacros => {
  const collected: Collected = { nodes: new Map(), byPackage: new Map(), errors: [] }
  for (const file of files) {
    try {
      addFile(collected, file, createdAt)
    } catch (error) {
      if (!(error instanceof CompilationError)) throw error
      collected.errors.push(error)
    }
  }
  const own = new Map<string, Macro>()
  for (const name of [...internal].reverse()) {
    for (const [key, macro] of collected.byPackage.get(name) ?? []) own.set(key, macro)
  }
  const packages = new Map([...collected.byPackage].filter(([name]) => !internal.includes(name)))
  return {
    library: { root, packages, internal: own },
    nodes: collected.nodes,
    errors: collected.errors,
  }
}
