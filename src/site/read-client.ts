import { readFileSync } from 'node:fs'
import { RuntimeError } from '../core/errors.ts'

/** Only our own page holds this; a folder named `site` above ours may be anyone's. */
const MARK = '<script type="application/json" id="navo-manifest"></script>'

/** The bundle runs in dist/, the sources in src/site/; the built page is dist/site/index.html. */
const PLACES = ['./site/index.html', './dist/site/index.html']
const LEVELS = ['./', '../', '../../', '../../../']

const readOrNothing = (url: URL): string | undefined => {
  try {
    return readFileSync(url, 'utf8')
  } catch {
    return undefined
  }
}

/**
 * The documentation site's page as the build left it beside navo's own code.
 * Throws RuntimeError when it is missing: the package was not built.
 */
export const readClient = (): string => {
  for (const level of LEVELS) {
    const folder = new URL(level, import.meta.url)
    for (const place of PLACES) {
      const html = readOrNothing(new URL(place, folder))
      if (html?.includes(MARK)) return html
    }
  }
  throw new RuntimeError('The documentation site is missing from this installation of navo', {
    code: 'site-not-built',
    hint: 'install navo again, or run "npm run build" in a clone',
  })
}
