import { main } from '../cli/main.ts'
import type { Emit } from '../core/events.ts'

export interface InvokeOptions {
  /** Where navo is called; the process's own folder by default. */
  readonly cwd?: string
  /** The process's own environment by default. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Gets what would go to standard output and standard error; nothing is printed by default. */
  readonly stdout?: (text: string) => void
  readonly stderr?: (text: string) => void
  /** Sees everything that happens, results among it. */
  readonly onEvent?: Emit
  /** Aborting it is Ctrl-C: queries are cancelled, results written. */
  readonly signal?: AbortSignal
}

/**
 * Runs a command line in this process: `await invoke(['build', '--select', 'orders'])`.
 * @returns the exit code: 0 done, 1 something failed, 2 could not run
 */
export const invoke = (
  argv: readonly string[],
  options: InvokeOptions = {},
): Promise<0 | 1 | 2> => {
  const silent = (): void => undefined
  return main({
    argv,
    env: options.env ?? process.env,
    workingDirectory: options.cwd ?? process.cwd(),
    stdout: { write: options.stdout ?? silent },
    stderr: { write: options.stderr ?? silent },
    interactive: false,
    processId: process.pid,
    signal: options.signal ?? new AbortController().signal,
    ...(options.onEvent ? { onEvent: options.onEvent } : {}),
  })
}
