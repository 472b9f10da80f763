import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const program = join(root, 'bin', 'navo.js')

/** How an invocation ended. */
export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface NavoOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Called once the program runs, to send it signals. */
  readonly during?: (child: {
    readonly kill: (signal: NodeJS.Signals) => void
    readonly seen: (text: string) => Promise<void>
  }) => Promise<void>
}

/** A folder of its own with a project in it. */
export interface TestProject {
  readonly directory: string
  /** Runs navo in the folder; nothing of the caller's environment but PATH and HOME goes along. */
  readonly navo: (args: readonly string[], options?: NavoOptions) => Promise<Outcome>
  readonly write: (files: Readonly<Record<string, string>>) => void
  readonly read: (path: string) => string
  readonly exists: (path: string) => boolean
  /** A file as JSON, to look into. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into artifacts without their types
  readonly json: (path: string) => any
  readonly remove: () => void
}

/** Makes a project of these files in a temporary folder. */
export const projectOf = (files: Readonly<Record<string, string>>): TestProject => {
  const project = emptyProject()
  project.write(files)
  return project
}

/** Copies folders and files of the repository's own project, the lakehouse, into a temporary folder. */
export const copyOf = (...paths: readonly string[]): TestProject => {
  const project = emptyProject()
  for (const path of paths)
    cpSync(join(root, path), join(project.directory, path), { recursive: true })
  return project
}

const emptyProject = (): TestProject => {
  const directory = mkdtempSync(join(tmpdir(), 'navo-e2e-'))
  const at = (path: string): string => join(directory, path)
  return {
    directory,
    navo: (args, options = {}) => run(directory, args, options),
    write: files => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(at(path)), { recursive: true })
        writeFileSync(at(path), text)
      }
    },
    read: path => readFileSync(at(path), 'utf8'),
    exists: path => existsSync(at(path)),
    json: path => JSON.parse(readFileSync(at(path), 'utf8')),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

const run = (
  directory: string,
  args: readonly string[],
  { env = {}, during }: NavoOptions,
): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const { PATH = '' } = process.env
    const child = spawn(process.execPath, [program, ...args], {
      cwd: directory,
      // A home of its own: no profile of the machine's user is found.
      env: { PATH, HOME: join(directory, '.home'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    const waiting: { readonly text: string; readonly done: () => void }[] = []
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      for (const wait of waiting) if (stdout.includes(wait.text)) wait.done()
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      for (const wait of waiting) wait.done()
      resolve({ exitCode: code ?? (signal === null ? -1 : 128), stdout, stderr })
    })
    during?.({
      kill: signal => void child.kill(signal),
      seen: text =>
        new Promise(done => {
          if (stdout.includes(text)) done()
          else waiting.push({ text, done })
        }),
    }).catch(reject)
  })
