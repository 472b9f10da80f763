import { useEffect, useRef, useState } from 'preact/hooks'
import type { Project } from '../data/project.ts'
import type { Route } from '../data/route.ts'
import { GraphPage } from '../lineage/graph-page.tsx'
import { NotFound } from '../pages/not-found.tsx'
import { OverviewPage } from '../pages/overview-page.tsx'
import { ResourcePage } from '../pages/resource-page.tsx'
import { SourcePage } from '../pages/source-page.tsx'
import { Icon } from '../parts/icons.tsx'
import { SiteProvider } from './context.ts'
import { SearchDialog } from './search-dialog.tsx'
import { Sidebar } from './sidebar.tsx'
import { useTheme } from './theme.ts'
import { useRoute } from './use-route.ts'

const Content = ({ project, route }: { project: Project; route: Route }) => {
  const { page, graph } = route
  if (graph) return <GraphPage query={graph} />
  switch (page.kind) {
    case 'overview':
      return <OverviewPage packageName={page.packageName} />
    case 'source':
      return <SourcePage name={page.name} />
    case 'resource': {
      const resource = project.resources.get(page.id)
      return resource ? (
        <ResourcePage key={resource.id} resource={resource} />
      ) : (
        <NotFound what={page.id} />
      )
    }
  }
}

const titleOf = (project: Project, { page, graph }: Route): string => {
  const name = project.name || 'Documentation'
  if (graph) return `Lineage · ${name}`
  if (page.kind === 'source') return `${page.name} · ${name}`
  if (page.kind === 'overview') return page.packageName ? `${page.packageName} · ${name}` : name
  return `${project.resources.get(page.id)?.label ?? 'Not found'} · ${name}`
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null

/** Opens the search with `/` or Ctrl+K. */
const useSearchKeys = (onOpen: () => void): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isSlash = event.key === '/' && !isTyping(event.target) && !event.ctrlKey
      const isK = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
      if (!isSlash && !isK) return
      event.preventDefault()
      onOpen()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  })
}

/** Sets the title, scrolls to the top or to the section, and hands the focus to the new page. */
const useArrival = (project: Project, route: Route): void => {
  const first = useRef(true)
  const { page, graph, section } = route
  const place = JSON.stringify([page, graph !== undefined])
  useEffect(() => {
    document.title = titleOf(project, route)
    if (!first.current) document.getElementById('content')?.focus({ preventScroll: true })
    first.current = false
    if (section === undefined) scrollTo(0, 0)
  }, [project, place])
  useEffect(() => {
    if (section !== undefined) document.getElementById(section)?.scrollIntoView()
  }, [place, section])
}

/** The whole site. */
export const App = ({ project }: { project: Project }) => {
  const route = useRoute()
  const [theme, flipTheme] = useTheme()
  const [searching, setSearching] = useState(false)
  const [menuOpen, setMenuOpen] = useState(false)
  useSearchKeys(() => setSearching(true))
  useArrival(project, route)
  const place = JSON.stringify(route)
  useEffect(() => setMenuOpen(false), [place])
  const current = route.page.kind === 'resource' && !route.graph ? route.page.id : undefined
  return (
    <SiteProvider value={{ project, theme }}>
      <div class={menuOpen ? 'site menu-open' : 'site'}>
        <button
          type="button"
          class="skip"
          onClick={() => document.getElementById('content')?.focus()}
        >
          Skip to the content
        </button>
        <div class="topbar">
          <button
            type="button"
            class="icon-button"
            aria-label="Menu"
            aria-expanded={menuOpen}
            onClick={() => setMenuOpen(!menuOpen)}
          >
            <Icon name="menu" />
          </button>
          <strong>{project.name}</strong>
          <button
            type="button"
            class="icon-button"
            aria-label="Search"
            onClick={() => setSearching(true)}
          >
            <Icon name="search" />
          </button>
        </div>
        <Sidebar
          current={current}
          graphOpen={route.graph !== undefined}
          onSearch={() => setSearching(true)}
          onFlipTheme={flipTheme}
        />
        <Content project={project} route={route} />
        <SearchDialog open={searching} onClose={() => setSearching(false)} />
      </div>
    </SiteProvider>
  )
}
