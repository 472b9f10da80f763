import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DependencyError, UsageError } from '../core/errors.ts'
import { addPackage, type NewPackage } from '../packages/add-package.ts'
import { openWeb } from '../packages/fetch.ts'
import { connectHub, type Hub } from '../packages/hub.ts'
import { stageInstall } from '../packages/install.ts'
import { lockedHash, lockFileName, lockText, packagesHash } from '../packages/lock-file.ts'
import { type Pinned, pinnedName, pinnedVersion } from '../packages/pinned.ts'
import { pinLocked, resolvePackages } from '../packages/resolve.ts'
import { openStore, type PackageStore } from '../packages/store.ts'
import { type PackageEntry, packageEntries, readPackagesFile } from '../project/packages-file.ts'
import { pythonRepr } from '../project/python-repr.ts'
import { readYaml } from '../project/yaml.ts'
import type { CommandFunction } from './command-function.ts'
import type { PackagesProject, Services } from './services.ts'

/** What the steps of one call share. */
interface Call {
  readonly services: Services
  readonly project: PackagesProject
  readonly hub: Hub
  readonly store: PackageStore
  readonly lockPath: string
}

/**
 * Installs the packages of packages.yml or dependencies.yml: what package-lock.yml says, which is
 * written anew when it does not belong to the packages asked for. dbt_packages changes only when
 * every package is there.
 */
export const deps: CommandFunction = async services => {
  const { flags } = services
  const added = flags.add_package === null ? undefined : newPackage(flags)
  const project = await services.packages()
  if (added) addToFile(services, project, added)
  const downloads = mkdtempSync(join(tmpdir(), 'navo-downloads-'))
  try {
    const call = openCall(services, project, downloads)
    const asked = readPackagesFile(services.files, project.directory, project.tools).packages
    if (flags.upgrade || readLock(call)?.hash !== packagesHash(asked)) await lock(call, asked)
    if (!flags.lock) await install(call)
  } finally {
    rmSync(downloads, { recursive: true, force: true })
  }
  return true
}

const note = ({ emit }: Services, name: string, text: string): void =>
  emit({ kind: 'note', level: 'info', name, text })

const newPackage = ({ add_package, source }: Services['flags']): NewPackage => {
  const [name = '', version, ...more] = (add_package ?? '').split('@')
  // As dbt: with two @ signs (a git address) all of it is the name.
  const split = version !== undefined && more.length === 0
  if (!(split && version) && source !== 'local')
    throw new UsageError(
      `Version is required in --add-package when a package when source is ${source}`,
    )
  return { name: split ? name : (add_package ?? ''), version: split ? version : null, source }
}

const addToFile = (services: Services, project: PackagesProject, added: NewPackage): void => {
  const { files } = services
  const { fileName } = readPackagesFile(files, project.directory, project.tools)
  const path = join(project.directory, fileName ?? 'packages.yml')
  const before = files.readText(path)
  if (before === undefined) note(services, 'Formatting', 'Created packages.yml')
  const { text, removed } = addPackage(before, added)
  for (const entry of removed)
    note(
      services,
      'DepsFoundDuplicatePackage',
      `Found duplicate package in packages.yml, removing: ${entry}`,
    )
  files.writeText(path, text)
  note(
    services,
    'DepsAddPackage',
    `Added new package ${added.name}@${added.version ?? ''} to ${path}`,
  )
}

const openCall = (services: Services, project: PackagesProject, downloads: string): Call => {
  const { flags, files, invocation, signal, emit } = services
  const { env } = invocation
  const warn = (name: string, message: string): void =>
    emit({ kind: 'warning', code: name, error: new DependencyError(message) })
  const web = openWeb({
    signal,
    pauses: [1000, 1000, 1000],
    onRetry: (url, why) =>
      emit({
        kind: 'note',
        level: 'debug',
        name: 'RetryExternalCall',
        text: `Retrying external call GET ${url}: ${why}`,
      }),
  })
  const hub = connectHub({
    url: env.DBT_PACKAGE_HUB_URL,
    versionCheck: flags.version_check,
    fetchJson: web.json,
    onRedirect: (from, to) =>
      warn(
        'PackageRedirectDeprecation',
        `The \`${from}\` package is deprecated in favor of \`${to}\`. Please update your \`packages.yml\` configuration to use \`${to}\` instead.`,
      ),
  })
  const store = openStore({
    files,
    hub,
    web,
    git: { env, signal, interactive: invocation.interactive },
    tools: project.tools,
    projectDirectory: project.directory,
    downloads,
    onUnpinned: (url, revision) => {
      const why =
        revision === 'HEAD'
          ? 'not pinned, using HEAD (default branch)'
          : `pinned to the "${revision}" branch`
      warn(
        'DepsUnpinned',
        `The git package "${url}" \n\tis ${why}.\n\tThis can introduce breaking changes into your project without warning!\n\nSee https://docs.getdbt.com/docs/package-management#section-specifying-package-versions`,
      )
    },
  })
  return { services, project, hub, store, lockPath: join(project.directory, lockFileName) }
}

/** The lock as it stands; undefined when there is none. */
const readLock = ({ services, project, lockPath }: Call) => {
  const text = services.files.readText(lockPath)
  if (text === undefined) return undefined
  const source = readYaml(text, lockFileName)
  return {
    hash: lockedHash(source.value),
    entries: (): readonly PackageEntry[] => packageEntries(source, project.tools),
  }
}

const lock = async (call: Call, asked: readonly PackageEntry[]): Promise<void> => {
  const { services, project, lockPath } = call
  if (asked.length === 0) return noPackages(services)
  const resolved = await resolvePackages(asked, project.name, call)
  const hide = secretHider(services)
  services.files.writeText(lockPath, lockText(resolved, packagesHash(asked), hide))
  note(services, 'DepsLockUpdating', `Updating lock file in file path: ${lockPath}`)
}

const noPackages = (services: Services): void =>
  note(services, 'DepsNoPackagesFound', 'Warning: No packages were found in packages.yml')

/** Takes secrets out of an address that goes into the lock, and warns of it: it will not work. */
const secretHider = ({ invocation, emit }: Services) => {
  const secrets = Object.entries(invocation.env).flatMap(([name, value]) =>
    name.startsWith('DBT_ENV_SECRET') && value ? [value] : [],
  )
  return (text: string): string => {
    const hidden = secrets.reduce((all, secret) => all.replaceAll(secret, '*****'), text)
    if (hidden !== text)
      emit({
        kind: 'warning',
        code: 'DepsScrubbedPackageName',
        error: new DependencyError(
          `Detected secret env var in ${hidden}. dbt will write a scrubbed representation to the lock file. This will cause issues with subsequent 'dbt deps' using the lock file, requiring 'dbt deps --upgrade'`,
          { hint: "write the secret as env_var('DBT_ENV_SECRET_…') in packages.yml" },
        ),
      })
    return hidden
  }
}

const install = async (call: Call): Promise<void> => {
  const { services, project, hub, store } = call
  const locked = readLock(call)?.entries() ?? []
  const staging = stageInstall(project.installPath)
  try {
    const pins = await pinLocked(locked, hub)
    const outdated: string[] = []
    for (const pinned of pins) {
      services.signal.throwIfAborted()
      note(services, 'DepsStartPackageInstall', `Installing ${pinnedName(pinned)}`)
      const { name } = await store.facts(pinned)
      staging.add(name, await store.folder(pinned), pinned.kind === 'local' ? 'link' : 'move')
      if (report(services, pinned)) outdated.push(pinnedName(pinned))
    }
    staging.commit()
    if (pins.length === 0) noPackages(services)
    if (outdated.length === 0) return
    note(services, 'Formatting', '')
    note(
      services,
      'DepsNotifyUpdatesAvailable',
      `Updates available for packages: ${pythonRepr(outdated)}                 \nUpdate your versions in packages.yml, then run dbt deps`,
    )
  } finally {
    staging.discard()
  }
}

/** Says what was installed; true when the hub has a newer version. */
const report = (services: Services, pinned: Pinned): boolean => {
  note(services, 'DepsInstallInfo', `Installed from ${pinnedVersion(pinned)}`)
  if (pinned.kind === 'git' && pinned.subdirectory !== null)
    note(services, 'DepsListSubdirectory', `and subdirectory ${pinned.subdirectory}`)
  if (pinned.kind !== 'hub') return false
  if (pinned.version === pinned.latest) {
    note(services, 'DepsUpToDate', 'Up to date!')
    return false
  }
  note(services, 'DepsUpdateAvailable', `Updated version available: ${pinned.latest}`)
  return true
}
