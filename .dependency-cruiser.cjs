// Who may import whom, types included. docs/architecture.md shows the same table for people. Cycles
// are scripts/check-cycles.mjs's matter: this parser does not tell types from values.
// `core` is open to all; a folder always sees itself.
const layers = {
  core: [],
  jinja: [],
  graph: [],
  artifacts: [],
  site: [],
  macros: [],
  adapters: [],
  context: ['jinja', 'adapters/adapter.ts'],
  project: ['jinja', 'context'],
  packages: ['project'],
  parse: ['project', 'context', 'jinja', 'graph', 'adapters/adapter.ts'],
  plan: ['graph', 'adapters/adapter.ts'],
  run: ['plan', 'graph', 'context', 'jinja', 'artifacts', 'adapters/adapter.ts'],
  commands: [
    'jinja',
    'graph',
    'artifacts',
    'site',
    'macros',
    'context',
    'project',
    'packages',
    'parse',
    'plan',
    'run',
    'adapters/adapter.ts',
  ],
  api: [
    'jinja',
    'graph',
    'artifacts',
    'site',
    'macros',
    'context',
    'project',
    'packages',
    'parse',
    'plan',
    'run',
    'commands',
    'cli',
    'adapters/adapter.ts',
  ],
  cli: ['commands', 'adapters/adapter.ts'],
}

const literally = text => text.replaceAll('.', '\\.')

/** Names a file exactly, or all of a folder. */
const pattern = name => (name.endsWith('.ts') ? `^src/${literally(name)}$` : `^src/${name}/`)

const layerRules = Object.entries(layers).map(([folder, allowed]) => ({
  name: `layer-${folder}`,
  comment: `src/${folder} may import ${['core', ...allowed].join(', ')} and nothing else of ours`,
  severity: 'error',
  from: {
    path: `^src/${folder}/`,
    pathNot: ['\\.test\\.ts$', ...(folder === 'cli' ? ['^src/cli/compose\\.ts$'] : [])],
  },
  to: {
    path: '^src/',
    pathNot: [`^src/${folder}/`, '^src/core/', ...allowed.map(pattern)],
  },
}))

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'one-template-engine',
      comment: 'only src/jinja knows nunjucks',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/jinja/' },
      to: { path: 'node_modules/nunjucks' },
    },
    {
      name: 'adapters-apart',
      comment: 'one adapter knows nothing of another',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/[^/]+/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'concrete-adapters',
      comment: 'only compose.ts and tests name a concrete adapter',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/adapters/', '^src/cli/compose\\.ts$', '\\.test\\.ts$'],
      },
      to: { path: '^src/adapters/[^/]+/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    // Browser code, built and typed on its own.
    exclude: { path: ['^(dist|target)/', '^src/site/client/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
}
