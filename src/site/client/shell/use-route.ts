import { useEffect, useState } from 'preact/hooks'
import { type Route, readRoute } from '../data/route.ts'

/** The route that the address names, kept up with the address. */
export const useRoute = (): Route => {
  const [hash, setHash] = useState(location.hash)
  useEffect(() => {
    const onChange = (): void => setHash(location.hash)
    addEventListener('hashchange', onChange)
    return () => removeEventListener('hashchange', onChange)
  }, [])
  return readRoute(hash)
}
