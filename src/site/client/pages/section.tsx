import type { ComponentChildren } from 'preact'

interface Props {
  /** The name that a link can end in, `#columns`. */
  readonly id: string
  readonly title: string
  readonly count?: number
  readonly children: ComponentChildren
}

/** A part of a page with its heading. */
export const Section = ({ id, title, count, children }: Props) => (
  <section id={id} aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>
      {title}
      {count !== undefined && <span class="count">{count}</span>}
    </h2>
    {children}
  </section>
)
