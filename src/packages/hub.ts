import * as z from 'zod'
import { dbtVersion } from '../core/dbt-version.ts'
import { DependencyError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import { parseVersionSpec, satisfies } from '../project/require-version.ts'
import type { FetchJson } from './fetch.ts'

const versionSchema = z.looseObject({
  name: z.string(),
  packages: z.array(z.record(z.string(), z.unknown())).nullish(),
  downloads: z.looseObject({ tarball: z.string() }),
  require_dbt_version: z.union([z.string(), z.array(z.string())]).nullish(),
})

/** What the hub says of one version of a package. */
export type HubVersion = z.infer<typeof versionSchema>

const packageSchema = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  redirectnamespace: z.string().nullish(),
  redirectname: z.string().nullish(),
  versions: z.record(z.string(), versionSchema),
})

/** The index of packages. Each answer is fetched once. */
export interface Hub {
  readonly versionCheck: boolean
  /** Throws DependencyError when there is no such package. */
  readonly mustKnow: (name: string) => Promise<void>
  /** Versions that allow this version of dbt; all of them without `versionCheck`. */
  readonly compatibleVersions: (name: string) => Promise<readonly string[]>
  readonly version: (name: string, version: string) => Promise<HubVersion>
}

export interface HubOptions {
  /** Address of the hub: `DBT_PACKAGE_HUB_URL`, else dbt's own. */
  readonly url: string | undefined
  readonly versionCheck: boolean
  readonly fetchJson: FetchJson
  /** A package has moved: both names. */
  readonly onRedirect: (oldName: string, newName: string) => void
}

const defaultUrl = 'https://hub.getdbt.com/'

/** The hub behind an address. */
export const connectHub = (options: HubOptions): Hub => {
  const base = (options.url || defaultUrl).replace(/\/*$/, '/')
  const index = once(async () =>
    parsed(z.array(z.string()), await options.fetchJson(`${base}api/v1/index.json`)),
  )
  const known = new Map<string, Promise<z.infer<typeof packageSchema>>>()
  const packageOf = (name: string): Promise<z.infer<typeof packageSchema>> => {
    const asked =
      known.get(name) ??
      options.fetchJson(`${base}api/v1/${name}.json`).then(answer => {
        const found = parsed(packageSchema, answer)
        const { redirectnamespace, redirectname } = found
        if (redirectnamespace || redirectname)
          options.onRedirect(
            name,
            `${redirectnamespace || found.namespace || name.split('/')[0]}/${redirectname || found.name}`,
          )
        return found
      })
    known.set(name, asked)
    return asked
  }
  return {
    versionCheck: options.versionCheck,
    mustKnow: async name => {
      const names = await index()
      if (!names.includes(name)) throw notFound(name, names)
    },
    compatibleVersions: async name =>
      Object.entries((await packageOf(name)).versions)
        .filter(([, version]) => !options.versionCheck || isCompatible(version))
        .map(([text]) => text),
    version: async (name, version) => {
      const { versions } = await packageOf(name)
      const found = Object.hasOwn(versions, version) ? versions[version] : undefined
      if (found) return found
      throw new DependencyError(`${name} has no version ${version} on the hub`, {
        code: 'package-version-not-found',
      })
    },
  }
}

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

const parsed = <T extends z.ZodType>(schema: T, answer: unknown): z.infer<T> => {
  const result = schema.safeParse(answer)
  if (result.success) return result.data
  throw new DependencyError(
    `The package hub gave an answer that is not understood: ${z.prettifyError(result.error)}`,
    { code: 'package-hub', hint: 'check the address in DBT_PACKAGE_HUB_URL' },
  )
}

const notFound = (name: string, names: readonly string[]): DependencyError => {
  const near = nearest(name, names)
  return new DependencyError(`Package ${name} was not found in the package index`, {
    code: 'package-not-found',
    hint: near && `did you mean '${near}'?`,
  })
}

const isCompatible = ({ require_dbt_version: required }: HubVersion): boolean => {
  const texts = typeof required === 'string' ? [required] : (required ?? [])
  if (texts.length === 0) return true
  const installed = parseVersionSpec(dbtVersion)
  const specs = texts.map(parseVersionSpec)
  return (
    installed !== undefined &&
    specs.every(spec => spec !== undefined && satisfies(installed.version, [spec]))
  )
}
