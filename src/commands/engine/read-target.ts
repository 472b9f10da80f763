import { homedir } from 'node:os'
import type { AdapterType } from '../../adapters/adapter.ts'
import type { Invocation, ProjectFacts } from '../../context/invocation.ts'
import { yamlScope } from '../../context/yaml-scope.ts'
import { RuntimeError } from '../../core/errors.ts'
import { nearest } from '../../core/nearest.ts'
import type { Target } from '../../core/target.ts'
import type { Value } from '../../jinja/python/values.ts'
import { chooseProfile, type ProfileChoice } from '../../project/profile.ts'
import type { RawProject } from '../../project/project-file.ts'
import { secretEnvVar } from '../../project/secrets.ts'
import type { Adapters, EngineOptions } from './engine-options.ts'
import { yamlRenderer } from './yaml-renderer.ts'

/** The adapter that a profile names, and where it will connect to. */
export interface ChosenTarget {
  readonly profile: ProfileChoice
  readonly adapter: AdapterType
  readonly settings: unknown
  readonly target: Target
  readonly shown: Target['raw']
}

const loadAdapter = async (adapters: Adapters, type: string): Promise<AdapterType> => {
  const load = Object.hasOwn(adapters, type) ? adapters[type] : undefined
  if (load) return load()
  const known = Object.keys(adapters)
  const near = nearest(type, known)
  throw new RuntimeError(`Could not find adapter type ${type}!`, {
    code: 'unknown-adapter',
    hint: near ? `did you mean '${near}'?` : `navo has ${known.join(', ')}`,
  })
}

/** Facts for templates that are rendered before the target is known. */
export const withoutTarget = (name: string, dialect: ProjectFacts['dialect']): ProjectFacts => ({
  name,
  target: { profileName: '', name: '', type: '', database: null, schema: '', threads: 1, raw: {} },
  targetShown: {},
  dialect,
  quoting: dialect.quotePolicy,
  packages: new Set(),
  dispatch: new Map(),
  vars: () => new Map(),
})

/** Chooses profile and target and validates them. Throws NavoError in dbt's words. */
export const readTarget = async (
  options: EngineOptions,
  adapters: Adapters,
  invocation: Invocation,
  raw: RawProject,
  vars: ReadonlyMap<string, Value>,
): Promise<ChosenTarget> => {
  const { flags, files } = options
  const { env } = options.invocation
  // Only names are looked up in this scope; any dialect serves.
  const anyDialect = (await adapters.duckdb!()).dialect
  const lookup = yamlScope({
    invocation,
    facts: withoutTarget(raw.name ?? '', anyDialect),
    hidesTarget: true,
    vars,
    envVar: secretEnvVar(env),
  })
  const profile = chooseProfile(
    raw,
    {
      profile: flags.profile ?? undefined,
      target: flags.target ?? undefined,
      profilesDir: flags.profiles_dir ?? undefined,
      threads: flags.threads ?? undefined,
    },
    {
      fs: files,
      cwd: options.invocation.workingDirectory,
      home: env.HOME ?? homedir(),
      env,
      render: yamlRenderer(lookup),
    },
  )
  const adapter = await loadAdapter(adapters, profile.type)
  const parsed = adapter.parseTarget(profile.raw, raw.root)
  return {
    profile,
    adapter,
    settings: parsed.settings,
    shown: parsed.shown,
    target: {
      profileName: profile.profileName,
      name: profile.targetName,
      type: profile.type,
      database: parsed.database,
      schema: parsed.schema,
      threads: flags.single_threaded ? 1 : profile.threads,
      raw: profile.raw,
    },
  }
}
