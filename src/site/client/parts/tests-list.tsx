import type { Resource } from '../data/resource.ts'
import { resourceHref } from '../data/route.ts'
import { testArguments, testColumn, testSeverity, testText } from '../data/test-text.ts'
import { KindIcon } from './icons.tsx'
import { Markdown } from './markdown.tsx'

const Test = ({ test }: { test: Resource }) => {
  const column = testColumn(test)
  const rest = testArguments(test)
  return (
    <li>
      <a class="resource-link" href={resourceHref(test)} title={test.name}>
        <KindIcon kind={test.kind} />
        <span>{test.kind === 'test' ? testText(test) : test.name}</span>
      </a>
      {column !== '' && (
        <span class="on">
          on <code>{column}</code>
        </span>
      )}
      {testSeverity(test) === 'warn' && <span class="chip warn">warns</span>}
      {rest.map(([key, value]) => (
        <span key={key} class="note">
          {key}: <code>{value}</code>
        </span>
      ))}
      {test.description !== '' && <Markdown text={test.description} short />}
    </li>
  )
}

/** The tests of a resource, those of columns included. */
export const TestsList = ({ tests }: { tests: readonly Resource[] }) => (
  <ul class="tests">
    {tests.map(test => (
      <Test key={test.id} test={test} />
    ))}
  </ul>
)
