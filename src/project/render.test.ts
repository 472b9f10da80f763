import { describe, expect, test } from 'vitest'
import { CompilationError, ParsingError } from '../core/errors.ts'
import { PyDict, PyFloat } from '../jinja/python/values.ts'
import { renderTree } from './render.ts'
import { readYaml } from './yaml.ts'
import { YamlDate, YamlFloat, type YamlPath } from './yaml-value.ts'

const source = readYaml('a: "{{ x }}"\nb: [1, "{% y %}"]\nd: 2024-01-01\n', 'f.yml')
const options = { source, render: (text: string) => `<${text}>`, at: [] }

describe('renderTree', () => {
  test('renders what can hold Jinja, and turns dates into text', () => {
    expect(renderTree(source.value, options)).toEqual({
      a: '<{{ x }}>',
      b: [1, '<{% y %}>'],
      d: '2024-01-01',
    })
  })
  test('leaves alone what is not due', () => {
    const due = (path: YamlPath) => path[0] === 'b'
    expect(renderTree(source.value, { ...options, due })).toEqual({
      a: '{{ x }}',
      b: [1, '<{% y %}>'],
      d: new YamlDate('date', '2024-01-01'),
    })
  })
  test('gives back the same object when there is nothing to do', () => {
    const value = { a: ['x', { b: '{ }' }] }
    expect(renderTree(value, options)).toBe(value)
  })
  test('values of Python become values of YAML', () => {
    const render = () => new PyDict([['a', [new PyFloat(1), null, true, 2]]])
    expect(renderTree('{{ x }}', { ...options, render })).toEqual({
      a: [new YamlFloat(1), null, true, 2],
    })
  })
  test('errors say what could not be rendered, and where', () => {
    const failing = (error: Error) => () =>
      renderTree(source.value, {
        ...options,
        render: () => {
          throw error
        },
      })
    expect(failing(new Error('no'))).toThrow(CompilationError)
    expect(failing(new Error('no'))).toThrow('Could not render {{ x }}: no')
    expect(failing(new Error('no'))).toThrow(
      expect.objectContaining({ at: { file: 'f.yml', line: 1, column: 1, endColumn: 2 } }),
    )
    expect(failing(new ParsingError("Env var required but not provided: 'X'"))).toThrow(
      expect.objectContaining({ kind: 'Parsing Error', at: expect.anything() }),
    )
  })
})
