import { text } from '../data/json.ts'
import type { Project } from '../data/project.ts'
import type { Resource } from '../data/resource.ts'
import { resourceHref } from '../data/route.ts'
import { Code, CopyButton, type Resolve } from '../parts/code.tsx'
import { type Tab, Tabs } from '../parts/tabs.tsx'
import { useSite } from '../shell/context.ts'
import { Section } from './section.tsx'

/** Links the name in a ref or source to the parent that it means. */
const resolveWithin = (project: Project, resource: Resource): Resolve => {
  const parents = resource.parents.flatMap(id => project.resources.get(id) ?? [])
  return name => {
    const found = parents.find(parent => text(parent.entry.name) === name)
    return found && resourceHref(found)
  }
}

const exampleOf = (resource: Resource): string => {
  if (resource.relation === '') return ''
  const names = resource.columns.map(({ name }) => `\n    ${name}`)
  return `select${names.length === 0 ? ' *' : names.join(',')}\nfrom ${resource.relation}\n`
}

const tab = (name: string, code: string, language: string, resolve?: Resolve): readonly Tab[] =>
  code.trim() === ''
    ? []
    : [
        {
          name,
          content: (
            <Code
              code={code.replace(/^\s*\n|\s+$/g, '')}
              language={language}
              numbered
              resolve={resolve}
            />
          ),
          aside: <CopyButton text={code} label={`Copy the ${name.toLowerCase()} code`} />,
        },
      ]

/** The code of a resource: as written, as compiled; for stored data a query that reads it. */
export const CodeSection = ({ resource }: { resource: Resource }) => {
  const { project } = useSite()
  const { kind, rawCode, compiledCode, entry } = resource
  const language = entry.language === 'python' ? 'python' : 'sql'
  const isData = kind === 'source' || kind === 'seed'
  const tabs = [
    ...tab('Source', rawCode, language, resolveWithin(project, resource)),
    ...tab('Compiled', compiledCode, language),
    ...(isData ? tab('Example', exampleOf(resource), 'sql') : []),
  ]
  if (tabs.length === 0) return null
  return (
    <Section id="code" title="Code">
      <Tabs key={resource.id} label="Code" tabs={tabs} />
    </Section>
  )
}
