const BASE = 'https://base.invalid/'

const parsed = (href: string): URL | undefined => {
  try {
    return new URL(href, BASE)
  } catch {
    return undefined
  }
}

/** A link that may be followed: http, https, mailto or inside the site; undefined for any other. */
export const safeHref = (href: string): string | undefined => {
  const protocol = parsed(href)?.protocol
  return protocol === 'http:' || protocol === 'https:' || protocol === 'mailto:' ? href : undefined
}

/** Leads out of the site. */
export const isExternal = (href: string): boolean => parsed(href)?.origin !== new URL(BASE).origin

/** An image beside the site's files; undefined for any that would be asked of another host. */
export const localImage = (src: string): string | undefined =>
  safeHref(src) !== undefined && !isExternal(src) ? src : undefined
