import { type Fnmatch, hasWildcard } from './glob.ts'

/**
 * How `fqn:` (and a bare name) matches, with or without the package in front: the node's own name,
 * the beginning of its path with dots, or wildcards over the rest of that. A versioned model also
 * answers to `name`, `name.v2` and `name_v2`.
 */
export const matchesFqn = (
  selector: string,
  fnmatch: Fnmatch,
): ((fqn: readonly string[], isVersioned: boolean) => boolean) => {
  const parts = selector.split('.')
  const wildcardAt = parts.findIndex(hasWildcard)
  const fixed = wildcardAt < 0 ? parts : parts.slice(0, wildcardAt)
  const rest = wildcardAt < 0 ? '' : parts.slice(wildcardAt).join('.')
  const lastTwo = parts.slice(-2).join('_')
  const matches = (fqn: readonly string[], isVersioned: boolean): boolean => {
    const name = fqn.at(isVersioned ? -2 : -1)
    if (name === selector) return true
    if (isVersioned && fqn.slice(-2).join('_') === lastTwo) return true
    const flat = fqn.some(part => part.includes('.')) ? fqn.flatMap(part => part.split('.')) : fqn
    if (flat.length < parts.length) return false
    if (fixed.some((part, index) => flat[index] !== part)) return false
    if (wildcardAt < 0) return true
    if (fnmatch(flat.slice(wildcardAt).join('.'), rest)) return true
    return parts.length === 1 && name !== undefined && fnmatch(name, selector)
  }
  return (fqn, isVersioned) => matches(fqn, isVersioned) || matches(fqn.slice(1), isVersioned)
}
