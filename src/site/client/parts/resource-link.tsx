import { KIND_TEXT, KINDS, type Resource } from '../data/resource.ts'
import { resourceHref } from '../data/route.ts'
import { KindIcon } from './icons.tsx'

/** A link to a resource with the sign of its kind. */
const ResourceLink = ({ resource }: { resource: Resource }) => (
  <a class="resource-link" href={resourceHref(resource)}>
    <KindIcon kind={resource.kind} />
    <span>{resource.label}</span>
  </a>
)

/** Resources under the names of their kinds. */
export const ResourcesByKind = ({ resources }: { resources: readonly Resource[] }) => (
  <div class="by-kind">
    {KINDS.map(kind => {
      const own = resources.filter(resource => resource.kind === kind)
      if (own.length === 0) return null
      return (
        <div key={kind}>
          <h3>
            {own.length === 1 ? KIND_TEXT[kind].one : KIND_TEXT[kind].many}
            <span class="count">{own.length}</span>
          </h3>
          <ul>
            {own.map(resource => (
              <li key={resource.id}>
                <ResourceLink resource={resource} />
              </li>
            ))}
          </ul>
        </div>
      )
    })}
  </div>
)
