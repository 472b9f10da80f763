import { constraintTexts } from './columns.ts'
import { type JsonObject, list, object, printed, text, texts } from './json.ts'
import type { Project } from './project.ts'
import type { Resource } from './resource.ts'
import { graphHref } from './route.ts'

interface FactLink {
  readonly text: string
  readonly href: string | undefined
}

/** One line of the table beside a page. `code` shows in the fixed-width face, with a copy button. */
export interface Fact {
  readonly label: string
  readonly value: readonly FactLink[]
  readonly code?: boolean
}

const plain = (label: string, value: string, code = false): readonly Fact[] =>
  value === '' ? [] : [{ label, value: [{ text: value, href: undefined }], code }]

const words = (value: string): string => value.replaceAll('_', ' ')

/** `Ann <ann@shop.org>` of dbt's owner objects (whose email may be a list); '' without one. */
const ownerText = (owner: JsonObject): string => {
  const name = text(owner.name)
  const email = texts(owner.email).join(', ')
  return name !== '' && email !== '' ? `${name} <${email}>` : name || email
}

const ownerOf = (resource: Resource, project: Project): string => {
  const { meta, entry, group, catalog } = resource
  const stated = text(meta.owner) || ownerText(object(meta.owner)) || ownerText(object(entry.owner))
  const ofGroup = ownerText(project.groups.get(group)?.owner ?? {})
  return stated || ofGroup || text(object(catalog?.metadata).owner)
}

const links = (
  label: string,
  values: readonly string[],
  href: (value: string) => string,
): readonly Fact[] =>
  values.length === 0
    ? []
    : [{ label, value: values.map(value => ({ text: value, href: href(value) })) }]

const duration = (value: unknown): string => {
  const { count, period } = object(value)
  const amount = text(count)
  return amount === '' ? '' : `${amount} ${text(period)}${amount === '1' ? '' : 's'}`
}

const freshnessFacts = (resource: Resource): readonly Fact[] => {
  const freshness = object(resource.entry.freshness)
  return [
    ...plain('Warn when older than', duration(freshness.warn_after)),
    ...plain('Error when older than', duration(freshness.error_after)),
    ...plain('Freshness filter', text(freshness.filter), true),
  ]
}

const sourceFacts = (resource: Resource): readonly Fact[] => {
  const { entry } = resource
  return [
    ...plain('Loader', text(entry.loader)),
    ...plain('Loaded at', text(entry.loaded_at_field) || text(entry.loaded_at_query), true),
    ...freshnessFacts(resource),
    ...plain('External location', text(object(entry.external).location), true),
  ]
}

const buildFacts = (resource: Resource): readonly Fact[] => {
  const { config, entry } = resource
  const contract = object(entry.contract).enforced === true ? 'enforced' : ''
  return [
    ...plain('Unique key', texts(config.unique_key).join(', '), true),
    ...plain('Primary key', texts(entry.primary_key).join(', '), true),
    ...plain('Strategy', words(text(config.incremental_strategy) || text(config.strategy))),
    ...plain('Updated at', text(config.updated_at), true),
    ...plain('Checked columns', texts(config.check_cols).join(', '), true),
    ...plain('Hard deletes', words(text(config.hard_deletes))),
    ...plain('Contract', contract),
    ...plain('Constraints', constraintTexts(entry.constraints).join('; ')),
    ...plain('Deprecated from', text(entry.deprecation_date).slice(0, 10)),
  ]
}

const exposureFacts = ({ entry }: Resource): readonly Fact[] => [
  ...plain('Type', words(text(entry.type))),
  ...plain('Maturity', text(entry.maturity)),
]

const testFacts = ({ config }: Resource): readonly Fact[] => [
  ...plain('Severity', text(config.severity).toLowerCase()),
  ...plain('Where', text(config.where), true),
  ...plain('Warn if', text(config.warn_if), true),
  ...plain('Error if', text(config.error_if), true),
  ...plain('Limit', text(config.limit)),
  ...plain('Stores failures', config.store_failures === true ? 'yes' : ''),
]

const statFacts = (resource: Resource): readonly Fact[] =>
  list(Object.values(object(resource.catalog?.stats))).flatMap(value => {
    const stat = object(value)
    return stat.include === true ? plain(text(stat.label), printed(stat.value)) : []
  })

const kindFacts = (resource: Resource): readonly Fact[] => {
  switch (resource.kind) {
    case 'source':
      return sourceFacts(resource)
    case 'exposure':
      return exposureFacts(resource)
    case 'test':
      return testFacts(resource)
    default:
      return buildFacts(resource)
  }
}

/** What stands in the warehouse, where the project does not say how it came there. */
const storedAs = (resource: Resource): string =>
  resource.materialized === ''
    ? text(object(resource.catalog?.metadata).type).toLowerCase().replace('base table', 'table')
    : ''

/** What the table beside a page says of a resource, line by line. */
export const factsOf = (resource: Resource, project: Project): readonly Fact[] => {
  const { kind, group, tags, access, version, latestVersion } = resource
  const isLatest = version !== '' && version === latestVersion
  return [
    ...plain('Materialized', kind === 'test' ? '' : words(resource.materialized)),
    ...plain('Stored as', storedAs(resource)),
    ...plain('Relation', kind === 'test' ? '' : resource.relation, true),
    ...plain('Owner', ownerOf(resource, project)),
    ...links('Group', group === '' ? [] : [group], value => graphHref(`group:${value}`)),
    ...plain('Access', access),
    ...plain('Version', version === '' ? '' : `${version}${isLatest ? ' (latest)' : ''}`),
    ...kindFacts(resource),
    ...statFacts(resource),
    ...links('Tags', tags, value => graphHref(`tag:${value}`)),
    ...plain('Package', resource.packageName),
    ...plain('File', resource.path, true),
  ]
}
