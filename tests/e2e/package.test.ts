import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'navo-package-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the packed package works with the database driver and nothing else beside it', async () => {
  await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    cwd: root,
  })
  const [tarball = ''] = readdirSync(folder)
  const installed = join(folder, 'node_modules', 'navo')
  mkdirSync(installed, { recursive: true })
  await run('tar', ['-xzf', join(folder, tarball), '-C', installed, '--strip-components=1'])
  expect(readdirSync(installed).sort()).toEqual([
    'LICENSE',
    'README.md',
    'bin',
    'dist',
    'package.json',
  ])
  symlinkSync(join(root, 'node_modules', '@duckdb'), join(folder, 'node_modules', '@duckdb'))

  const navo = (args: readonly string[], cwd: string) =>
    run(process.execPath, [join(installed, 'bin', 'navo.js'), ...args], {
      cwd,
      env: { PATH: process.env.PATH ?? '', HOME: folder },
    })
  await navo(['init', 'shop'], folder)
  const { stdout } = await navo(['build'], join(folder, 'shop'))
  expect(stdout).toContain('Done. PASS=13 WARN=0 ERROR=0 SKIP=0')
  await navo(['docs', 'generate'], join(folder, 'shop'))
  expect(readdirSync(join(folder, 'shop', 'target'))).toContain('index.html')

  const script =
    "import { invoke } from 'navo'; process.exitCode = await invoke(['ls', '-q'], { stdout: t => process.stdout.write(t) })"
  const api = await run(process.execPath, ['--input-type=module', '-e', script], {
    cwd: join(folder, 'shop'),
    env: { PATH: process.env.PATH ?? '', HOME: folder },
  })
  expect(api.stdout).toContain('shop.marts.orders_by_customer\n')
})
