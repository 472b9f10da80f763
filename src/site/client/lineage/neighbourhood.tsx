import { useMemo, useState } from 'preact/hooks'
import type { Project } from '../data/project.ts'
import { LINEAGE_KINDS, type Resource } from '../data/resource.ts'
import { graphHref, resourceHref } from '../data/route.ts'
import { reach } from '../data/walk.ts'
import { goTo, useSite } from '../shell/context.ts'
import { type Graph, graphOf } from './graph.ts'
import { LineageView } from './lineage-view.tsx'
import { selectorOf } from './selector-of.ts'

const DEPTHS = [1, 2, 3, Number.POSITIVE_INFINITY] as const

const isDrawn = (project: Project, id: string): boolean => {
  const kind = project.resources.get(id)?.kind
  return kind !== undefined && LINEAGE_KINDS.includes(kind)
}

/** What a resource reads and what reads it, up to `depth` steps each way. */
const around = (project: Project, resource: Resource, depth: number): Graph => {
  const up = (id: string): readonly string[] => project.resources.get(id)?.parents ?? []
  const down = (id: string): readonly string[] => project.children.get(id) ?? []
  const near = [...reach([resource.id], up, depth), ...reach([resource.id], down, depth)]
  return graphOf(project, [resource.id, ...near.filter(id => isDrawn(project, id))])
}

/** The lineage around one resource, on its page. */
export const Neighbourhood = ({ resource }: { resource: Resource }) => {
  const { project, theme } = useSite()
  const [depth, setDepth] = useState<number>(1)
  const [selected, setSelected] = useState<string | undefined>()
  const graph = useMemo(() => around(project, resource, depth), [project, resource, depth])
  const steps = depth === Number.POSITIVE_INFINITY ? '' : depth
  const name = selectorOf(resource)
  return (
    <div class="neighbourhood">
      <div class="graph-bar">
        <fieldset class="segments">
          <legend class="visually-hidden">Steps from {resource.label}</legend>
          {DEPTHS.map(choice => (
            <label key={choice}>
              <input
                type="radio"
                name="depth"
                checked={choice === depth}
                onChange={() => setDepth(choice)}
              />
              <span>{choice === Number.POSITIVE_INFINITY ? 'all' : choice}</span>
            </label>
          ))}
        </fieldset>
        <span class="hint">steps each way; a double-click opens</span>
        <a class="button" href={graphHref(`${steps}+${name}+${steps}`)}>
          Open in the full graph
        </a>
      </div>
      <LineageView
        graph={graph}
        selected={selected}
        focus={resource.id}
        embedded
        theme={theme}
        label={`Lineage of ${resource.label}`}
        onSelect={setSelected}
        onOpen={node => goTo(resourceHref(node))}
      />
    </div>
  )
}
