import { Icon } from '../parts/icons.tsx'

const FORMS: readonly (readonly [string, string])[] = [
  ['orders', 'one node, by name; * ? [a-z] match'],
  ['+orders', 'with everything it comes from'],
  ['orders+', 'with everything that comes from it'],
  ['2+orders+1', 'two steps up, one step down'],
  ['@orders', 'its descendants and all they need'],
  ['a b', 'either'],
  ['a+,tag:daily', 'both at once'],
  ['tag:daily', 'also path: source: exposure: package: group: access: resource_type: file:'],
  ['config.materialized:table', 'any key of the configuration'],
]

/** What can be written into the selector box. */
export const SelectorHelp = () => (
  <details class="help">
    <summary aria-label="How to select" title="How to select">
      <Icon name="help" />
    </summary>
    <div class="popover">
      <table>
        <tbody>
          {FORMS.map(([form, meaning]) => (
            <tr key={form}>
              <th scope="row">
                <code>{form}</code>
              </th>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>Drag to pan, wheel to zoom, click to select, double-click to open. Arrow keys walk.</p>
    </div>
  </details>
)
