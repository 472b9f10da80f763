import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const navo = fileURLToPath(new URL('../bin/navo.js', import.meta.url))

/**
 * Runs a program as a whole process and gives what the operating system says of it: cpu and wall
 * seconds, peak memory in MiB. The middle of several runs, because machines are noisy.
 */
export const measure = (command, args, { cwd, runs = 5, before } = {}) => {
  const results = Array.from({ length: runs }, () => {
    before?.()
    const began = process.hrtime.bigint()
    const child = spawnSync('/usr/bin/time', ['-f', '@@%U %S %M', command, ...args], {
      cwd,
      encoding: 'utf8',
    })
    const wall = Number(process.hrtime.bigint() - began) / 1e9
    const [, user, system, kilobytes] = /@@([\d.]+) ([\d.]+) (\d+)/.exec(child.stderr) ?? []
    if (user === undefined)
      throw new Error(`cannot measure ${command}: is GNU time at /usr/bin/time? ${child.stderr}`)
    if (child.status !== 0)
      throw new Error(`${command} ${args.join(' ')} failed:\n${child.stdout}${child.stderr}`)
    return { cpu: Number(user) + Number(system), wall, memory: Number(kilobytes) / 1024 }
  })
  const middle = key =>
    results.map(result => result[key]).sort((a, b) => a - b)[Math.floor(runs / 2)]
  return { cpu: middle('cpu'), wall: middle('wall'), memory: middle('memory') }
}

export const show = (name, { cpu, wall, memory }) =>
  console.log(
    `${name.padEnd(44)} ${cpu.toFixed(3)} s cpu  ${wall.toFixed(3)} s  ${memory.toFixed(0)} MiB`,
  )
