import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveSite } from '../../src/site/serve.ts'
import { siteFiles } from '../../src/site/site-files.ts'

export interface ServedSite {
  readonly url: string
  readonly directory: string
  close(): Promise<void>
}

interface Data {
  readonly manifest?: string
  readonly catalog?: string
}

/** Writes the site with the given data into a new folder, and serves it on a free port. */
export const serveData = async ({ manifest, catalog }: Data): Promise<ServedSite> => {
  const directory = await mkdtemp(join(tmpdir(), 'navo-site-'))
  for (const { path, content } of siteFiles()) await writeFile(join(directory, path), content)
  if (manifest !== undefined) await writeFile(join(directory, 'manifest.json'), manifest)
  if (catalog !== undefined) await writeFile(join(directory, 'catalog.json'), catalog)
  const stop = new AbortController()
  const { url, closed } = await serveSite({ directory, port: 0, signal: stop.signal })
  return {
    url,
    directory,
    async close() {
      stop.abort()
      await closed
      await rm(directory, { recursive: true })
    },
  }
}
