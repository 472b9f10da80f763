import type { Resource } from '../data/resource.ts'

/** The selector that names a resource: `orders`, `customers.v2`, `source:raw.orders`. */
export const selectorOf = ({ kind, name, version }: Resource): string => {
  if (kind === 'source' || kind === 'exposure') return `${kind}:${name}`
  return version === '' ? name : `${name}.v${version}`
}
