import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Project } from '../data/project.ts'

interface Site {
  readonly project: Project
  readonly theme: 'light' | 'dark'
}

const SiteContext = createContext<Site | undefined>(undefined)

export const SiteProvider = SiteContext.Provider

/** The project that the site shows and the theme in use. Throws outside the provider. */
export const useSite = (): Site => {
  const site = useContext(SiteContext)
  if (!site) throw new Error('useSite() outside of SiteProvider')
  return site
}

/** Goes to another page of the site. */
export const goTo = (href: string): void => {
  location.hash = href
}
