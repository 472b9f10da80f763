declare const NAVO_VERSION: string | undefined

/** navo's version, put in by the build; a source tree that was not built has none. */
export const version: string = typeof NAVO_VERSION === 'string' ? NAVO_VERSION : '0.0.0-source'
