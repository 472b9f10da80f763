import { setMaxListeners } from 'node:events'
import { version } from './version.ts'

/*
 * The process around `main`: signals, streams that close early, and the exit code. The version is
 * answered before anything else is loaded.
 */
const abort = new AbortController()
// Every query in flight listens; that many are no leak.
setMaxListeners(0, abort.signal)

/** A first Ctrl-C asks the run to stop (queries are cancelled, results written); a second ends it. */
const interrupt = (): void => {
  if (abort.signal.aborted) process.exit(130)
  abort.abort()
}

/** Exits with 2: Node's own 1 would look like a failed node. */
const bug = (error: unknown): never => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${text}\nThis is a bug in navo. Please report it with the lines above.\n`)
  process.exit(2)
}

const run = async (argv: readonly string[]): Promise<number> => {
  const { main } = await import('./main.ts')
  return main({
    argv,
    env: process.env,
    workingDirectory: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
    processId: process.pid,
    signal: abort.signal,
  })
}

const argv = process.argv.slice(2)
if (argv.length === 1 && ['--version', '-V', '-v'].includes(argv[0] ?? '')) {
  process.stdout.write(`navo ${version}\n`)
} else {
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  process.on('uncaughtException', bug)
  process.on('unhandledRejection', bug)
  // `navo ls | head`: nobody reads on, which is no error.
  process.stdout.on('error', error => {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(0)
    throw error
  })
  const code = await run(argv)
  // Written out before the end: a native module could hold the process open.
  process.stdout.write('', () => process.exit(code))
}
