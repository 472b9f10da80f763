import { execFileSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { create } from 'tar'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Outcome, projectOf, type TestProject } from './navo.ts'

let folder: string
let project: TestProject
let answers: Map<string, string | Buffer>
let server: ReturnType<typeof createServer>
let url: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'navo-packages-'))
  project = projectOf({
    'dbt_project.yml': 'name: shop\nversion: "1.0"\n',
    'models/orders.sql': 'select 1 as id',
  })
  answers = new Map()
  server = createServer((request, response) => {
    const answer = answers.get(request.url ?? '')
    response.writeHead(answer === undefined ? 404 : 200)
    response.end(answer)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})

afterEach(async () => {
  await new Promise(done => server.close(done))
  project.remove()
  rmSync(folder, { recursive: true, force: true })
})

const write = (files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** A package's project in a folder. */
const packageIn = (
  path: string,
  name: string,
  more: Readonly<Record<string, string>> = {},
): void => {
  const files = {
    'dbt_project.yml': `name: ${name}\nversion: "1.0"\n`,
    [`macros/${name}.sql`]: `{% macro from_${name}() %}1{% endmacro %}`,
    ...more,
  }
  write(Object.fromEntries(Object.entries(files).map(([file, text]) => [`${path}/${file}`, text])))
}

const git = (path: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: join(folder, path),
    encoding: 'utf8',
  }).trim()

const repository = (path: string): string => {
  git(path, 'init', '-q', '-b', 'main')
  git(path, 'add', '.')
  git(path, 'commit', '-qm', 'first')
  return `file://${join(folder, path)}`
}

const archive = async (path: string): Promise<Buffer> => {
  const file = join(folder, 'archive.tgz')
  await create({ gzip: true, file, cwd: dirname(join(folder, path)) }, [
    path.split('/').at(-1) ?? '',
  ])
  return readFileSync(file)
}

/** Puts versions of a package on the hub; `needs` are packages that they ask for. */
const onHub = async (
  name: string,
  versions: Readonly<Record<string, { needs?: readonly object[]; dbt?: string }>>,
): Promise<void> => {
  const [namespace, short = ''] = name.split('/')
  const described = Object.entries(versions).map(([version, { needs = [], dbt }]) => [
    version,
    {
      name: short,
      version,
      packages: needs,
      downloads: { tarball: `${url}${short}-${version}.tgz`, format: 'tgz', sha1: '' },
      require_dbt_version: dbt ?? [],
    },
  ])
  answers.set(
    `/api/v1/${name}.json`,
    JSON.stringify({ name: short, namespace, versions: Object.fromEntries(described) }),
  )
  const index: unknown = JSON.parse(String(answers.get('/api/v1/index.json') ?? '[]'))
  answers.set('/api/v1/index.json', JSON.stringify([...(index as string[]), name]))
  for (const version of Object.keys(versions)) {
    packageIn(`hub/${short}-${version}`, short, { 'version.txt': version })
    answers.set(`/${short}-${version}.tgz`, await archive(`hub/${short}-${version}`))
  }
}

const deps = (...args: readonly string[]): Promise<Outcome> =>
  project.navo(['deps', ...args], { env: { DBT_PACKAGE_HUB_URL: url } })

/** Runs `deps` on a packages.yml that must be refused. */
const refused = async (packages: string): Promise<string> => {
  project.write({ 'packages.yml': packages })
  const { exitCode, stdout } = await deps()
  expect(exitCode).toBe(2)
  expect(stdout).not.toMatch(/\n {4}at /)
  return stdout.slice(stdout.indexOf('Encountered an error:\n') + 'Encountered an error:\n'.length)
}

const lines = ({ stdout }: Outcome): readonly string[] =>
  stdout.split('\n').map(line => line.replace(/^\d\d:\d\d:\d\d {2}/, ''))

const installed = (path: string): string => join(project.directory, 'dbt_packages', path)

describe('local packages', () => {
  test('are linked, locked, and their models and macros are there', async () => {
    packageIn('near', 'near', { 'models/a.sql': 'select {{ from_near() }} as a' })
    project.write({
      'packages.yml': `packages:\n  - local: ${folder}/near\n`,
      'models/b.sql': "select {{ near.from_near() }} as b from {{ ref('near', 'a') }}",
    })
    const before = await project.navo(['parse'])
    expect(before.exitCode).toBe(2)
    expect(before.stdout).toContain('dbt expects 1 package(s) based on packages specified in')
    const outcome = await deps()
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' })
    expect(lines(outcome)).toEqual(
      expect.arrayContaining([
        `Updating lock file in file path: ${project.directory}/package-lock.yml`,
        `Installing ${folder}/near`,
        `Installed from <local @ ${folder}/near>`,
      ]),
    )
    expect(lstatSync(installed('near')).isSymbolicLink()).toBe(true)
    expect(project.read('package-lock.yml')).toMatch(
      /^packages:\n {2}- local: .*\n {4}name: near\nsha1_hash: [0-9a-f]{40}\n$/,
    )
    expect((await project.navo(['build'])).exitCode).toBe(0)
    expect((await deps()).stdout).not.toContain('Updating lock file')
    // What a link leads to is not removed with it.
    project.write({ 'packages.yml': 'packages: []\n' })
    await project.navo(['clean'])
    expect(existsSync(join(folder, 'near', 'dbt_project.yml'))).toBe(true)
  })
  test('two of one name', async () => {
    packageIn('a', 'same')
    packageIn('b', 'same')
    expect(await refused(`packages: [{local: ${folder}/a}, {local: ${folder}/b}]`)).toMatch(
      /^Dependency Error\n {2}Found duplicate project "same"\./,
    )
    packageIn('c', 'shop')
    expect(await refused(`packages: [{local: ${folder}/c}]`)).toContain(
      'Found a dependency with the same name as the root project "shop"',
    )
    packageIn('d', '../../evil')
    expect(await refused(`packages: [{local: ${folder}/d}]`)).toContain(
      "Invalid package name '../../evil': resolves outside of the packages-install-path",
    )
  })
  test('a folder without a project', async () => {
    expect(await refused('packages: [{local: nowhere}]')).toContain(
      'No dbt_project.yml found at expected path',
    )
  })
})

describe('git packages', () => {
  test('tag, branch, commit and subdirectory', async () => {
    packageIn('repo', 'far')
    packageIn('repo/sub', 'below')
    const address = repository('repo')
    git('repo', 'tag', 'v1')
    const first = git('repo', 'rev-parse', 'HEAD')
    write({ 'repo/new.txt': '' })
    git('repo', 'add', '.')
    git('repo', 'commit', '-qm', 'second')
    const second = git('repo', 'rev-parse', 'HEAD')
    project.write({
      'packages.yml': `packages:\n  - {git: "${address}", revision: v1}\n  - {git: "${address}", subdirectory: sub}\n`,
    })
    const outcome = await deps()
    expect(outcome.exitCode).toBe(0)
    expect(outcome.stdout).toContain('is not pinned, using HEAD (default branch).')
    expect(outcome.stdout).toContain(`Installed from revision ${first}`)
    expect(outcome.stdout).toContain('and subdirectory sub')
    expect(project.read('package-lock.yml')).toContain(`revision: ${second}\n    subdirectory: sub`)
    expect(readdirSync(installed('far'))).toEqual(['dbt_project.yml', 'macros', 'sub'])
    expect(readdirSync(installed('below'))).toEqual(['dbt_project.yml', 'macros'])
    // The lock holds a commit now.
    rmSync(installed(''), { recursive: true })
    expect((await deps()).exitCode).toBe(0)
    expect(readdirSync(installed('far'))).toEqual(['dbt_project.yml', 'macros', 'sub'])
  })
  test('no revision, address or subdirectory is taken for an option or leads out', async () => {
    packageIn('repo', 'far')
    const address = repository('repo')
    const mark = join(folder, 'mark')
    expect(await refused(`packages: [{git: "${address}", revision: nope}]`)).toContain(
      `Error checking out spec='nope' for repo ${address}\n`,
    )
    for (const revision of [`--upload-pack=touch ${mark}`, `main:refs/heads/x`, '-x'])
      expect(await refused(`packages: [{git: "${address}", revision: "${revision}"}]`)).toContain(
        'is not the name of a revision',
      )
    expect(
      await refused(`packages: [{git: "--upload-pack=touch ${mark}", revision: main}]`),
    ).toContain('Error checking out spec')
    expect(await refused(`packages: [{git: "ext::touch ${mark}", revision: main}]`)).toContain(
      'Error checking out spec',
    )
    expect(existsSync(mark)).toBe(false)
    expect(await refused(`packages: [{git: "${address}", subdirectory: ../..}]`)).toContain(
      'leads out of',
    )
  })
  test('links that lead out', async () => {
    packageIn('repo', 'far')
    symlinkSync('/etc', join(folder, 'repo', 'etc'))
    expect(await refused(`packages: [{git: "${repository('repo')}"}]`)).toContain(
      'etc is a link that leads out of the package',
    )
  })
  test('two revisions', async () => {
    expect(await refused('packages: [{git: x, revision: a}, {git: x.git, revision: b}]')).toContain(
      "git dependencies should contain exactly one version. x contains: {'a', 'b'}",
    )
  })
})

describe('hub packages', () => {
  test('ranges, what packages need, upgrades', async () => {
    await onHub('org/utils', {
      '1.0.0': {},
      '1.2.0': {},
      '1.3.0-rc1': {},
      '2.0.0': {},
      '9.0.0': { dbt: '>=3.0.0' },
    })
    await onHub('org/tests', {
      '0.1.0': { needs: [{ package: 'org/utils', version: ['>=1.1.0', '<3.0.0'] }] },
    })
    const packages =
      'packages:\n  - {package: org/tests, version: 0.1.0}\n  - {package: org/utils, version: ["<2.0.0"]}\n'
    project.write({ 'packages.yml': packages })
    const outcome = await deps()
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' })
    expect(lines(outcome).slice(1, -1)).toEqual([
      `Updating lock file in file path: ${project.directory}/package-lock.yml`,
      'Installing org/tests',
      'Installed from version 0.1.0',
      'Up to date!',
      'Installing org/utils',
      'Installed from version 1.2.0',
      'Updated version available: 2.0.0',
      '',
      "Updates available for packages: ['org/utils']                 ",
      'Update your versions in packages.yml, then run dbt deps',
    ])
    expect(readFileSync(installed('utils/version.txt'), 'utf8')).toBe('1.2.0')
    // A new version counts with --upgrade only.
    await onHub('org/utils', { '1.2.0': {}, '1.4.0': {} })
    expect((await deps()).stdout).toContain('Installed from version 1.2.0')
    expect((await deps('--upgrade', '--lock')).stdout).not.toContain('Installing')
    expect(readFileSync(installed('utils/version.txt'), 'utf8')).toBe('1.2.0')
    expect((await deps()).stdout).toContain('Installed from version 1.4.0')
  })
  test('pre-releases', async () => {
    await onHub('org/utils', { '1.0.0': {}, '1.1.0-b1': {} })
    project.write({ 'packages.yml': 'packages: [{package: org/utils, version: ">=1.0.0"}]' })
    expect((await deps()).stdout).toContain('Installed from version 1.0.0')
    project.write({
      'packages.yml':
        'packages: [{package: org/utils, version: ">=1.0.0", install_prerelease: true}]',
    })
    expect((await deps()).stdout).toContain('Installed from version 1.1.0-b1')
  })
  test('what cannot be', async () => {
    await onHub('org/utils', { '1.0.0': {}, '9.0.0': { dbt: '>=3.0.0' } })
    expect(await refused('packages: [{package: org/utilz, version: 1.0.0}]')).toMatch(
      /^Dependency Error\n {2}Package org\/utilz was not found in the package index\n/,
    )
    expect(await refused('packages: [{package: org/utils, version: ">=2.0.0"}]')).toContain(
      "Could not find a matching compatible version for package org/utils\n    Requested range: >=2.0.0\n    Compatible versions: ['1.0.0']",
    )
    expect(
      await refused(
        'packages: [{package: org/utils, version: 1.0.0}, {package: org/utils, version: 1.1.0}]',
      ),
    ).toContain(
      "Version error for package org/utils: Could not find a satisfactory version from options: ['=1.0.0', '=1.1.0']",
    )
    expect(await refused('packages: [{package: org/utils, version: "latest"}]')).toContain(
      '"latest" is not a valid semantic version.',
    )
  })
  test('without a network the old packages stay', async () => {
    await onHub('org/utils', { '1.0.0': {} })
    project.write({ 'packages.yml': 'packages: [{package: org/utils, version: 1.0.0}]' })
    expect((await deps()).exitCode).toBe(0)
    answers.delete('/utils-1.0.0.tgz')
    const { exitCode, stdout } = await deps()
    expect(exitCode).toBe(2)
    expect(stdout).toContain('External connection exception occurred: GET http://127.0.0.1')
    expect(existsSync(installed('utils/version.txt'))).toBe(true)
    expect(readdirSync(project.directory).filter(name => name.startsWith('.dbt_packages'))).toEqual(
      [],
    )
  })
  test('--add-package', async () => {
    await onHub('org/utils', { '1.0.0': {} })
    expect(await deps('--add-package', 'org/utils@1.0.0')).toMatchObject({ exitCode: 0 })
    expect(project.read('packages.yml')).toBe(
      'packages:\n  - package: org/utils\n    version: 1.0.0\n',
    )
    expect(existsSync(installed('utils/version.txt'))).toBe(true)
    const refusal = await deps('--add-package', 'org/utils')
    expect(refusal.exitCode).toBe(2)
    expect(refusal.stderr).toContain('Version is required in --add-package')
    packageIn('near', 'near')
    const outcome = await deps('--add-package', `${folder}/near`, '--source', 'local')
    expect(outcome.exitCode).toBe(0)
    expect(existsSync(installed('near'))).toBe(true)
  })
})

describe('tarball packages', () => {
  const tarball = (): string => `packages: [{tarball: "${url}p.tgz", name: p}]`
  test('take the name given', async () => {
    packageIn('thing-1.0', 'thing')
    answers.set('/p.tgz', await archive('thing-1.0'))
    project.write({ 'packages.yml': tarball() })
    const outcome = await deps()
    expect(outcome.exitCode).toBe(0)
    expect(outcome.stdout).toContain(`Installing p\n`)
    expect(outcome.stdout).toContain(`Installed from tarball (url: ${url}p.tgz)`)
    expect(existsSync(installed('p/dbt_project.yml'))).toBe(true)
  })
  test('entries and links that lead out, and what is no archive', async () => {
    packageIn('thing', 'thing')
    symlinkSync('../../../etc/passwd', join(folder, 'thing', 'out'))
    answers.set('/p.tgz', await archive('thing'))
    expect(await refused(tarball())).toContain('thing/out leads out of the package')
    const file = join(folder, 'evil.tgz')
    write({ 'evil.txt': 'x', 'in/a.txt': '' })
    await create({ gzip: true, file, cwd: join(folder, 'in'), preservePaths: true }, [
      '../evil.txt',
    ])
    answers.set('/p.tgz', readFileSync(file))
    expect(await refused(tarball())).toContain('../evil.txt leads out of the package')
    answers.set('/p.tgz', 'nonsense')
    expect(await refused(tarball())).toContain('cannot be unpacked')
    answers.delete('/p.tgz')
    expect(await refused(tarball())).toContain('404')
  })
})

test('no packages', async () => {
  const { exitCode, stdout } = await deps()
  expect(exitCode).toBe(0)
  expect(stdout).toContain('Warning: No packages were found in packages.yml')
})
