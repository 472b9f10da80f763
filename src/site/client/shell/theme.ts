import { useEffect, useState } from 'preact/hooks'

export type Theme = 'light' | 'dark'

const KEY = 'navo-docs-theme'

const stored = (): Theme | undefined => {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : undefined
  } catch {
    // Storage is closed to pages on disk and in private windows.
    return undefined
  }
}

const store = (theme: Theme): void => {
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // The choice then lasts as long as the page.
  }
}

const preferred = (): Theme =>
  matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'

/** The theme in use (the reader's choice, else the system's) and the function that flips it. */
export const useTheme = (): readonly [Theme, () => void] => {
  const [chosen, setChosen] = useState<Theme | undefined>(stored)
  const [system, setSystem] = useState<Theme>(preferred)
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const onChange = (): void => setSystem(preferred())
    query.addEventListener('change', onChange)
    return () => query.removeEventListener('change', onChange)
  }, [])
  const theme = chosen ?? system
  // Before the children's effects read colours off the page.
  document.documentElement.dataset.theme = theme
  const flip = (): void => {
    const next = theme === 'dark' ? 'light' : 'dark'
    store(next)
    setChosen(next)
  }
  return [theme, flip]
}
