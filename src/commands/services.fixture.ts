import type { NavoEvent } from '../core/events.ts'
import type { FileSystem } from '../core/file-system.ts'
import type { Manifest, ManifestNode } from '../core/manifest.ts'
import type { NodeResult } from '../core/result.ts'
import type { Flags } from './flags.ts'
import type { Loaded, ProjectInfo, RunOutcome, Services } from './services.ts'

/** Files in memory: text by absolute path. */
export const memoryFiles = (texts: Map<string, string>): FileSystem => ({
  readText: path => texts.get(path),
  readBytes: path => (texts.has(path) ? Buffer.from(texts.get(path) ?? '') : undefined),
  stat: path =>
    texts.has(path)
      ? { kind: 'file', mtimeMs: 0, size: texts.get(path)?.length ?? 0 }
      : [...texts.keys()].some(known => known.startsWith(`${path}/`))
        ? { kind: 'directory', mtimeMs: 0, size: 0 }
        : undefined,
  list: () => [],
  writeText: (path, text) => void texts.set(path, text),
  remove: path => {
    for (const known of [...texts.keys()])
      if (known === path || known.startsWith(`${path}/`)) texts.delete(known)
  },
})

const defaultFlags: Flags = {
  which: 'run',
  invocation_command: 'navo run',
  select: [],
  models: [],
  exclude: [],
  selector: null,
  resource_types: [],
  exclude_resource_types: [],
  indirect_selection: 'eager',
  project_dir: '/shop',
  profiles_dir: null,
  profile: null,
  target: null,
  target_path: null,
  vars: {},
  threads: null,
  single_threaded: false,
  full_refresh: false,
  empty: false,
  fail_fast: false,
  store_failures: false,
  show: false,
  introspect: true,
  inject_ephemeral_ctes: true,
  populate_cache: true,
  cache_selected_only: false,
  inline: null,
  inline_direct: null,
  limit: 5,
  output: null,
  output_keys: [],
  macro: null,
  args: {},
  sql: null,
  project_name: null,
  compile: true,
  empty_catalog: false,
  static: false,
  host: '127.0.0.1',
  port: 8080,
  browser: true,
  connection: false,
  config_dir: false,
  clean_project_files_only: true,
  skip_profile_setup: false,
  lock: false,
  upgrade: false,
  add_package: null,
  source: 'hub',
  state: null,
  defer: false,
  quiet: false,
  debug: false,
  log_format: 'default',
  log_format_file: 'debug',
  log_level: 'info',
  log_level_file: 'debug',
  log_path: '/shop/logs',
  log_file_max_bytes: 0,
  use_colors: false,
  use_colors_file: false,
  printer_width: 80,
  print: true,
  write_json: false,
  partial_parse: true,
  version_check: true,
  warn_error: false,
  warn_error_options: {},
  maximum_seed_size_mib: 1,
  behavior: {},
  recorded: {},
  sources: {},
}

/** A node with what commands look at. */
export const nodeFixture = (id: string, more: object = {}): ManifestNode => {
  const [resource_type, package_name = '', name = ''] = id.split('.')
  return {
    unique_id: id,
    resource_type,
    package_name,
    name,
    alias: name,
    path: `${name}.sql`,
    original_file_path: `models/${name}.sql`,
    fqn: [package_name, name],
    database: 'shop',
    schema: 'main',
    tags: [],
    meta: {},
    group: null,
    config: { enabled: true, tags: [], meta: {}, materialized: 'table' },
    checksum: { name: 'none', checksum: '' },
    depends_on: { macros: [], nodes: [] },
    relation_name: `"shop"."main"."${name}"`,
    compiled_path: null,
    compiled_code: null,
    version: null,
    ...more,
  } as unknown as ManifestNode
}

export const manifestFixture = (nodes: readonly ManifestNode[]): Manifest => ({
  project_name: 'shop',
  adapter_type: 'duckdb',
  nodes: new Map(nodes.map(node => [node.unique_id, node])),
  sources: new Map(),
  macros: new Map(),
  docs: new Map(),
  exposures: new Map(),
  groups: new Map(),
  unit_tests: new Map(),
  selectors: {},
  disabled: new Map(),
})

const project: ProjectInfo = {
  name: 'shop',
  directory: '/shop',
  file: '/shop/dbt_project.yml',
  targetPath: '/shop/target',
  cleanTargets: ['/shop/target'],
  sourcePaths: ['/shop/models', '/shop/seeds'],
  assetPaths: [],
}

export const resultFixture = (id: string, more: Partial<NodeResult> = {}): NodeResult => ({
  unique_id: id,
  status: 'success',
  timing: [],
  thread_id: 'Thread-1 (worker)',
  execution_time: 0.1,
  message: 'OK',
  failures: null,
  adapter_response: {},
  compiled: true,
  compiled_code: null,
  relation_name: null,
  ...more,
})

export interface ServicesFixture {
  readonly services: Services
  readonly events: readonly NavoEvent[]
  readonly texts: Map<string, string>
  /** Texts of answers, then of notes, in order. */
  readonly said: () => readonly string[]
}

export interface FixtureOptions {
  readonly flags?: Partial<Flags>
  readonly nodes?: readonly ManifestNode[]
  readonly outcome?: Partial<RunOutcome>
  readonly services?: Partial<Services>
  readonly texts?: Readonly<Record<string, string>>
}

/** Services made of values: the project holds `nodes`, a run ends as `outcome` says. */
export const servicesFixture = (options: FixtureOptions = {}): ServicesFixture => {
  const events: NavoEvent[] = []
  const texts = new Map(Object.entries(options.texts ?? {}))
  const manifest = manifestFixture(options.nodes ?? [])
  const loaded: Loaded = {
    project,
    target: {
      profileName: 'shop',
      name: 'dev',
      type: 'duckdb',
      database: 'shop',
      schema: 'main',
      threads: 1,
      raw: {},
    },
    manifest,
    adapter: { name: 'duckdb', version: '1.5.6' },
    quoting: {},
  }
  const outcome: RunOutcome = {
    results: [],
    manifest,
    elapsed: 1,
    cancelled: false,
    previews: new Map(),
    ...options.outcome,
  }
  const services: Services = {
    flags: { ...defaultFlags, ...options.flags },
    invocation: {
      id: 'abc',
      startedAt: new Date(0),
      env: {},
      workingDirectory: '/home/ann',
      version: '1.0.0',
      interactive: false,
    },
    files: memoryFiles(texts),
    emit: event => void events.push(event),
    signal: new AbortController().signal,
    now: () => new Date(0),
    project: () => Promise.resolve(project),
    packages: () => Promise.reject(new Error('this project has no packages')),
    load: () => Promise.resolve(loaded),
    select: () => Promise.resolve([...manifest.nodes.keys()]),
    run: () => Promise.resolve(outcome),
    operation: () => Promise.resolve(),
    query: () => Promise.resolve({ columns: [], rows: [], response: { _message: 'OK' } }),
    catalog: () => Promise.resolve([]),
    diagnose: () =>
      Promise.resolve({
        facts: [],
        profile: { status: 'OK found and valid' },
        project: { status: 'OK found and valid' },
      }),
    openBrowser: () => undefined,
    ask: () => Promise.resolve(''),
    ...options.services,
  }
  const said = (): readonly string[] =>
    events.flatMap(event => (event.kind === 'answer' || event.kind === 'note' ? [event.text] : []))
  return { services, events, texts, said }
}
