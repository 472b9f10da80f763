import { expect, test } from 'vitest'
import { packageEntries } from '../project/packages-file.ts'
import { readYaml } from '../project/yaml.ts'
import { lockText, packagesHash } from './lock-file.ts'

test('the fingerprint is the one dbt 1.12 gives', () => {
  const text = `packages:
- {package: dbt-labs/dbt_utils, version: 1.3.0}
- {package: a/b, version: ['>=1.0.0', '<2.0.0'], install_prerelease: true}
- {package: a/b, version: 1.0, install_prerelease: true}
- {local: ../}
- {git: x, revision: é, warn-unpinned: false}
- {git: x, revision: 1.0, subdirectory: d, name: n}
- {tarball: u, name: n}
- {local: x, name: y}
- {git: g, revision: null}
`
  expect(packagesHash(packageEntries(readYaml(text, 'packages.yml'), undefined))).toBe(
    'c4b3faff4c83cb94c056fa0f2c77f015312433ca',
  )
})

test('the text is the one dbt writes', () => {
  const git = {
    kind: 'git',
    url: 'https://token@h/r',
    written: "https://{{env_var('DBT_ENV_SECRET_T')}}@h/r",
    revision: 'abc',
    subdirectory: 'd',
    warnUnpinned: true,
  } as const
  const hub = { kind: 'hub', package: 'a/b', version: '1.0.0', latest: '2.0.0' } as const
  const packages = [
    { name: 'r', pinned: git, packages: [] },
    { name: 'b', pinned: hub, packages: [] },
  ]
  expect(lockText(packages, 'f00', text => text)).toBe(
    `packages:
  - git: https://{{env_var('DBT_ENV_SECRET_T')}}@h/r
    name: r
    revision: abc
    subdirectory: d
  - name: b
    package: a/b
    version: 1.0.0
sha1_hash: f00
`,
  )
})
