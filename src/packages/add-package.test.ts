import { describe, expect, test } from 'vitest'
import { addPackage } from './add-package.ts'

const hub = (name: string, version: string) => ({ name, version, source: 'hub' }) as const

describe('addPackage', () => {
  test('makes the file', () => {
    expect(addPackage(undefined, hub('a/b', '1.0.0')).text).toBe(
      'packages:\n  - package: a/b\n    version: 1.0.0\n',
    )
    expect(addPackage('packages: []\n', hub('a/b', '>=1.0.0,<2.0.0')).text).toBe(
      'packages:\n  - package: a/b\n    version:\n      - ">=1.0.0"\n      - <2.0.0\n',
    )
  })
  test('keeps comments and other entries', () => {
    const text = '# ours\npackages:\n  - local: ../x # near\n'
    const added = { name: 'https://h/r.git', version: 'v1', source: 'git' } as const
    expect(addPackage(text, added).text).toBe(
      '# ours\npackages:\n  - local: ../x # near\n  - git: https://h/r.git\n    revision: v1\n',
    )
    expect(addPackage(text, { name: '../y', version: null, source: 'local' }).text).toBe(
      '# ours\npackages:\n  - local: ../x # near\n  - local: ../y\n',
    )
  })
  test('an entry for the same package goes', () => {
    const text =
      'packages:\n  - git: https://h/dbt-utils.git\n    revision: x\n    warn-unpinned: false\n  - package: x/dbt_utils_more\n    version: 1.0.0\n'
    const { text: after, removed } = addPackage(text, hub('dbt-labs/dbt_utils', '1.3.0'))
    expect(after).toBe(
      'packages:\n  - package: x/dbt_utils_more\n    version: 1.0.0\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n',
    )
    expect(removed).toEqual(["{'git': 'https://h/dbt-utils.git', 'revision': 'x'}"])
  })
  test('a file that is no map', () => {
    expect(() => addPackage('- a', hub('a/b', '1.0.0'))).toThrow('cannot be understood')
  })
})
