import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../tests/helpers/memory-files.ts'
import { NavoError } from '../core/errors.ts'
import type { HostFunction } from '../jinja/python/values.ts'
import { chooseProfile, type ProfileOptions } from './profile.ts'
import { readRawProject } from './project-file.ts'
import { secretEnvVar } from './secrets.ts'

const env = { DBT_ENV_SECRET_PW: 's3cret', TARGET: 'prod', HOST: 'h' }
const envVar: HostFunction = secretEnvVar(env)
/** Enough of a renderer: `{{ env_var('X') }}`, possibly in upper case. */
const render = (text: string) => {
  if (text.includes('broken')) throw new Error('broken template')
  return text.replaceAll(/\{\{ env_var\('(\w+)'\)( \| upper)? \}\}/g, (_, name: string, upper) => {
    const value = String(envVar([name], new Map()))
    return upper ? value.toUpperCase() : value
  })
}

const profiles = `
shop:
  target: "{{ env_var('TARGET') }}"
  outputs:
    dev: {type: duckdb, path: dev.duckdb, threads: 3}
    prod: {type: duckdb, path: prod.duckdb, password: "{{ env_var('DBT_ENV_SECRET_PW') }}!"}
    odd: {type: duckdb, password: "{{ broken", path: "{{ env_var('DBT_ENV_SECRET_PW') | upper }}"}
    bad: {type: duckdb, path: "{{ broken }}"}
    text: hello
    typeless: {path: x}
other:
  outputs: {default: {type: duckdb}}
empty:
outputless: {target: dev}
`

const choose = (
  options: ProfileOptions & { project?: string; files?: Readonly<Record<string, string>> } = {},
) => {
  const {
    project = 'name: shop\nprofile: shop\n',
    files = { '/home/.dbt/profiles.yml': profiles },
    ...rest
  } = options
  const fs = memoryFiles({ '/p/dbt_project.yml': project, ...files })
  const raw = readRawProject(fs, '/p')
  return chooseProfile(raw, rest, { fs, cwd: '/p', home: '/home', env, render })
}

describe('where profiles.yml is looked for', () => {
  const beside = { '/p/profiles.yml': 'shop: {outputs: {default: {type: beside}}}' }
  const home = { '/home/.dbt/profiles.yml': 'shop: {outputs: {default: {type: home}}}' }
  const given = { '/q/profiles.yml': 'shop: {outputs: {default: {type: given}}}' }
  test('--profiles-dir, else the working directory, else ~/.dbt', () => {
    expect(choose({ files: home }).type).toBe('home')
    expect(choose({ files: { ...home, ...beside } }).type).toBe('beside')
    expect(choose({ files: { ...home, ...beside, ...given }, profilesDir: '/q' }).type).toBe(
      'given',
    )
  })
  test('a folder that does not exist is a usage error', () => {
    expect(() => choose({ profilesDir: '/nope' })).toThrow(
      "Invalid value for '--profiles-dir': Path '/nope' does not exist.",
    )
    expect(() => choose({ files: {} })).toThrow("Path '/home/.dbt' does not exist.")
  })
})

describe('profile and target', () => {
  test('the profile’s own target, rendered; secrets filled in; one thread unless told', () => {
    expect(choose()).toEqual({
      profileName: 'shop',
      targetName: 'prod',
      type: 'duckdb',
      threads: 1,
      raw: { type: 'duckdb', path: 'prod.duckdb', password: 's3cret!' },
      file: '/home/.dbt/profiles.yml',
      builtInPath: null,
      targetNamed: true,
    })
  })
  test('--target, --threads and --profile', () => {
    expect(choose({ target: 'dev' })).toMatchObject({ targetName: 'dev', threads: 3 })
    expect(choose({ target: 'dev', threads: 8 }).threads).toBe(8)
    expect(choose({ profile: 'other' })).toMatchObject({
      profileName: 'other',
      targetName: 'default',
      targetNamed: false,
    })
  })
  test('a password that only looks like a template is taken as it is', () => {
    expect(choose({ target: 'odd' }).raw.password).toBe('{{ broken')
  })
  test('no filter of a template gets at a secret', () => {
    expect(choose({ target: 'odd' }).raw.path).not.toContain('S3CRET')
  })
  test.each([
    [
      { target: 'pord' },
      "The profile 'shop' does not have a target named 'pord'. The valid target names for this profile are:\n - dev\n - prod\n - odd\n - bad\n - text\n - typeless",
    ],
    [{ profile: 'nope' }, "Could not find profile named 'nope'"],
    [{ profile: 'empty' }, 'Profile empty in profiles.yml is empty'],
    [{ profile: 'outputless' }, "outputs not specified in profile 'outputless'"],
    [{ target: 'text' }, "output 'text' of profile 'shop' is misconfigured in profiles.yml"],
    [{ target: 'typeless' }, 'required field "type" not found in profile shop and target typeless'],
    [{ target: 'bad' }, 'Could not render {{ broken }}: broken template'],
    [
      { project: 'name: shop\nprofile:\n' },
      'dbt cannot run because no profile was specified for this dbt project.',
    ],
  ])('%j', (options, message) => {
    const run = () => choose(options)
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ kind: 'Runtime Error' }))
  })
  test('places and hints', () => {
    expect(() => choose({ target: 'pord' })).toThrow(
      expect.objectContaining({
        hint: "did you mean 'prod'?",
        at: { file: '/home/.dbt/profiles.yml', line: 4, column: 3, endColumn: 10 },
      }),
    )
  })
  test('a broken profiles.yml does not show passwords', () => {
    const broken = 'shop:\n  outputs:\n    dev:\n      password: hunter2\n      path: a: b\n'
    const run = () => choose({ files: { '/home/.dbt/profiles.yml': broken } })
    expect(run).toThrow('dbt encountered an error while trying to read your profiles.yml file.')
    try {
      run()
    } catch (error) {
      expect(error).toBeInstanceOf(NavoError)
      expect((error as NavoError).message).toContain('password: *****')
      expect((error as NavoError).message).not.toContain('hunter2')
    }
  })
  test('an empty profiles.yml', () => {
    expect(() => choose({ files: { '/home/.dbt/profiles.yml': '' } })).toThrow(
      'The profiles.yml file at /home/.dbt/profiles.yml is empty',
    )
  })
})

describe('a project file without a profile: key', () => {
  const project = 'name: shop\n'
  const builtIn = { type: 'duckdb', builtInPath: '/p/navo.duckdb', file: null, targetName: 'dev' }
  test('takes the profile named as the project in a profiles.yml beside it', () => {
    const files = { '/p/profiles.yml': profiles }
    expect(choose({ project, files })).toMatchObject({ targetName: 'prod', builtInPath: null })
    expect(choose({ project, files, target: 'dev' })).toMatchObject({ targetName: 'dev' })
    expect(() => choose({ project, files, target: 'nope' })).toThrow('does not have a target named')
  })
  test('else runs on a built-in target, when neither profile, target nor folder is named', () => {
    expect(choose({ project, files: {} })).toMatchObject(builtIn)
    expect(choose({ project, files: {} }).raw).toEqual({
      type: 'duckdb',
      path: '/p/navo.duckdb',
      schema: 'main',
    })
    // A profiles.yml elsewhere, or one beside it without such a profile, changes nothing.
    expect(choose({ project })).toMatchObject(builtIn)
    expect(
      choose({ project: 'name: lake\n', files: { '/p/profiles.yml': profiles } }),
    ).toMatchObject(builtIn)
    expect(choose({ project, files: {}, threads: 2 }).threads).toBe(2)
  })
  test.each([
    [{ target: 'dev' }, 'dbt cannot run because no profile was specified'],
    [{ profilesDir: '/home/.dbt' }, 'dbt cannot run because no profile was specified'],
    [{ profilesDir: '/wrong' }, "Path '/wrong' does not exist."],
    [{ profile: 'nope' }, "Could not find profile named 'nope'"],
  ])('else fails as in dbt: %j', (options, message) => {
    expect(() => choose({ project, ...options })).toThrow(message)
  })
  test('--profile names one as always', () => {
    expect(choose({ project, profile: 'shop', target: 'dev' })).toMatchObject({ targetName: 'dev' })
  })
})

test('a project that names a profile never runs on the built-in target', () => {
  expect(() => choose({ files: { '/home/.dbt/profiles.yml': 'x: {outputs: {}}' } })).toThrow(
    "Could not find profile named 'shop'",
  )
})
