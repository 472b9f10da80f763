import { factsOf } from '../data/facts.ts'
import { text } from '../data/json.ts'
import { childrenOf, type Project, testsOf } from '../data/project.ts'
import { KIND_TEXT, LINEAGE_KINDS, type Resource } from '../data/resource.ts'
import { resourceHref, sourceHref } from '../data/route.ts'
import { Neighbourhood } from '../lineage/neighbourhood.tsx'
import { ColumnsTable } from '../parts/columns-table.tsx'
import { FactsList } from '../parts/facts-list.tsx'
import { Icon, KindIcon } from '../parts/icons.tsx'
import { Markdown } from '../parts/markdown.tsx'
import { ResourcesByKind } from '../parts/resource-link.tsx'
import { safeHref } from '../parts/safe-url.ts'
import { TestsList } from '../parts/tests-list.tsx'
import { useSite } from '../shell/context.ts'
import { CodeSection } from './code-section.tsx'
import { MacroArguments } from './macro-arguments.tsx'
import { Section } from './section.tsx'
import { UnitTestRows } from './unit-test-rows.tsx'

/** The other versions of a model, with links. */
const Versions = ({ resource }: { resource: Resource }) => {
  const { project } = useSite()
  if (resource.version === '') return null
  const family = [...project.resources.values()]
    .filter(
      ({ kind, name, packageName }) =>
        kind === 'model' && name === resource.name && packageName === resource.packageName,
    )
    .sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }))
  return (
    <nav class="versions" aria-label="Versions">
      {family.map(one => (
        <a
          key={one.id}
          href={resourceHref(one)}
          aria-current={one.id === resource.id ? 'page' : undefined}
        >
          v{one.version}
          {one.version === one.latestVersion && <small>latest</small>}
        </a>
      ))}
    </nav>
  )
}

const Head = ({ resource }: { resource: Resource }) => {
  const source = resource.kind === 'source' ? text(resource.entry.source_name) : ''
  const url = resource.kind === 'exposure' ? safeHref(text(resource.entry.url)) : undefined
  const deprecated = text(resource.entry.deprecation_date).slice(0, 10)
  return (
    <header class="page-head">
      <p class="eyebrow">
        <KindIcon kind={resource.kind} />
        {KIND_TEXT[resource.kind].one}
        {resource.materialized !== '' && resource.kind === 'model' && ` · ${resource.materialized}`}
        {source !== '' && <a href={sourceHref(source)}>{source}</a>}
      </p>
      <h1>{resource.kind === 'source' ? text(resource.entry.name) : resource.label}</h1>
      <Versions resource={resource} />
      {url !== undefined && url !== '' && (
        <p class="actions">
          <a class="button primary" href={url} target="_blank" rel="noopener noreferrer nofollow">
            <Icon name="external" />
            Open {text(resource.entry.type) || 'it'}
          </a>
        </p>
      )}
      {resource.hidden && (
        <p class="notice">Hidden from the docs: in no list, found only by its link.</p>
      )}
      {deprecated !== '' && <p class="notice warn">Deprecated from {deprecated}.</p>}
    </header>
  )
}

const parentsOf = (project: Project, resource: Resource): readonly Resource[] =>
  [...resource.parents, ...resource.macros].flatMap(id => project.resources.get(id) ?? [])

const readersOf = (project: Project, resource: Resource): readonly Resource[] =>
  resource.kind === 'macro'
    ? (project.macroUsers.get(resource.id) ?? []).flatMap(id => project.resources.get(id) ?? [])
    : childrenOf(project, resource.id).filter(({ kind }) => kind !== 'test' && kind !== 'unit_test')

const Description = ({ resource }: { resource: Resource }) => (
  <Section id="description" title="Description">
    {resource.description === '' ? (
      <p class="empty">Nothing is written about this {KIND_TEXT[resource.kind].one} yet.</p>
    ) : (
      <Markdown text={resource.description} />
    )}
  </Section>
)

/** The page of one resource of any kind; a section without content is left out. */
export const ResourcePage = ({ resource }: { resource: Resource }) => {
  const { project } = useSite()
  const tests = testsOf(project, resource.id)
  const parents = parentsOf(project, resource)
  const readers = readersOf(project, resource)
  return (
    <main class="page" id="content" tabIndex={-1}>
      <Head resource={resource} />
      <div class="page-body">
        <div class="page-main">
          <Description resource={resource} />
          {resource.kind === 'macro' && <MacroArguments entry={resource.entry} />}
          {resource.kind === 'unit_test' && <UnitTestRows entry={resource.entry} />}
          {resource.columns.length > 0 && (
            <Section id="columns" title="Columns" count={resource.columns.length}>
              <ColumnsTable columns={resource.columns} tests={tests} />
            </Section>
          )}
          {LINEAGE_KINDS.includes(resource.kind) && (
            <Section id="lineage" title="Lineage">
              <Neighbourhood key={resource.id} resource={resource} />
            </Section>
          )}
          {tests.length > 0 && (
            <Section id="tests" title="Tests" count={tests.length}>
              <TestsList tests={tests} />
            </Section>
          )}
          <CodeSection resource={resource} />
          {parents.length > 0 && (
            <Section id="depends_on" title="Depends on" count={parents.length}>
              <ResourcesByKind resources={parents} />
            </Section>
          )}
          {readers.length > 0 && (
            <Section id="referenced_by" title="Referenced by" count={readers.length}>
              <ResourcesByKind resources={readers} />
            </Section>
          )}
        </div>
        <aside class="page-side" id="details" aria-label="Details">
          <FactsList facts={factsOf(resource, project)} meta={resource.meta} />
        </aside>
      </div>
    </main>
  )
}
