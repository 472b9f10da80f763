import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** CHROMIUM_PATH, else the first Chromium or Chrome on the PATH. Throws when there is none. */
const executablePath = (): string => {
  const stated = process.env.CHROMIUM_PATH
  if (stated) return stated
  const folders = (process.env.PATH ?? '').split(delimiter)
  const found = folders.flatMap(folder => NAMES.map(name => join(folder, name))).find(isExecutable)
  if (!found) throw new Error('No Chromium found: install it, or set CHROMIUM_PATH to its program')
  return found
}

export interface Browser {
  readonly context: BrowserContext
  close(): Promise<void>
}

/** Starts Chromium with an empty profile, in a window of 1440 × 900, light mode. */
export const startBrowser = async (): Promise<Browser> => {
  const profile = await mkdtemp(join(tmpdir(), 'navo-chromium-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executablePath(),
    args: FLAGS,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  return {
    context,
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}
