import { text } from '../data/json.ts'
import { childrenOf, type Project } from '../data/project.ts'
import { KIND_TEXT, type Kind, type Resource } from '../data/resource.ts'
import { graphHref, overviewHref, resourceHref, sourceHref } from '../data/route.ts'
import { Icon, KindIcon } from '../parts/icons.tsx'
import { Markdown } from '../parts/markdown.tsx'
import { useSite } from '../shell/context.ts'

const COUNTED: readonly Kind[] = [
  'model',
  'source',
  'seed',
  'snapshot',
  'exposure',
  'metric',
  'test',
  'unit_test',
  'macro',
]

const moment = (iso: string): string => {
  const date = new Date(iso)
  return Number.isNaN(date.valueOf())
    ? ''
    : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

const Counts = ({ resources }: { resources: readonly Resource[] }) => (
  <ul class="stats">
    {COUNTED.map(kind => {
      const count = resources.filter(resource => resource.kind === kind).length
      if (count === 0) return null
      return (
        <li key={kind}>
          <KindIcon kind={kind} />
          <strong>{count.toLocaleString('en')}</strong>
          <span>{count === 1 ? KIND_TEXT[kind].one : KIND_TEXT[kind].many}</span>
        </li>
      )
    })}
  </ul>
)

interface CardsProps {
  readonly title: string
  readonly resources: readonly Resource[]
  detail(resource: Resource): string
}

const Cards = ({ title, resources, detail }: CardsProps) =>
  resources.length === 0 ? null : (
    <section>
      <h2>{title}</h2>
      <ul class="cards">
        {resources.map(resource => (
          <li key={resource.id}>
            <a href={resourceHref(resource)}>
              <span class="eyebrow">
                <KindIcon kind={resource.kind} />
                {detail(resource)}
              </span>
              <strong>{resource.label}</strong>
            </a>
            {resource.description !== '' && (
              <div class="clamped">
                <Markdown text={resource.description} short />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )

const Sources = () => {
  const { project } = useSite()
  const names = [...project.sourceTexts].sort(([a], [b]) => a.localeCompare(b))
  if (names.length === 0) return null
  return (
    <section>
      <h2>Sources</h2>
      <ul class="cards">
        {names.map(([name, description]) => (
          <li key={name}>
            <a href={sourceHref(name)}>
              <strong>{name}</strong>
            </a>
            {description !== '' && (
              <div class="clamped">
                <Markdown text={description} short />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The models that most others read: where a newcomer starts. */
const mostRead = (
  resources: readonly Resource[],
  readers: (resource: Resource) => number,
): readonly Resource[] =>
  resources
    .filter(resource => resource.kind === 'model' && readers(resource) > 1)
    .sort((a, b) => readers(b) - readers(a))
    .slice(0, 6)

const Generated = () => {
  const { project } = useSite()
  const when = moment(project.generatedAt)
  const parts = [project.adapter, when === '' ? '' : `generated ${when}`].filter(Boolean)
  return <p class="generated">{parts.join(' · ')}</p>
}

const Head = ({ packageName }: { packageName: string | undefined }) => {
  const { project } = useSite()
  return (
    <header class="page-head">
      <p class="eyebrow">{packageName === undefined ? 'Project' : 'Package'}</p>
      <h1>{packageName ?? (project.name || 'Documentation')}</h1>
      <Generated />
      <p class="actions">
        <a
          class="button primary"
          href={graphHref(packageName === undefined ? '' : `package:${packageName}`)}
        >
          <Icon name="graph" />
          Lineage graph
        </a>
      </p>
    </header>
  )
}

const Packages = ({ names }: { names: readonly string[] }) =>
  names.length === 0 ? null : (
    <section>
      <h2>Packages</h2>
      <ul class="plain-list">
        {names.map(name => (
          <li key={name}>
            <a href={overviewHref(name)}>{name}</a>
          </li>
        ))}
      </ul>
    </section>
  )

/** What the project, or one of its packages, says of itself. */
const wordsOf = (project: Project, packageName: string | undefined): string | undefined => {
  if (packageName === undefined) return project.overview
  const own = packageName === project.name ? project.overview : undefined
  return project.packageOverviews.get(packageName) ?? own
}

/** The first page: what the project says of itself, then how to get into it. */
export const OverviewPage = ({ packageName }: { packageName: string | undefined }) => {
  const { project } = useSite()
  const isRoot = packageName === undefined
  const all = [...project.resources.values()].filter(({ hidden, builtin }) => !hidden && !builtin)
  const own = isRoot ? all : all.filter(item => item.packageName === packageName)
  const words = wordsOf(project, packageName)
  const readers = (resource: Resource): number =>
    childrenOf(project, resource.id).filter(({ kind }) => kind === 'model' || kind === 'exposure')
      .length
  const packages = new Set(all.map(item => item.packageName))
  return (
    <main class="page overview" id="content" tabIndex={-1}>
      <Head packageName={packageName} />
      <Counts resources={own} />
      {words !== undefined && (
        <section class="overview-text">
          <Markdown text={words} top />
        </section>
      )}
      <Cards
        title="Exposures"
        resources={own.filter(({ kind }) => kind === 'exposure')}
        detail={({ entry }) => text(entry.type) || 'exposure'}
      />
      <Cards
        title="Most read models"
        resources={mostRead(own, readers)}
        detail={resource => `${readers(resource)} readers · ${resource.materialized}`}
      />
      {isRoot && <Sources />}
      {isRoot && <Packages names={[...packages].filter(name => name && name !== project.name)} />}
      {!project.hasCatalog && (
        <p class="notice">
          There is no catalog.json beside this page: types and relations come from the project
          alone.
        </p>
      )}
    </main>
  )
}
