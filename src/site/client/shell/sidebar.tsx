import { useMemo, useState } from 'preact/hooks'
import { graphHref, overviewHref } from '../data/route.ts'
import { projectTree, type TreeMode } from '../data/tree.ts'
import { Icon } from '../parts/icons.tsx'
import { useSite } from './context.ts'
import { TreeView } from './tree-view.tsx'

const MODE_TEXT: Readonly<Record<TreeMode, string>> = {
  folders: 'Project',
  database: 'Database',
  groups: 'Groups',
}

interface Props {
  readonly current: string | undefined
  readonly graphOpen: boolean
  onSearch(): void
  onFlipTheme(): void
}

/** Name, search, graph and the tree of the project. */
export const Sidebar = ({ current, graphOpen, onSearch, onFlipTheme }: Props) => {
  const { project, theme } = useSite()
  const [mode, setMode] = useState<TreeMode>('folders')
  const nodes = useMemo(() => projectTree(project, mode), [project, mode])
  const modes: readonly TreeMode[] =
    project.groups.size > 0 ? ['folders', 'database', 'groups'] : ['folders', 'database']
  return (
    <nav class="sidebar" aria-label="Project">
      <div class="brand">
        <a href={overviewHref()}>{project.name || 'Documentation'}</a>
        <button
          type="button"
          class="icon-button"
          aria-label={theme === 'dark' ? 'Light mode' : 'Dark mode'}
          title={theme === 'dark' ? 'Light mode' : 'Dark mode'}
          onClick={onFlipTheme}
        >
          <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
        </button>
      </div>
      <div class="side-actions">
        <button type="button" class="search-open" onClick={onSearch}>
          <Icon name="search" />
          <span>Search</span>
          <kbd>/</kbd>
        </button>
        <a
          class="graph-open"
          href={graphHref()}
          title="Lineage graph"
          aria-label="Lineage graph"
          aria-current={graphOpen ? 'page' : undefined}
        >
          <Icon name="graph" />
        </a>
      </div>
      <fieldset class="segments">
        <legend class="visually-hidden">Order the tree by</legend>
        {modes.map(choice => (
          <label key={choice}>
            <input
              type="radio"
              name="tree-mode"
              checked={choice === mode}
              onChange={() => setMode(choice)}
            />
            <span>{MODE_TEXT[choice]}</span>
          </label>
        ))}
      </fieldset>
      <TreeView nodes={nodes} current={current} label={MODE_TEXT[mode]} />
    </nav>
  )
}
