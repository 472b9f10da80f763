import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Project } from '../data/project.ts'
import { KIND_TEXT, KINDS, type Kind, LINEAGE_KINDS } from '../data/resource.ts'
import { type GraphQuery, graphHref, resourceHref } from '../data/route.ts'
import { select } from '../data/selector.ts'
import { KindIcon } from '../parts/icons.tsx'
import { goTo, useSite } from '../shell/context.ts'
import { type Graph, graphOf } from './graph.ts'
import { highlightOf } from './highlight.ts'
import { LineageView } from './lineage-view.tsx'
import { SelectionCard } from './selection-card.tsx'
import { SelectorHelp } from './selector-help.tsx'

interface FormProps {
  readonly query: GraphQuery
}

/** The selector boxes. Enter applies them by changing the address, so that a view can be shared. */
const SelectorForm = ({ query }: FormProps) => {
  const [include, setInclude] = useState(query.include)
  const [exclude, setExclude] = useState(query.exclude)
  useEffect(() => {
    setInclude(query.include)
    setExclude(query.exclude)
  }, [query.include, query.exclude])
  const onSubmit = (event: Event): void => {
    event.preventDefault()
    goTo(graphHref(include.trim(), exclude.trim()))
  }
  return (
    <form class="selector" onSubmit={onSubmit}>
      <label>
        <span>select</span>
        <input
          name="select"
          value={include}
          placeholder="everything – try +name, name+, 2+name+1, tag:daily"
          spellcheck={false}
          autocomplete="off"
          onInput={event => setInclude(event.currentTarget.value)}
        />
      </label>
      <label class="exclude">
        <span>exclude</span>
        <input
          name="exclude"
          value={exclude}
          placeholder="nothing"
          spellcheck={false}
          autocomplete="off"
          onInput={event => setExclude(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button primary">
        Show
      </button>
      {(query.include !== '' || query.exclude !== '') && (
        <a class="button" href={graphHref()}>
          Clear
        </a>
      )}
      <SelectorHelp />
    </form>
  )
}

interface KindsProps {
  readonly present: ReadonlyMap<Kind, number>
  readonly shown: ReadonlySet<Kind>
  onToggle(kind: Kind): void
}

const KindFilter = ({ present, shown, onToggle }: KindsProps) => (
  <fieldset class="kinds">
    <legend class="visually-hidden">Kinds of nodes</legend>
    {KINDS.filter(kind => present.has(kind)).map(kind => (
      <label key={kind} class="kind-toggle">
        <input type="checkbox" checked={shown.has(kind)} onChange={() => onToggle(kind)} />
        <KindIcon kind={kind} />
        <span>{KIND_TEXT[kind].many}</span>
        <span class="count">{present.get(kind)}</span>
      </label>
    ))}
  </fieldset>
)

const toggled = <T,>(set: ReadonlySet<T>, item: T): ReadonlySet<T> => {
  const next = new Set(set)
  if (!next.delete(item)) next.add(item)
  return next
}

/** What is selected, what kinds that holds, and the graph of the kinds that are to be shown. */
const useSelection = (project: Project, query: GraphQuery, shown: ReadonlySet<Kind>) => {
  const { include, exclude } = query
  const chosen = useMemo(() => select(project, include, exclude), [project, include, exclude])
  const present = useMemo(() => {
    const counts = new Map<Kind, number>()
    for (const id of chosen.ids) {
      const kind = project.resources.get(id)?.kind
      if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    return counts
  }, [project, chosen])
  const graph = useMemo(() => {
    const ids = [...chosen.ids].filter(id => shown.has(project.resources.get(id)!.kind))
    return graphOf(project, ids)
  }, [project, chosen, shown])
  return { problems: chosen.problems, present, graph }
}

/** The drawing with the card of the selected node over it. */
const Drawing = ({ graph }: { graph: Graph }) => {
  const { project, theme } = useSite()
  const [selected, setSelected] = useState<string | undefined>()
  const highlight = useMemo(() => highlightOf(graph, selected), [graph, selected])
  const resource = highlight && project.resources.get(highlight.id)
  return (
    <div class="graph-body">
      {graph.nodes.length === 0 ? (
        <p class="empty">Nothing to draw: no node is selected.</p>
      ) : (
        <LineageView
          graph={graph}
          selected={selected}
          embedded={false}
          theme={theme}
          label={`Lineage of ${project.name}, ${graph.nodes.length} nodes`}
          onSelect={setSelected}
          onOpen={node => goTo(resourceHref(node))}
        />
      )}
      {resource && highlight && (
        <SelectionCard
          resource={resource}
          highlight={highlight}
          onClose={() => setSelected(undefined)}
        />
      )}
      <p class="graph-status">
        {graph.nodes.length} nodes · {graph.edges.length} edges
      </p>
    </div>
  )
}

/** The lineage of the whole project, or of what the selector names. */
export const GraphPage = ({ query }: { query: GraphQuery }) => {
  const { project } = useSite()
  const [shown, setShown] = useState<ReadonlySet<Kind>>(new Set(LINEAGE_KINDS))
  const { problems, present, graph } = useSelection(project, query, shown)
  return (
    <main class="graph-page" id="content" tabIndex={-1}>
      <h1 class="visually-hidden">Lineage</h1>
      <div class="graph-head">
        <SelectorForm query={query} />
        <KindFilter
          present={present}
          shown={shown}
          onToggle={kind => setShown(toggled(shown, kind))}
        />
      </div>
      {problems.length > 0 && (
        <p class="problems" role="alert">
          {problems.join('; ')}
        </p>
      )}
      <Drawing graph={graph} />
    </main>
  )
}
