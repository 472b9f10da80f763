import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RuntimeError } from '../core/errors.ts'

export interface ServeOptions {
  /** The folder that `docs generate` wrote: target/. */
  readonly directory: string
  /** 0 lets the system choose. */
  readonly port?: number
  readonly host?: string
  /** Aborting it ends the server. */
  readonly signal: AbortSignal
}

export interface Served {
  /** `http://127.0.0.1:8080/` */
  readonly url: string
  /** Settles when the server has ended, after the signal; rejects if it breaks by itself. */
  readonly closed: Promise<void>
}

const DEFAULT_PORT = 8080
const DEFAULT_HOST = '127.0.0.1'

const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.gif', 'image/gif'],
  ['.webp', 'image/webp'],
  ['.ico', 'image/x-icon'],
  ['.pdf', 'application/pdf'],
  ['.sql', 'text/plain; charset=utf-8'],
  ['.yml', 'text/plain; charset=utf-8'],
  ['.csv', 'text/csv; charset=utf-8'],
  ['.md', 'text/markdown; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
])

interface Found {
  readonly path: string
  readonly size: number
}

/** The request's path below the root, decoded; undefined when it cannot be one. */
const requestedPath = (url: string): string | undefined => {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '/')
    const parts = path.split(/[/\\]/)
    return path.includes('\0') || parts.includes('..') ? undefined : parts.join(sep)
  } catch {
    return undefined
  }
}

/** The file to answer with. A link that leads out of the folder counts as missing. */
const findFile = async (root: string, url: string): Promise<Found | undefined> => {
  const path = requestedPath(url)
  if (path === undefined) return undefined
  try {
    const asked = await realpath(join(root, path))
    if (asked !== root && !asked.startsWith(root + sep)) return undefined
    const status = await stat(asked)
    if (status.isFile()) return { path: asked, size: status.size }
    const index = join(asked, 'index.html')
    const indexStatus = await stat(index)
    return indexStatus.isFile() ? { path: index, size: indexStatus.size } : undefined
  } catch {
    return undefined
  }
}

const refuse = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

const answer = async (
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD')
    refuse(response, 405, 'Only reading is possible here')
    return
  }
  const file = await findFile(root, request.url ?? '/')
  if (!file) {
    refuse(response, 404, 'Not found')
    return
  }
  response.writeHead(200, {
    'content-type':
      CONTENT_TYPES.get(extname(file.path).toLowerCase()) ?? 'application/octet-stream',
    'content-length': file.size,
    // The next `docs generate` must show at the next reload.
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  })
  if (request.method === 'HEAD') response.end()
  else await pipeline(createReadStream(file.path), response)
}

const listenError = (cause: NodeJS.ErrnoException, port: number, host: string): RuntimeError => {
  switch (cause.code) {
    case 'EADDRINUSE':
      return new RuntimeError(`Port ${port} of ${host} is already in use`, {
        code: 'port-in-use',
        hint: `end the other program, or choose another port: --port ${port + 1}`,
        cause,
      })
    case 'EACCES':
      return new RuntimeError(`Port ${port} may not be used by this user`, {
        code: 'port-not-allowed',
        hint: 'choose a port above 1023 with --port',
        cause,
      })
    default:
      return new RuntimeError(`Could not serve on ${host}, port ${port}: ${cause.message}`, {
        code: 'serve-failed',
        hint: 'check --host and --port',
        cause,
      })
  }
}

const listenOn = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', error => reject(listenError(error, port, host)))
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })

const rootOf = async (directory: string): Promise<string> => {
  try {
    const root = await realpath(directory)
    if ((await stat(join(root, 'index.html'))).isFile()) return root
  } catch {
    // Told below, in the same words as a folder in the page's place.
  }
  throw new RuntimeError(`There is no documentation in ${directory}`, {
    code: 'docs-not-generated',
    hint: 'write it with "navo docs generate"',
  })
}

/**
 * Serves the generated documentation until the signal aborts. Nothing outside of the folder is
 * reachable. Throws RuntimeError when the folder holds no site or the port cannot be had.
 */
export const serveSite = async (options: ServeOptions): Promise<Served> => {
  const { directory, port = DEFAULT_PORT, host = DEFAULT_HOST, signal } = options
  const root = await rootOf(directory)
  const server = createServer((request, response) => {
    // A reader that goes away in the middle of a file is no concern of ours.
    answer(root, request, response).catch(() => response.destroy())
  })
  const actual = await listenOn(server, port, host)
  const closed = new Promise<void>((resolve, reject) => {
    server.once('close', resolve)
    server.once('error', reject)
  })
  const stop = (): void => {
    server.close()
    server.closeAllConnections()
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${actual}/`, closed }
}
