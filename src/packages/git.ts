import { execFile } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DependencyError } from '../core/errors.ts'

export interface GitOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** Whether git may ask for a password. */
  readonly interactive: boolean
}

export interface Checkout {
  readonly url: string
  /** `HEAD`, a branch, a tag or a whole commit id; a tag comes before a branch of its name. */
  readonly revision: string
  /** A folder that does not exist yet. */
  readonly into: string
}

/**
 * Fetches one revision of a repository, without its history, and gives its commit id.
 * Nothing is passed through a shell, and no address or revision can be taken for an option.
 * Throws DependencyError when git is missing or refuses.
 */
export const checkoutGit = async (
  { url, revision, into }: Checkout,
  options: GitOptions,
): Promise<string> => {
  const refuse = (why: string): never => {
    throw new DependencyError(`Error checking out spec='${revision}' for repo ${url}\n${why}`, {
      code: 'package-git',
      hint: 'revision: takes a tag, a branch or a whole commit id of the repository in git:',
    })
  }
  // A refspec with a colon would write refs; one with a dash in front could be an option.
  if (!/^[\w][^\s:~^?*[\\]*$/.test(revision) || revision.includes('..'))
    refuse(`fatal: '${revision}' is not the name of a revision`)
  const run = (...args: readonly string[]): Promise<string> => git(args, into, options, refuse)
  mkdirSync(into, { recursive: true })
  await run('init', '--quiet', '--template=')
  await run('fetch', '--quiet', '--depth=1', '--no-tags', '--end-of-options', url, revision)
  await run('checkout', '--quiet', '--detach', 'FETCH_HEAD')
  const commit = (await run('rev-parse', 'HEAD')).trim()
  rmSync(join(into, '.git'), { recursive: true, force: true })
  return commit
}

const git = (
  args: readonly string[],
  cwd: string,
  { env, signal, interactive }: GitOptions,
  refuse: (why: string) => never,
): Promise<string> =>
  new Promise((resolve, reject) => {
    // Hooks of the user's own are no part of a package.
    const all = ['-c', 'core.hooksPath=/dev/null', '-c', 'advice.detachedHead=false', ...args]
    const own = { LC_ALL: 'C', ...(!interactive && { GIT_TERMINAL_PROMPT: '0' }) }
    execFile('git', all, { cwd, env: { ...env, ...own }, signal }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout)
      try {
        if (signal.aborted) throw error
        if (error.code === 'ENOENT') throw gitMissing()
        refuse(stderr.trim() || error.message)
      } catch (problem) {
        reject(problem)
      }
    })
  })

const gitMissing = (): DependencyError =>
  new DependencyError(
    'Make sure `git` is installed on your machine. More information: https://docs.getdbt.com/docs/package-management',
    { code: 'git-missing' },
  )
