import { Fragment } from 'preact'
import type { Fact } from '../data/facts.ts'
import type { JsonObject } from '../data/json.ts'
import { entries, printed } from '../data/json.ts'
import { CopyButton } from './code.tsx'

/** A name that may break after its dots, slashes and underscores, and nowhere else. */
const Breakable = ({ text }: { text: string }) => (
  <code>
    {text.split(/(?<=[./_])/).map((part, index) => (
      <Fragment key={index}>
        {part}
        <wbr />
      </Fragment>
    ))}
  </code>
)

const Value = ({ fact }: { fact: Fact }) => (
  <>
    {fact.value.map(({ text, href }, index) =>
      href !== undefined ? (
        <a key={index} class="chip tag" href={href} title="Show in the lineage graph">
          {text}
        </a>
      ) : fact.code ? (
        <Breakable key={index} text={text} />
      ) : (
        <span key={index}>{text}</span>
      ),
    )}
    {fact.label === 'Relation' && (
      <CopyButton text={fact.value[0]?.text ?? ''} label="Copy the relation's name" />
    )}
  </>
)

/** The facts beside a page, and under them what `meta` says. */
export const FactsList = ({ facts, meta }: { facts: readonly Fact[]; meta: JsonObject }) => (
  <dl class="facts">
    {facts.map(fact => (
      <div key={fact.label}>
        <dt>{fact.label}</dt>
        <dd>
          <Value fact={fact} />
        </dd>
      </div>
    ))}
    {/* An owner is told above already. */}
    {entries(meta)
      .filter(([key]) => key !== 'owner')
      .map(([key, value]) => (
        <div key={`meta ${key}`}>
          <dt>
            {key} <small>meta</small>
          </dt>
          <dd>{typeof value === 'string' ? value : <code>{printed(value)}</code>}</dd>
        </div>
      ))}
  </dl>
)
