import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RuntimeError } from '../core/errors.ts'
import { type Served, serveSite } from './serve.ts'

interface Answer {
  readonly status: number
  readonly type: string | undefined
  readonly body: string
}

/** Sends the path as it is: fetch() would tidy `..` away before the server sees it. */
const ask = (url: string, path: string, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const sent = request({ hostname, port, path, method }, response => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', chunk => {
        body += chunk
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'], body }),
      )
    })
    sent.on('error', reject)
    sent.end()
  })

describe('serveSite', () => {
  let folder: string
  let target: string
  let stop: AbortController
  let served: Served

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'navo-serve-'))
    target = join(folder, 'target')
    await mkdir(join(target, 'assets'), { recursive: true })
    await writeFile(join(target, 'index.html'), '<p>page</p>')
    await writeFile(join(target, 'manifest.json'), '{}')
    await writeFile(join(target, 'assets', 'ä b.svg'), '<svg/>')
    await writeFile(join(target, 'model.sql'), "select 'ä'")
    await writeFile(join(folder, 'secret.txt'), 'secret')
    await writeFile(join(folder, 'target-2'), 'secret')
    await symlink(join(folder, 'secret.txt'), join(target, 'link.txt'))
    await symlink(join(folder, 'secret.txt'), join(target, 'page.html'))
    stop = new AbortController()
    served = await serveSite({ directory: target, port: 0, signal: stop.signal })
  })

  afterEach(async () => {
    stop.abort()
    await served.closed
    await rm(folder, { recursive: true })
  })

  it('answers with the files of the folder and their types', async () => {
    expect(await ask(served.url, '/')).toEqual({
      status: 200,
      type: 'text/html;charset=utf-8',
      body: '<p>page</p>',
    })
    expect(await ask(served.url, '/manifest.json?cb=1')).toEqual({
      status: 200,
      type: 'application/json',
      body: '{}',
    })
    expect((await ask(served.url, '/assets/%C3%A4%20b.svg')).type).toBe('image/svg+xml')
    expect(await ask(served.url, '/model.sql')).toEqual({
      status: 200,
      type: 'text/plain; charset=utf-8',
      body: "select 'ä'",
    })
    expect(await ask(served.url, '/', 'HEAD')).toMatchObject({ status: 200, body: '' })
  })

  it.each([
    '/catalog.json',
    '/assets',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/..%5csecret.txt',
    '/../target-2',
    '//etc/passwd',
    '/link.txt',
    '/page',
    '/page.html',
    '/%00',
    '/%zz',
  ])('answers 404 to %s', async path => {
    const { status, body } = await ask(served.url, path)
    expect({ status, body }).toEqual({ status: 404, body: 'Not found\n' })
  })

  it('only reads', async () => {
    expect((await ask(served.url, '/', 'POST')).status).toBe(405)
  })

  it('outlives a range that is none', async () => {
    const headers = { range: 'bytes=5-2' }
    await expect(fetch(new URL('index.html', served.url), { headers })).rejects.toThrow()
    expect((await ask(served.url, '/')).status).toBe(200)
  })

  it('shows what was written since', async () => {
    await writeFile(join(target, 'manifest.json'), '{"new":1}')
    expect((await ask(served.url, '/manifest.json')).body).toBe('{"new":1}')
  })

  it('says that a port is in use, and what to do', async () => {
    const port = Number(new URL(served.url).port)
    const again = serveSite({ directory: target, port, signal: stop.signal })
    await expect(again).rejects.toThrow(RuntimeError)
    await expect(again).rejects.toMatchObject({
      message: `Port ${port} of 127.0.0.1 is already in use`,
      hint: `end the other program, or choose another port: --port ${port + 1}`,
    })
  })

  it('asks for docs generate when there is nothing to serve', async () => {
    const none = serveSite({ directory: join(folder, 'none'), port: 0, signal: stop.signal })
    await expect(none).rejects.toMatchObject({ code: 'docs-not-generated' })
  })
})
