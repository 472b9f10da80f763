import { type JsonObject, list, object, text } from '../data/json.ts'
import { Markdown } from '../parts/markdown.tsx'
import { Section } from './section.tsx'

/** What a macro takes. */
export const MacroArguments = ({ entry }: { entry: JsonObject }) => {
  const all = list(entry.arguments).map(object)
  if (all.length === 0) return null
  return (
    <Section id="arguments" title="Arguments" count={all.length}>
      <div class="table-scroll">
        <table class="columns">
          <thead>
            <tr>
              <th scope="col">Argument</th>
              <th scope="col">Type</th>
              <th scope="col">Description</th>
            </tr>
          </thead>
          <tbody>
            {all.map((argument, index) => (
              <tr key={index}>
                <th scope="row">
                  <code>{text(argument.name)}</code>
                </th>
                <td class="type">
                  <code>{text(argument.type)}</code>
                </td>
                <td>
                  <Markdown text={text(argument.description)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
