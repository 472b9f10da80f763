import { entries, type JsonObject, list, object, printed, text } from '../data/json.ts'
import { Code } from '../parts/code.tsx'
import { Section } from './section.tsx'

const Rows = ({ rows }: { rows: readonly JsonObject[] }) => {
  const names = [...new Set(rows.flatMap(row => entries(row).map(([key]) => key)))]
  if (names.length === 0) return <p class="empty">No rows.</p>
  return (
    <div class="table-scroll">
      <table class="rows">
        <thead>
          <tr>
            {names.map(name => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => {
            const cells = new Map(entries(row))
            return (
              <tr key={index}>
                {names.map(name => (
                  <td key={name}>
                    {cells.has(name) ? printed(cells.get(name)) : <span class="none">–</span>}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** Given or expected rows: written as records, or as csv or sql text, or kept in a file. */
const Given = ({ value }: { value: JsonObject }) => {
  const { rows, format, fixture } = value
  if (typeof rows === 'string') return <Code code={rows} language={text(format)} />
  if (Array.isArray(rows)) return <Rows rows={list(rows).map(object)} />
  return (
    <p>
      From the fixture <code>{text(fixture)}</code>.
    </p>
  )
}

/** What a unit test gives its model and what it expects of it. */
export const UnitTestRows = ({ entry }: { entry: JsonObject }) => (
  <Section id="rows" title="Given and expected">
    {list(entry.given)
      .map(object)
      .map((given, index) => (
        <div key={index} class="given">
          <h3>
            given <code>{text(given.input)}</code>
          </h3>
          <Given value={given} />
        </div>
      ))}
    <div class="given">
      <h3>expect</h3>
      <Given value={object(entry.expect)} />
    </div>
  </Section>
)
