import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline/promises'
import type { AdapterType } from '../adapters/adapter.ts'
import { createEngine } from '../commands/engine/create-engine.ts'
import type { Flags } from '../commands/flags.ts'
import type { Invocation, Services } from '../commands/services.ts'
import { strictWarnings } from '../commands/strict-warnings.ts'
import { nodeFiles } from './node-files.ts'
import type { Sink } from './render/sink.ts'

export interface ComposeOptions {
  readonly flags: Flags
  readonly invocation: Invocation
  readonly signal: AbortSignal
  readonly console: Sink
}

/** The warehouses navo knows. Their modules are loaded when a target names them. */
const adapters: Readonly<Record<string, () => Promise<AdapterType>>> = {
  duckdb: async () => (await import('../adapters/duckdb/index.ts')).duckdb as AdapterType,
}

/** Puts the program together: the only place that knows concrete adapters, the disk and the clock. */
export const compose = (
  options: ComposeOptions,
): { readonly services: Services; readonly close: () => Promise<void> } => {
  const { flags, invocation, signal, console } = options
  const base = {
    flags,
    invocation,
    signal,
    files: nodeFiles,
    emit: strictWarnings(flags, console.handle),
    now: () => new Date(),
  }
  const { close, ...engine } = createEngine(base, adapters)
  return { services: { ...base, ...engine, openBrowser, ask }, close }
}

const openBrowser = (url: string): void => {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '']
        : ['xdg-open']
  const child = spawn(command ?? 'xdg-open', [...args, url], { stdio: 'ignore', detached: true })
  // No browser is no error: the address has been printed.
  child.on('error', () => undefined)
  child.unref()
}

const ask = async (question: string): Promise<string> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    return await terminal.question(question)
  } finally {
    terminal.close()
  }
}
