import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { DependencyError, RuntimeError } from '../core/errors.ts'
import type { FileSystem } from '../core/file-system.ts'
import {
  type PackageEntry,
  type PackagesTools,
  packageEntries,
  readPackagesFile,
} from '../project/packages-file.ts'
import { readRawProject } from '../project/project-file.ts'
import { readYaml } from '../project/yaml.ts'
import { extractArchive } from './extract.ts'
import type { Web } from './fetch.ts'
import { type Checkout, checkoutGit, type GitOptions } from './git.ts'
import type { Hub } from './hub.ts'
import { isInside, refuseOutwardLinks } from './outward-links.ts'
import type { Pinned } from './pinned.ts'

/** What a package says of itself. */
export interface PackageFacts {
  /** With a git revision settled to a commit. */
  readonly pinned: Pinned
  /** The project's name: the folder's name in dbt_packages. */
  readonly name: string
  readonly packages: readonly PackageEntry[]
}

/** Fetches packages, each once in an invocation. */
export interface PackageStore {
  /** Name and dependencies; of a hub package without fetching it. */
  readonly facts: (pinned: Pinned) => Promise<PackageFacts>
  /** The folder with the package's files. */
  readonly folder: (pinned: Pinned) => Promise<string>
}

export interface StoreOptions {
  readonly files: FileSystem
  readonly hub: Hub
  readonly web: Web
  readonly git: GitOptions
  /** Renders packages.yml of the packages. */
  readonly tools: PackagesTools
  /** Absolute: what relative paths of local packages begin at. */
  readonly projectDirectory: string
  /** Absolute: an empty folder that the caller removes in the end. */
  readonly downloads: string
  /** A git package follows a branch. */
  readonly onUnpinned: (url: string, revision: string) => void
}

interface Fetched {
  readonly pinned: Pinned
  readonly folder: string
}

/** The packages behind their pins. */
export const openStore = (options: StoreOptions): PackageStore => {
  const fetched = new Map<string, Promise<Fetched>>()
  const get = (pinned: Pinned): Promise<Fetched> => {
    const key = JSON.stringify(pinned)
    const known = fetched.get(key)
    if (known) return known
    const place = join(options.downloads, createHash('sha1').update(key).digest('hex'))
    const made = fetchPackage(pinned, place, options)
    fetched.set(key, made)
    return made
  }
  return {
    folder: async pinned => (await get(pinned)).folder,
    facts: async pinned => {
      if (pinned.kind === 'hub') return hubFacts(pinned, options)
      const { folder, pinned: settled } = await get(pinned)
      const { packages } = readPackagesFile(options.files, folder, options.tools)
      return { pinned: settled, name: projectName(pinned, folder, options.files), packages }
    },
  }
}

const hubFacts = async (
  pinned: Pinned & { kind: 'hub' },
  { hub }: StoreOptions,
): Promise<PackageFacts> => {
  const { name, packages } = await hub.version(pinned.package, pinned.version)
  const file = `${pinned.package}.json`
  return {
    pinned,
    name,
    // JSON is YAML, and so the entries are checked as those of packages.yml are.
    packages: packageEntries(
      readYaml(JSON.stringify({ packages: packages ?? [] }), file),
      undefined,
    ),
  }
}

const projectName = (pinned: Pinned, folder: string, files: FileSystem): string => {
  const { name, fileName } = readRawProject(files, folder)
  if (pinned.kind === 'tarball') return pinned.name
  if (name !== null) return name
  throw new RuntimeError(`Package ${fileName} must have a name: ${folder}/${fileName}`, {
    code: 'project-invalid',
  })
}

const fetchPackage = async (
  pinned: Pinned,
  place: string,
  options: StoreOptions,
): Promise<Fetched> => {
  switch (pinned.kind) {
    case 'local': {
      const folder = isAbsolute(pinned.path)
        ? pinned.path
        : resolve(options.projectDirectory, pinned.path)
      return { pinned, folder }
    }
    case 'git':
      return fetchGit(pinned, place, options)
    case 'tarball':
      return { pinned, folder: await fetchArchive(pinned.url, place, options) }
    case 'hub': {
      const { downloads } = await options.hub.version(pinned.package, pinned.version)
      return { pinned, folder: await fetchArchive(downloads.tarball, place, options) }
    }
  }
}

const fetchGit = async (
  pinned: Pinned & { kind: 'git' },
  place: string,
  { git, onUnpinned }: StoreOptions,
): Promise<Fetched> => {
  const { url, revision, subdirectory } = pinned
  const checkout: Checkout = { url, revision, into: place }
  const commit = await checkoutGit(checkout, git)
  if (pinned.warnUnpinned && ['HEAD', 'main', 'master'].includes(revision))
    onUnpinned(url, revision)
  refuseOutwardLinks(place, url)
  const folder = resolve(place, subdirectory ?? '.')
  if (!isInside(place, folder))
    throw new DependencyError(`subdirectory: ${subdirectory} leads out of ${url}`, {
      code: 'package-archive',
    })
  return { pinned: { ...pinned, revision: commit }, folder }
}

/** An archive holds one folder, whose name does not matter. */
const fetchArchive = async (url: string, place: string, { web }: StoreOptions): Promise<string> => {
  const archive = `${place}.tar.gz`
  await web.download(url, archive)
  await extractArchive(archive, place, url)
  const [folder, ...more] = readdirSync(place, { withFileTypes: true })
  if (!folder?.isDirectory() || more.length > 0)
    throw new DependencyError(
      `Incorrect structure for package extracted from ${url}.The extracted package needs to follow the structure <package>/<package_contents>.`,
      { code: 'package-archive' },
    )
  refuseOutwardLinks(place, url)
  return join(place, folder.name)
}
