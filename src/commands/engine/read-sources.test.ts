import { expect, test } from 'vitest'
import type { ProjectConfig } from '../../project/project-config.ts'
import type { YamlMap } from '../../project/yaml-value.ts'
import { packageVars } from './read-sources.ts'

const project = (name: string, vars: YamlMap) => ({ name, vars }) as unknown as ProjectConfig

const root = project('shop', {
  everywhere: 'root',
  scoped: 'root',
  shop: { scoped: 'root for itself' },
  tools: { scoped: 'root for tools' },
})
const tools = project('tools', {
  everywhere: 'tools',
  own: 'tools',
  scoped: 'tools',
  tools: { own: 'tools for itself' },
  shop: { own: 'never' },
})
const other = project('other', { own: 'other' })

test('the root’s variables win over a package’s own, scoped ones over global ones', () => {
  const vars = packageVars({}, root, [tools, other])
  expect(vars('shop').get('scoped')).toBe('root for itself')
  expect(vars('shop').get('own')).toBeUndefined()
  expect(vars('tools').get('scoped')).toBe('root for tools')
  expect(vars('tools').get('everywhere')).toBe('root')
  expect(vars('tools').get('own')).toBe('tools for itself')
  expect(vars('other').get('scoped')).toBe('root')
  expect(vars('other').get('own')).toBe('other')
})

test('--vars win over everything', () => {
  const vars = packageVars({ scoped: 'cli', own: null }, root, [tools])
  expect(vars('shop').get('scoped')).toBe('cli')
  expect(vars('tools').get('scoped')).toBe('cli')
  expect(vars('tools').get('own')).toBeNull()
})
