import { readClient } from './read-client.ts'

/** A file of the site; the path is relative to the folder that also holds manifest.json. */
export interface SiteFile {
  readonly path: string
  readonly content: string
}

/**
 * The files to write beside manifest.json and catalog.json. The page reads both when it is opened;
 * catalog.json may be missing. Throws RuntimeError when navo was not built.
 */
export const siteFiles = (): readonly SiteFile[] => [{ path: 'index.html', content: readClient() }]

const fill = (html: string, id: string, json: string): string => {
  const begin = `<script type="application/json" id="${id}">`
  const at = html.indexOf(begin) + begin.length
  // "<" stands only inside strings in JSON; escaped, no text can end the element or begin a comment.
  return html.slice(0, at) + json.replaceAll('<', '\\u003c') + html.slice(at)
}

/**
 * The whole site as one page that needs nothing beside it and opens from disk too.
 * Takes the texts of manifest.json and catalog.json; without a catalog, undefined.
 */
export const staticSite = (manifest: string, catalog: string | undefined): string => {
  const filled = fill(readClient(), 'navo-manifest', manifest)
  return catalog === undefined ? filled : fill(filled, 'navo-catalog', catalog)
}
