/** What the graph shows: dbt's `g_i` (include) and `g_e` (exclude). */
export interface GraphQuery {
  readonly include: string
  readonly exclude: string
}

type Page =
  | { readonly kind: 'overview'; readonly packageName: string | undefined }
  | { readonly kind: 'resource'; readonly id: string }
  | { readonly kind: 'source'; readonly name: string }

export interface Route {
  readonly page: Page
  /** Present when the full graph is open. */
  readonly graph: GraphQuery | undefined
  /** The part of the page to scroll to. */
  readonly section: string | undefined
}

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

const split = (value: string, at: string): readonly [string, string | undefined] => {
  const position = value.indexOf(at)
  return position < 0 ? [value, undefined] : [value.slice(0, position), value.slice(position + 1)]
}

const readPage = (path: string): Page => {
  const [first = '', ...rest] = path.split('/').filter(part => part !== '')
  const name = decoded(rest.join('/'))
  if (first === '' || first === 'overview') {
    return { kind: 'overview', packageName: name === '' ? undefined : name }
  }
  if (first === 'source_list') return { kind: 'source', name }
  return { kind: 'resource', id: name }
}

/**
 * Reads a location's hash in the form of dbt's own site, `#!/model/model.shop.orders#columns`, so
 * that links to it keep working. Anything else is the overview.
 */
export const readRoute = (hash: string): Route => {
  const body = hash.replace(/^#!?/, '')
  const [address, section] = split(body, '#')
  const [path, query] = split(address, '?')
  const parameters = new URLSearchParams(query ?? '')
  const graph =
    parameters.get('g_v') === '1'
      ? { include: parameters.get('g_i') ?? '', exclude: parameters.get('g_e') ?? '' }
      : undefined
  return {
    page: readPage(path),
    graph,
    section: section === undefined ? undefined : decoded(section),
  }
}

const encoded = (value: string): string => encodeURIComponent(value)

/** The link to a resource's page. */
export const resourceHref = (
  resource: { readonly kind: string; readonly id: string },
  section?: string,
): string =>
  `#!/${resource.kind}/${encoded(resource.id)}${section === undefined ? '' : `#${encoded(section)}`}`

/** The link to the overview of the project, or of one package. */
export const overviewHref = (packageName?: string): string =>
  packageName === undefined ? '#!/overview' : `#!/overview/${encoded(packageName)}`

/** The link to the page of a source with all its tables. */
export const sourceHref = (name: string): string => `#!/source_list/${encoded(name)}`

/** The link to the full graph, reduced to what the selectors name. */
export const graphHref = (include = '', exclude = ''): string => {
  const parameters = new URLSearchParams({ g_v: '1' })
  if (include !== '') parameters.set('g_i', include)
  if (exclude !== '') parameters.set('g_e', exclude)
  return `#!/overview?${parameters.toString()}`
}
