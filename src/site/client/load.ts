import { type Project, readProject } from './data/project.ts'

/** The data could not be read; the message and hint are meant for the reader of the page. */
export class LoadError extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message)
    this.name = 'LoadError'
  }
}

/** What `--static` has written into the page itself. */
const embedded = (id: string): string => document.getElementById(id)?.textContent?.trim() ?? ''

const fetched = async (name: string): Promise<string | undefined> => {
  const response = await fetch(name, { cache: 'no-cache' })
  if (response.status === 404) return undefined
  if (!response.ok) throw new Error(`${name}: the server answered ${response.status}`)
  return response.text()
}

const parsed = (name: string, json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : ''
    throw new LoadError(
      `${name} is not readable as JSON`,
      `Write it again with "navo docs generate". (${reason})`,
    )
  }
}

const readManifest = async (): Promise<string> => {
  const inPage = embedded('navo-manifest')
  if (inPage !== '') return inPage
  if (location.protocol === 'file:') {
    throw new LoadError(
      'A browser does not let a page on disk read the files beside it',
      'Run "navo docs serve", or write one self-contained page with "navo docs generate --static".',
    )
  }
  const manifest = await fetched('manifest.json').catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : ''
    throw new LoadError('manifest.json could not be read', reason)
  })
  if (manifest === undefined) {
    throw new LoadError(
      'There is no manifest.json beside this page',
      'Run "navo docs generate" and serve the whole target folder.',
    )
  }
  return manifest
}

/** A catalog is welcome, not needed. */
const readCatalog = async (): Promise<unknown> => {
  const inPage = embedded('navo-catalog')
  if (inPage !== '') return parsed('catalog', inPage)
  if (location.protocol === 'file:' || embedded('navo-manifest') !== '') return undefined
  try {
    const json = await fetched('catalog.json')
    return json === undefined ? undefined : JSON.parse(json)
  } catch {
    return undefined
  }
}

/** Reads manifest and catalog, from the page or from beside it. Throws LoadError. */
export const loadProject = async (): Promise<Project> => {
  const [manifest, catalog] = await Promise.all([readManifest(), readCatalog()])
  return readProject(parsed('manifest.json', manifest), catalog)
}
