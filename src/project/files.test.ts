import { describe, expect, test } from 'vitest'
import { memoryFiles } from '../../tests/helpers/memory-files.ts'
import { readPackagesFile } from './packages-file.ts'
import { readSelectorsFile } from './selectors-file.ts'
import { readVarsFile } from './vars-file.ts'

const render = (text: string) => text.replaceAll('{{ x }}', 'X')
const files = (given: Readonly<Record<string, string>>) =>
  memoryFiles(Object.fromEntries(Object.entries(given).map(([name, text]) => [`/p/${name}`, text])))

describe('selectors.yml', () => {
  const read = (text: string) => readSelectorsFile(files({ 'selectors.yml': text }), '/p', render)
  test('definitions, rendered', () => {
    expect(
      read(
        'selectors:\n  - {name: a, definition: "tag:{{ x }}", default: true}\n  - {name: b, description: d, definition: {union: [a]}}',
      ),
    ).toEqual([
      { name: 'a', description: '', default: true, definition: 'tag:X' },
      { name: 'b', description: 'd', default: false, definition: { union: ['a'] } },
    ])
    expect(readSelectorsFile(files({}), '/p', render)).toEqual([])
  })
  test.each([
    'selectors: {}',
    'a: 1',
    'selectors: [{name: a}]',
    'selectors: [{name: a, definition: [x]}]',
  ])('%s', text => {
    expect(() => read(text)).toThrow('Could not parse selector file data')
  })
})

describe('packages.yml', () => {
  const read = (given: Readonly<Record<string, string>>) =>
    readPackagesFile(files(given), '/p', { render, env: {} })
  test('every kind', () => {
    expect(
      read({
        'packages.yml':
          'packages:\n  - local: "{{ x }}"\n  - {git: u, revision: 1.0, subdirectory: s, warn-unpinned: false}\n  - {package: a/b, version: [">=1.0.0", 2.0]}\n  - {package: a/c, version: 1.2.3}\n  - {tarball: t, name: n}\n',
      }),
    ).toMatchObject({
      fileName: 'packages.yml',
      packages: [
        { kind: 'local', path: 'X', name: null },
        { kind: 'git', url: 'u', revision: '1.0', subdirectory: 's', warnUnpinned: false },
        { kind: 'hub', package: 'a/b', versions: ['>=1.0.0', '2.0'], installPrerelease: false },
        { kind: 'hub', package: 'a/c', versions: ['1.2.3'] },
        { kind: 'tarball', url: 't', name: 'n' },
      ].map(spec => ({ spec })),
    })
  })
  test('dependencies.yml is not rendered', () => {
    expect(read({ 'dependencies.yml': 'packages: [{local: "{{ x }}"}]' })).toMatchObject({
      fileName: 'dependencies.yml',
      packages: [{ spec: { path: '{{ x }}' }, written: { local: '{{ x }}' } }],
    })
    expect(read({})).toEqual({ fileName: null, packages: [] })
  })
  test.each([
    [
      { 'packages.yml': 'packages: [{local: ""}]' },
      'A local package is missing the value. It is a required property.',
    ],
    [{ 'packages.yml': 'packages: [{package: a/b}]' }, 'a/b is missing the version.'],
    [
      { 'packages.yml': 'packages: [{package: a, version: 1.0.0}]' },
      'a was not found in the package index.',
    ],
    [
      { 'packages.yml': 'packages: [{nope: a}]' },
      "{'nope': 'a'} is not valid under any of the given schemas",
    ],
    [{ 'packages.yml': 'projects: []' }, "The 'projects' key cannot be specified in packages.yml"],
    [
      { 'packages.yml': 'packages: [{local: a}]', 'dependencies.yml': 'packages: [{local: b}]' },
      "The 'packages' key cannot be specified in both",
    ],
  ])('%j', (given, message) => {
    expect(() => read(given)).toThrow(message)
  })
})

test('vars.yml', () => {
  expect(readVarsFile(files({ 'vars.yml': 'vars: {a: "{{ x }}"}' }), '/p')).toEqual({
    a: '{{ x }}',
  })
  expect(readVarsFile(files({ 'vars.yml': 'vars:' }), '/p')).toBeUndefined()
  expect(readVarsFile(files({}), '/p')).toBeUndefined()
  expect(() => readVarsFile(files({ 'vars.yml': 'vars: [a]' }), '/p')).toThrow("The 'vars' key")
})
