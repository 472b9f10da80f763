import { accessSync, constants, realpathSync } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { join, sep } from 'node:path'
import sirv from 'sirv'
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

const refuse = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

/**
 * Whether a path leads to something in the folder that may be read. sirv follows links wherever they
 * lead, and what it fails to open ends the process.
 */
const isReadable = (root: string, path: string): boolean => {
  try {
    const real = realpathSync(join(root, decodeURI(path)))
    accessSync(real, constants.R_OK)
    return real.startsWith(root + sep)
  } catch {
    return false
  }
}

/** Texts that a browser should show rather than save, in the encoding they are written in. */
const PLAIN_TEXT = /\.(?:sql|ya?ml|csv|md|txt|log)$/i

const answering = (root: string): RequestListener => {
  const files = sirv(root, {
    // Looks at the disk for each request: the next `docs generate` must show at the next reload.
    dev: true,
    etag: true,
    extensions: [],
    onNoMatch: (_, response) => refuse(response, 404, 'Not found'),
    setHeaders: (response, path) => {
      response.setHeader('x-content-type-options', 'nosniff')
      if (PLAIN_TEXT.test(path)) response.setHeader('content-type', 'text/plain; charset=utf-8')
    },
  })
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response.setHeader('allow', 'GET, HEAD'), 405, 'Only reading is possible here')
      return
    }
    const [asked = ''] = (request.url ?? '').split(/[?#]/, 1)
    const path = asked === '/' ? '/index.html' : asked
    if (!isReadable(root, path)) {
      refuse(response, 404, 'Not found')
      return
    }
    request.url = path
    try {
      files(request, response)
    } catch {
      // A range that is none, or a file that has just gone.
      response.destroy()
    }
  }
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
  const server = createServer(answering(root))
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
