import { useState } from 'preact/hooks'
import { entries, printed } from '../data/json.ts'
import type { Column, Resource } from '../data/resource.ts'
import { resourceHref } from '../data/route.ts'
import { testColumn, testSeverity, testText } from '../data/test-text.ts'
import { Markdown } from './markdown.tsx'

/** From this many columns on there is a box to filter them. */
const FILTER_FROM = 12

const Tests = ({ tests }: { tests: readonly Resource[] }) => (
  <ul class="chips">
    {tests.map(test => (
      <li key={test.id}>
        <a class={`chip test ${testSeverity(test)}`} href={resourceHref(test)} title={test.name}>
          {testText(test)}
        </a>
      </li>
    ))}
  </ul>
)

const Notes = ({ column }: { column: Column }) => {
  const meta = entries(column.meta)
  if (column.tags.length === 0 && meta.length === 0) return null
  return (
    <p class="notes">
      {column.tags.map(tag => (
        <span key={tag} class="chip tag">
          {tag}
        </span>
      ))}
      {meta.map(([key, value]) => (
        <span key={key} class="note">
          {key}: <code>{printed(value)}</code>
        </span>
      ))}
    </p>
  )
}

const Row = ({ column, tests }: { column: Column; tests: readonly Resource[] }) => (
  <tr id={`column-${column.name}`}>
    <th scope="row">
      <code>{column.name}</code>
      {column.inWarehouse === false && (
        <span class="absent" title="The catalog does not list this column">
          not in the warehouse
        </span>
      )}
    </th>
    <td class="type">
      {column.type === '' ? <span class="none">–</span> : <code>{column.type.toLowerCase()}</code>}
    </td>
    <td>
      {column.description === '' ? (
        <span class="none">–</span>
      ) : (
        <Markdown text={column.description} />
      )}
      <Notes column={column} />
    </td>
    <td>
      {column.constraints.length > 0 && (
        <ul class="chips">
          {column.constraints.map(constraint => (
            <li key={constraint}>
              <span class="chip constraint" title="Constraint of the contract">
                {constraint}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Tests tests={tests} />
    </td>
  </tr>
)

interface Props {
  readonly columns: readonly Column[]
  readonly tests: readonly Resource[]
}

/** The columns of a relation with types, descriptions, constraints and tests. */
export const ColumnsTable = ({ columns, tests }: Props) => {
  const [filter, setFilter] = useState('')
  const wanted = filter.trim().toLowerCase()
  const shown = columns.filter(
    ({ name, description }) =>
      name.toLowerCase().includes(wanted) || description.toLowerCase().includes(wanted),
  )
  const ofColumn = (column: Column): readonly Resource[] =>
    tests.filter(test => testColumn(test) === column.name.toLowerCase())
  return (
    <>
      {columns.length >= FILTER_FROM && (
        <input
          type="search"
          class="filter"
          placeholder={`Filter ${columns.length} columns`}
          aria-label="Filter columns"
          value={filter}
          onInput={event => setFilter(event.currentTarget.value)}
        />
      )}
      <div class="table-scroll">
        <table class="columns">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Type</th>
              <th scope="col">Description</th>
              <th scope="col">Tests</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(column => (
              <Row key={column.name} column={column} tests={ofColumn(column)} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && <p class="empty">No column matches “{filter}”.</p>}
    </>
  )
}
