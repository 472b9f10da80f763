import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

const sources = (): string =>
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map(path => readFileSync(join(root, 'src', path), 'utf8'))
    .join('\n')

it('docs/errors.md lists every code of an error', () => {
  const documented = readFileSync(join(root, 'docs/errors.md'), 'utf8')
  const used = new Set(
    [...sources().matchAll(/\bcode: '([a-z][a-z0-9-]+)'/g)].map(match => match[1]!),
  )
  expect(used.size).toBeGreaterThan(50)
  expect([...used].filter(code => !documented.includes(`\`${code}\``)).sort()).toEqual([])
})
