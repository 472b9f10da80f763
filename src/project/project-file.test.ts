import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../tests/helpers/memory-files.ts'
import { ErrorList } from '../core/errors.ts'
import { findProjectDirectory, readProject, readRawProject } from './project-file.ts'
import { readVarsFile } from './vars-file.ts'

const render = (text: string) => text.replaceAll('{{ target.name }}', 'dev')

const read = (text: string, more: Readonly<Record<string, string>> = {}, versionCheck = true) => {
  const fs = memoryFiles({ '/p/dbt_project.yml': text, ...more })
  return readProject(readRawProject(fs, '/p'), {
    render,
    versionCheck,
    varsFile: readVarsFile(fs, '/p'),
  })
}

const problems = (text: string, more: Readonly<Record<string, string>> = {}) => {
  try {
    read(text, more)
  } catch (error) {
    if (error instanceof ErrorList)
      return error.errors.map(({ message, at }) => ({
        message: message.split('\n\nError encountered')[0],
        at,
      }))
    throw error
  }
  return []
}

describe('defaults', () => {
  test('of a file that says nothing but its name', () => {
    expect(read('name: shop').config).toEqual({
      name: 'shop',
      version: null,
      root: '/p',
      fileName: 'dbt_project.yml',
      profile: null,
      modelPaths: ['models'],
      seedPaths: ['seeds'],
      testPaths: ['tests'],
      analysisPaths: ['analyses'],
      macroPaths: ['macros'],
      snapshotPaths: ['snapshots'],
      functionPaths: ['functions'],
      docsPaths: ['models', 'seeds', 'snapshots', 'analyses', 'macros', 'tests', 'functions'],
      assetPaths: [],
      targetPath: 'target',
      logPath: 'logs',
      cleanTargets: ['target'],
      packagesInstallPath: 'dbt_packages',
      quoting: {},
      onRunStart: [],
      onRunEnd: [],
      dispatch: [],
      queryComment: { comment: null, append: null, jobLabel: false },
      requireDbtVersion: ['>=0.0.0'],
      restrictAccess: false,
      flags: {},
      vars: {},
      varsFromFile: false,
      configs: expect.objectContaining({ models: {}, data_tests: {} }),
      unrenderedConfigs: expect.objectContaining({ models: {} }),
    })
  })
})

describe('what a file says', () => {
  const { config, warnings } = read(`
name: shop
version: 1.0
config-version: 2
model-paths: [models, more]
docs-paths: [docs]
target-path: out
clean-targets: [out, x]
quoting: {identifier: true, schema: null}
on-run-start: "{{ target.name }}"
on-run-end: ["a", "b"]
dispatch: [{macro_namespace: util, search_order: [shop, util]}]
query-comment: {comment: "{{ target.name }}", append: true}
require-dbt-version: ">=1.0.0,<2.0.0"
vars: {a: "{{ target.name }}"}
models:
  +schema: "{{ target.name }}"
  +pre-hook: "{{ target.name }}"
tests: {+severity: warn}
flags: {fail_fast: true}
`)
  test('is typed, and rendered where dbt renders it', () => {
    expect(config).toMatchObject({
      version: '1.0',
      modelPaths: ['models', 'more'],
      docsPaths: ['docs'],
      cleanTargets: ['out', 'x'],
      quoting: { identifier: true },
      onRunStart: ['{{ target.name }}'],
      onRunEnd: ['a', 'b'],
      dispatch: [{ macro_namespace: 'util', search_order: ['shop', 'util'] }],
      queryComment: { comment: '{{ target.name }}', append: true, jobLabel: false },
      requireDbtVersion: ['>=1.0.0', '<2.0.0'],
      vars: { a: '{{ target.name }}' },
      flags: { fail_fast: true },
    })
    expect(config.quoting).toEqual({ identifier: true })
    expect(config.configs.models).toEqual({ '+schema': 'dev', '+pre-hook': '{{ target.name }}' })
    expect(config.unrenderedConfigs.models).toMatchObject({ '+schema': '{{ target.name }}' })
    expect(config.configs.data_tests).toEqual({ '+severity': 'warn' })
    expect(warnings).toEqual([])
  })
  test.each([
    ['query-comment:', ''],
    ['query-comment: ""', ''],
    ['query-comment: hello', 'hello'],
  ])('%s', (line, comment) => {
    expect(read(`name: shop\n${line}`).config.queryComment.comment).toBe(comment)
  })
  test('vars.yml instead of vars:', () => {
    const more = { '/p/vars.yml': 'vars: {a: 1}' }
    expect(read('name: shop', more).config).toMatchObject({ vars: { a: 1 }, varsFromFile: true })
    expect(problems('name: shop\nvars: {b: 1}', more)[0]?.message).toBe(
      'Variables cannot be defined in both vars.yml and dbt_project.yml. ',
    )
  })
})

describe('mistakes', () => {
  test('all are told together, each with its place', () => {
    expect(
      problems('name: a-b\nmodels: []\nmodel-paths: models\nversion: x\nrestrict-access: "no"'),
    ).toEqual([
      {
        message: "at path ['name']: 'a-b' does not match '^[^\\\\d\\\\W]\\\\w*$'",
        at: expect.objectContaining({ line: 1 }),
      },
      {
        message: "at path ['version']: 'x' is not valid under any of the given schemas",
        at: expect.objectContaining({ line: 4 }),
      },
      {
        message: "at path ['model-paths']: 'models' is not valid under any of the given schemas",
        at: expect.objectContaining({ line: 3 }),
      },
      {
        message: "at path ['models']: [] is not of type 'object'",
        at: expect.objectContaining({ line: 2 }),
      },
      {
        message: "at path ['restrict-access']: 'no' is not of type 'boolean'",
        at: expect.objectContaining({ line: 5 }),
      },
    ])
  })
  test.each([
    ['version: 1.0.0', "at path []: 'name' is a required property"],
    ['name: ref', 'at path []: Invalid project name: ref is a reserved word'],
    ['name: a\ndispatch: [{a: 1}]', "at path []: Invalid project dispatch config: {'a': 1}"],
    [
      'name: a\ntests: {a: 1}\ndata_tests: {b: 1}',
      "at path []: Invalid project config: cannot have both 'tests' and 'data_tests' defined",
    ],
    [
      'name: a\nquery-comment: 5',
      "at path ['query-comment']: 5 is not valid under any of the given schemas",
    ],
    ['name: a\nrequire-dbt-version: foo', '"foo" is not a valid semantic version.'],
    [
      'name: a\nrequire-dbt-version: ">=2.0.0"',
      "This version of dbt is not supported with the 'a' package.\n  Installed version of dbt: =1.12.6\n  Required version of dbt for 'a': ['>=2.0.0']",
    ],
    [
      'name: a\nrequire-dbt-version: [">2.0.0", "<1.0.0"]',
      "The package version requirement can never be satisfied for the 'a\npackage.\n  Required versions of dbt for 'a': ['>2.0.0', '<1.0.0']",
    ],
  ])('%s', (text, message) => {
    expect(problems(text).map(problem => problem.message)).toEqual([
      expect.stringContaining(message),
    ])
  })
  test('--no-version-check', () => {
    expect(read('name: a\nrequire-dbt-version: ">=2.0.0"', {}, false).config.name).toBe('a')
  })
  test('unknown keys warn with the nearest known one; repeated keys warn too', () => {
    const { warnings } = read('name: a\nmodel_path: [x]\nvars: {}\nvars: {}')
    expect(warnings.map(({ message, hint, at }) => [message, hint, at?.line])).toEqual([
      ["Unknown key 'model_path' in dbt_project.yml", "did you mean 'model-paths'?", 2],
      ["Duplicate key 'vars' in dbt_project.yml; the last one counts", undefined, 4],
    ])
  })
  test('no project file, no dictionary, no YAML', () => {
    expect(() => readRawProject(memoryFiles({}), '/p')).toThrow(
      'No dbt_project.yml found at expected path /p/dbt_project.yml',
    )
    expect(() => read('- a')).toThrow('dbt_project.yml does not parse to a dictionary')
    expect(() => read('models: {{ x }}')).toThrow('Syntax error near line 1')
  })
})

test('navo_project.yml is the same; the nearest folder upwards counts', () => {
  const fs = memoryFiles({ '/a/navo_project.yml': 'name: x', '/a/b/c/file': '' })
  expect(readRawProject(fs, '/a')).toMatchObject({
    fileName: 'navo_project.yml',
    name: 'x',
    hasProfileKey: false,
  })
  expect(findProjectDirectory(fs, '/a/b/c')).toBe('/a')
  expect(findProjectDirectory(fs, '/elsewhere')).toBeUndefined()
})
