import { KIND_TEXT, type Resource } from '../data/resource.ts'

/** The selector that names a resource: `orders`, `customers.v2`, `source:raw.orders`. */
export const selectorOf = ({ kind, name, version }: Resource): string => {
  if (kind === 'source' || kind === 'exposure') return `${kind}:${name}`
  return version === '' ? name : `${name}.v${version}`
}

/** How many there are, in words: `1 model`, `3 models`. */
export const counted = (count: number, kind: Resource['kind']): string =>
  `${count} ${count === 1 ? KIND_TEXT[kind].one : KIND_TEXT[kind].many}`
