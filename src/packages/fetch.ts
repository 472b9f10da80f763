import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { setTimeout as sleep } from 'node:timers/promises'
import { DependencyError } from '../core/errors.ts'

export type FetchJson = (url: string) => Promise<unknown>

export interface Web {
  readonly json: FetchJson
  /** Writes what stands at an address to a file. */
  readonly download: (url: string, path: string) => Promise<void>
}

export interface WebOptions {
  readonly signal: AbortSignal
  /** Milliseconds between two tries; its length is how often a request is tried again. */
  readonly pauses: readonly number[]
  /** A request failed and will be tried again. */
  readonly onRetry: (url: string, why: string) => void
}

/** Milliseconds. */
const timeouts = { answer: 30_000, file: 600_000 }

/** HTTP requests that are tried again; what fails for good is a DependencyError that says what to do. */
export const openWeb = (options: WebOptions): Web => {
  const attempt = async <T>(
    url: string,
    timeout: number,
    use: (response: Response) => Promise<T>,
  ): Promise<T> => {
    for (const pause of [...options.pauses, undefined]) {
      try {
        const signal = AbortSignal.any([options.signal, AbortSignal.timeout(timeout)])
        const response = await fetch(url, { signal })
        if (response.ok) return await use(response)
        await response.body?.cancel()
        throw new Refusal(response.status, response.statusText)
      } catch (error) {
        if (options.signal.aborted) throw error
        if (pause === undefined || isFinal(error)) throw unreachable(url, error)
        options.onRetry(url, reason(error))
        await sleep(pause, undefined, { signal: options.signal })
      }
    }
    throw new Error('a request ended without an answer and without an error')
  }
  return {
    json: url =>
      attempt(url, timeouts.answer, async response => response.json() as Promise<unknown>),
    download: (url, path) =>
      attempt(url, timeouts.file, async ({ body }) => {
        if (body) await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(path))
      }),
  }
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    text: string,
  ) {
    super(`${status} ${text}`.trim())
  }
}

/** Asking again does not help: the address is wrong, or what stands there is not for us. */
const isFinal = (error: unknown): boolean =>
  (error instanceof Refusal && error.status < 500 && error.status !== 429) ||
  (error instanceof TypeError && (error.cause as { code?: string })?.code === 'ERR_INVALID_URL')

/** fetch says only `fetch failed`; what happened is in its cause. */
const reason = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error
    ? cause.message || String((cause as { code?: string }).code)
    : error.message
}

const unreachable = (url: string, error: unknown): DependencyError =>
  new DependencyError(
    `External connection exception occurred: GET ${withoutCredentials(url)}: ${reason(error)}`,
    {
      code: 'package-connection',
      cause: error,
      hint:
        error instanceof Refusal
          ? 'check the address in packages.yml or DBT_PACKAGE_HUB_URL'
          : 'packages come from the network; what is in dbt_packages stays as it is, and local packages need no network',
    },
  )

const withoutCredentials = (url: string): string => url.replace(/\/\/[^/@]*@/, '//')
