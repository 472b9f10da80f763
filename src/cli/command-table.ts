import type { CommandFunction } from '../commands/command-function.ts'
import type { CommandOption } from './command-options.ts'

export interface CommandSpec {
  /** Words typed: `run`, `docs generate`. */
  readonly name: string
  readonly aliases?: readonly string[]
  /** dbt's name of the command in `flags.WHICH` and run_results' `args.which`. */
  readonly which: string
  readonly summary: string
  readonly group: 'Build' | 'Look' | 'Project'
  readonly argument?: {
    readonly key: string
    readonly label: string
    readonly help: string
  }
  readonly options: readonly CommandOption[]
  readonly examples: readonly (readonly [command: string, meaning: string])[]
  readonly load: () => Promise<CommandFunction>
}

const project = ['projectDir', 'profilesDir', 'targetPath', 'vars'] as const
const selection = ['select', 'exclude', 'selector'] as const
const types = ['resourceTypes', 'excludeResourceTypes'] as const

/** The groups of commands that have a second word. */
export const commandGroups: Readonly<Record<string, string>> = {
  docs: 'Make or serve the documentation site',
  source: 'Look at the sources',
}

/** Every command, in the order of `navo --help`. Modules are imported when their command is called. */
export const commandTable: readonly CommandSpec[] = [
  {
    name: 'init',
    which: 'init',
    group: 'Project',
    summary: 'Make a small project that runs',
    argument: { key: 'project_name', label: '[name]', help: 'Folder and name of the project' },
    options: ['projectDir', 'anyProfilesDir', 'skipProfileSetup', 'skipDebug', 'vars'],
    examples: [['navo init shop', 'a project in the folder shop']],
    load: async () => (await import('../commands/init.ts')).init,
  },
  {
    name: 'debug',
    which: 'debug',
    group: 'Project',
    summary: 'Check project, profile and connection',
    options: ['connection', 'configDir', 'anyProfilesDir', 'projectDir', 'targetPath', 'vars'],
    examples: [['navo debug --connection', 'the connection only']],
    load: async () => (await import('../commands/debug.ts')).debug,
  },
  {
    name: 'parse',
    which: 'parse',
    group: 'Project',
    summary: 'Read the project and write manifest.json',
    options: [...project, 'threads'],
    examples: [['navo parse', 'check the project without a database']],
    load: async () => (await import('../commands/parse.ts')).parse,
  },
  {
    name: 'list',
    aliases: ['ls'],
    which: 'list',
    group: 'Look',
    summary: 'List nodes',
    options: [
      'rawSelect',
      'models',
      'exclude',
      'selector',
      ...types,
      'listOutput',
      'outputKeys',
      ...project,
    ],
    examples: [
      ['navo ls --select +orders', 'orders and all that it is made of'],
      ['navo ls --output json --output-keys name tags', 'one JSON object a node'],
    ],
    load: async () => (await import('../commands/list.ts')).list,
  },
  {
    name: 'compile',
    which: 'compile',
    group: 'Look',
    summary: 'Turn templates into SQL, in target/compiled',
    options: [
      ...selection,
      'inline',
      'fullRefresh',
      'empty',
      'showOutput',
      'introspect',
      'injectEphemeralCtes',
      'sqlparse',
      ...project,
      'threads',
    ],
    examples: [
      ['navo compile --select orders', 'print the SQL of one model'],
      [`navo compile --inline "select * from {{ ref('orders') }}"`, 'print the SQL of a query'],
    ],
    load: async () => (await import('../commands/compile.ts')).compile,
  },
  {
    name: 'show',
    which: 'show',
    group: 'Look',
    summary: 'Run a node or a query and print its first rows',
    options: [
      ...selection,
      'inline',
      'inlineDirect',
      'limit',
      'showOutput',
      'fullRefresh',
      'introspect',
      'sqlparse',
      ...project,
      'threads',
    ],
    examples: [
      ['navo show --select orders --limit 20', 'the first rows of a model'],
      [`navo show --inline "select count(*) from {{ ref('orders') }}"`, 'the answer to a query'],
    ],
    load: async () => (await import('../commands/show.ts')).show,
  },
  {
    name: 'build',
    which: 'build',
    group: 'Build',
    summary: 'Seeds, models, snapshots and tests, in order; a failed test stops what depends on it',
    options: [
      ...selection,
      ...types,
      'fullRefresh',
      'empty',
      'sample',
      'eventTimeStart',
      'eventTimeEnd',
      'storeFailures',
      'show',
      'exportSavedQueries',
      'includeSavedQuery',
      'sqlparse',
      ...project,
      'threads',
    ],
    examples: [
      ['navo build', 'everything'],
      ['navo build --select gold+', 'a folder and what hangs on it'],
      ['navo build --select +orders --full-refresh', 'one model from the ground up'],
    ],
    load: async () => (await import('../commands/run.ts')).build,
  },
  {
    name: 'run',
    which: 'run',
    group: 'Build',
    summary: 'Build models',
    options: [
      ...selection,
      'fullRefresh',
      'empty',
      'sample',
      'eventTimeStart',
      'eventTimeEnd',
      'sqlparse',
      ...project,
      'threads',
    ],
    examples: [
      ['navo run', 'all models'],
      ['navo run --select staging+ --exclude tag:slow', 'some of them'],
    ],
    load: async () => (await import('../commands/run.ts')).run,
  },
  {
    name: 'test',
    which: 'test',
    group: 'Build',
    summary: 'Run data tests and unit tests',
    options: [...selection, ...types, 'storeFailures', 'sqlparse', ...project, 'threads'],
    examples: [
      ['navo test --select orders', 'the tests of one model'],
      ['navo test --select test_type:unit', 'unit tests only'],
    ],
    load: async () => (await import('../commands/run.ts')).test,
  },
  {
    name: 'seed',
    which: 'seed',
    group: 'Build',
    summary: 'Load the CSV files of seeds/',
    options: [...selection, 'fullRefresh', 'empty', 'show', 'sqlparse', ...project, 'threads'],
    examples: [['navo seed --full-refresh', 'drop the tables and load them anew']],
    load: async () => (await import('../commands/seed.ts')).seed,
  },
  {
    name: 'snapshot',
    which: 'snapshot',
    group: 'Build',
    summary: 'Record how rows change',
    options: [...selection, 'empty', 'sqlparse', ...project, 'threads'],
    examples: [['navo snapshot --select users', 'one snapshot']],
    load: async () => (await import('../commands/run.ts')).snapshot,
  },
  {
    name: 'source freshness',
    aliases: ['snapshot-freshness'],
    which: 'freshness',
    group: 'Look',
    summary: 'Check how old the sources are',
    options: [...selection, 'outputPath', 'sqlparse', ...project, 'threads'],
    examples: [['navo source freshness --select source:app', 'one source']],
    load: async () => (await import('../commands/source-freshness.ts')).sourceFreshness,
  },
  {
    name: 'docs generate',
    which: 'generate',
    group: 'Look',
    summary: 'Write catalog.json and the documentation site',
    options: [...selection, 'compile', 'emptyCatalog', 'static', 'sqlparse', ...project, 'threads'],
    examples: [['navo docs generate --static', 'also as one file']],
    load: async () => (await import('../commands/docs-generate.ts')).docsGenerate,
  },
  {
    name: 'docs serve',
    which: 'serve',
    group: 'Look',
    summary: 'Serve the documentation site',
    options: ['host', 'port', 'browser', ...project],
    examples: [['navo docs serve --port 9000 --no-browser', 'on another port']],
    load: async () => (await import('../commands/docs-serve.ts')).docsServe,
  },
  {
    name: 'run-operation',
    which: 'run-operation',
    group: 'Project',
    summary: 'Run a macro',
    argument: { key: 'macro', label: '[macro]', help: 'Name of the macro, or package.macro' },
    options: ['args', 'sql', ...project, 'threads'],
    examples: [["navo run-operation grant --args '{role: reader}'", 'with an argument']],
    load: async () => (await import('../commands/run-operation.ts')).runOperation,
  },
  {
    name: 'deps',
    which: 'deps',
    group: 'Project',
    summary: 'Install the packages of packages.yml',
    options: [
      'lock',
      'upgrade',
      'addPackage',
      'packageSource',
      'anyProfilesDir',
      'projectDir',
      'vars',
    ],
    examples: [
      ['navo deps', 'what package-lock.yml says'],
      ['navo deps --upgrade', 'the newest versions allowed'],
      ['navo deps --add-package dbt-labs/dbt_utils@1.3.0', 'one more'],
    ],
    load: async () => (await import('../commands/deps.ts')).deps,
  },
  {
    name: 'clean',
    which: 'clean',
    group: 'Project',
    summary: 'Remove the folders in clean-targets',
    options: ['cleanProjectFilesOnly', ...project],
    examples: [['navo clean', 'target and dbt_packages']],
    load: async () => (await import('../commands/clean.ts')).clean,
  },
]
