declare const NAVO_BUILD: string | undefined

/** Which navo this is, put in by the build: no other one reads what it keeps of a parse. */
export const program: string = typeof NAVO_BUILD === 'string' ? NAVO_BUILD : 'source'
