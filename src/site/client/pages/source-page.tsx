import { resourceHref } from '../data/route.ts'
import { KindIcon } from '../parts/icons.tsx'
import { Markdown } from '../parts/markdown.tsx'
import { useSite } from '../shell/context.ts'
import { NotFound } from './not-found.tsx'

/** One source with its tables. */
export const SourcePage = ({ name }: { name: string }) => {
  const { project } = useSite()
  const tables = [...project.resources.values()]
    .filter(({ kind, entry, hidden }) => kind === 'source' && entry.source_name === name && !hidden)
    .sort((a, b) => a.name.localeCompare(b.name))
  if (tables.length === 0) return <NotFound what={`The source ${name}`} />
  const description = project.sourceTexts.get(name) ?? ''
  return (
    <main class="page" id="content" tabIndex={-1}>
      <header class="page-head">
        <p class="eyebrow">
          <KindIcon kind="source" /> source
        </p>
        <h1>{name}</h1>
      </header>
      {description !== '' && <Markdown text={description} />}
      <section>
        <h2>
          Tables<span class="count">{tables.length}</span>
        </h2>
        <ul class="cards">
          {tables.map(table => (
            <li key={table.id}>
              <a href={resourceHref(table)}>
                <strong>{table.name.slice(name.length + 1)}</strong>
              </a>
              {table.description !== '' && (
                <div class="clamped">
                  <Markdown text={table.description} short />
                </div>
              )}
            </li>
          ))}
        </ul>
      </section>
    </main>
  )
}
