// Prints cpu seconds and peak memory of parsing a synthetic project: from nothing, unchanged, with
// one model edited, and of `ls`. Ratios to an empty node process compare machines.
// node bench/parse.mjs [models=1000] [runs=3] [navo=bin/navo.js]
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { writeProject } from './synthetic-project.mjs'

const [models = '1000', runs = '3', navo = 'bin/navo.js'] = process.argv.slice(2)

// Told on a pipe of its own, when the process ends.
const report = `import { writeSync } from 'node:fs'
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  writeSync(3, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 }))
})`
const preload = `data:text/javascript,${encodeURIComponent(report)}`

const measure = (argv, cwd) => {
  const { status, output, stderr } = spawnSync(process.execPath, ['--import', preload, ...argv], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}: ${stderr}`)
  return JSON.parse(String(output[3]))
}

const median = numbers => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

const folder = mkdtempSync(join(tmpdir(), 'navo-bench-'))
try {
  writeProject(folder, Number(models))
  const empty = median(Array.from({ length: 5 }, () => measure(['-e', '0'], folder).cpu))
  const show = (name, prepare, ...command) => {
    const found = Array.from({ length: Number(runs) }, () => {
      prepare()
      return measure([resolve(navo), ...command], folder)
    })
    const cpu = median(found.map(run => run.cpu))
    const memory = Math.max(...found.map(run => run.memory))
    const ratio = (cpu / empty).toFixed(1)
    console.log(
      `${name.padEnd(18)}${cpu.toFixed(2).padStart(7)} s cpu  ${memory.toFixed(0).padStart(5)} MiB  ${ratio.padStart(6)} × an empty node`,
    )
  }
  console.log(`${models} models, empty node ${empty.toFixed(3)} s`)
  const nothing = () => undefined
  show(
    'parse, cold',
    () => rmSync(join(folder, 'target'), { recursive: true, force: true }),
    'parse',
  )
  show('parse, unchanged', nothing, 'parse')
  show('ls, warm', nothing, 'ls')
  const edited = join(folder, 'models', 'level_3', `model_${Math.ceil(Number(models) / 8) * 3}.sql`)
  show('parse, one edited', () => appendFileSync(edited, '-- edited\n'), 'parse')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
