// npm forgets in package-lock.json the optional packages of platforms other than the one it runs on
// (https://github.com/npm/cli/issues/4828); `npm ci` then refuses the lock elsewhere. This puts them
// back: run it after `npm install`. With --check it only says whether something is missing.
import { readFileSync, writeFileSync } from 'node:fs'

const path = 'package-lock.json'
const lock = JSON.parse(readFileSync(path, 'utf8'))

const systems = {
  darwin: 'darwin',
  linux: 'linux',
  win32: 'win32',
  windows: 'win32',
  android: 'android',
  freebsd: 'freebsd',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  aix: 'aix',
}
const processors = {
  x64: 'x64',
  arm64: 'arm64',
  arm: 'arm',
  ia32: 'ia32',
  ppc64: 'ppc64',
  s390x: 's390x',
  riscv64: 'riscv64',
  loong64: 'loong64',
  mips64el: 'mips64el',
  wasm32: 'wasm32',
}

/** What a package's name says of where it runs: `@x/y-linux-arm64-musl`. */
const platformOf = name => {
  const words = name.split('/').at(-1).split(/[-.]/)
  const os = words.map(word => systems[word]).find(Boolean)
  const cpu = words
    .map(word => processors[word] ?? (word.startsWith('arm') ? 'arm' : undefined))
    .find(Boolean)
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined
  return {
    ...(os ? { os: [os] } : {}),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc ? { libc: [libc] } : {}),
  }
}

const missing = {}
for (const [place, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${place}/node_modules/${name}`
    const top = `node_modules/${name}`
    if (lock.packages[nested] || lock.packages[top] || !/^\d/.test(version)) continue
    const { os, cpu, libc } = platformOf(name)
    if (!os && !cpu) continue
    missing[top] = {
      version,
      ...(cpu ? { cpu } : {}),
      ...(entry.dev ? { dev: true } : {}),
      ...(libc ? { libc } : {}),
      optional: true,
      ...(os ? { os } : {}),
    }
  }
}

const names = Object.keys(missing)
if (names.length === 0) {
  console.log('package-lock.json has the packages of all platforms')
} else if (process.argv.includes('--check')) {
  console.error(
    `package-lock.json lacks ${names.length} packages of other platforms: run node scripts/complete-lock.mjs`,
  )
  process.exit(1)
} else {
  const packages = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  lock.packages = Object.fromEntries(packages)
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`package-lock.json: ${names.length} packages of other platforms added`)
}
