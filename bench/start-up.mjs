// How long navo takes before it does anything: `--version` and `--help` beside an empty node process.
import { measure, navo, show } from './measure.mjs'

const node = measure('node', ['-e', '0'], { runs: 11 })
const version = measure('node', [navo, '--version'], { runs: 11 })
const help = measure('node', [navo, '--help'], { runs: 11 })
show('node -e 0', node)
show('navo --version', version)
show('navo --help', help)
console.log(
  `--version takes ${((version.wall - node.wall) * 1000).toFixed(0)} ms more than an empty process`,
)
