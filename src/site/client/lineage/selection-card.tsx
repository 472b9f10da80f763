import { KIND_TEXT, type Resource } from '../data/resource.ts'
import { graphHref, resourceHref } from '../data/route.ts'
import { Icon, KindIcon } from '../parts/icons.tsx'
import { Markdown } from '../parts/markdown.tsx'
import type { Highlight } from './highlight.ts'
import { selectorOf } from './selector-of.ts'

interface Props {
  readonly resource: Resource
  readonly highlight: Highlight
  onClose(): void
}

/** What is known of the selected node, and where to go from it. */
export const SelectionCard = ({ resource, highlight, onClose }: Props) => {
  const name = selectorOf(resource)
  return (
    <aside class="selection" aria-label="Selected node">
      <button type="button" class="close" aria-label="Clear the selection" onClick={onClose}>
        <Icon name="close" />
      </button>
      <p class="eyebrow">
        <KindIcon kind={resource.kind} />
        {KIND_TEXT[resource.kind].one}
        {resource.materialized !== '' && ` · ${resource.materialized}`}
        {resource.hidden && ' · hidden from the docs'}
      </p>
      <h2>
        <a href={resourceHref(resource)}>{resource.label}</a>
      </h2>
      {resource.description !== '' && (
        <div class="clamped">
          <Markdown text={resource.description} short />
        </div>
      )}
      <p class="sides">
        <span class="up">{highlight.ancestors.size} upstream</span>
        <span class="down">{highlight.descendants.size} downstream</span>
      </p>
      <p class="actions">
        <a class="button primary" href={resourceHref(resource)}>
          Open page
        </a>
        <a class="button" href={graphHref(`+${name}+`)}>
          Only its lineage
        </a>
      </p>
    </aside>
  )
}
