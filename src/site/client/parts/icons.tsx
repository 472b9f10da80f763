import type { Kind } from '../data/resource.ts'

/** Outlines on a 16 × 16 grid, drawn for this site. */
const SHAPES: Readonly<Record<Kind, string>> = {
  model: 'M8 1.8 13.6 5v6L8 14.2 2.4 11V5ZM2.4 5 8 8.2 13.6 5M8 8.2v6',
  source:
    'M2.5 4c0-1.2 2.4-2 5.5-2s5.5.8 5.5 2-2.4 2-5.5 2-5.5-.8-5.5-2ZM2.5 4v8c0 1.2 2.4 2 5.5 2s5.5-.8 5.5-2V4M2.5 8c0 1.2 2.4 2 5.5 2s5.5-.8 5.5-2',
  seed: 'M8 14V7.5M8 9C8 5.5 5.5 3.5 2.5 3.5 2.5 7 4.5 9 8 9ZM8 7.5c0-3 2-5 5.5-5 0 3.5-2 5-5.5 5Z',
  snapshot: 'M2 5h2.5L6 3h4l1.5 2H14v8H2ZM8 11.2a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8Z',
  exposure: 'M2 13.5h12M3.5 13V8.5h2V13M7 13V3h2v10M10.5 13V6h2v7',
  metric: 'M2.5 11.5a5.5 5.5 0 1 1 11 0M8 11.5 11 6.5',
  semantic_model: 'M8 2.5v4M8 6.5 3.5 10M8 6.5 12.5 10M6.5 2h3v2h-3ZM2 10h3v3H2ZM11 10h3v3h-3Z',
  saved_query: 'M4 2h8v12l-4-3-4 3Z',
  function: 'M11.5 2.5c-2-.8-3 .2-3.3 2L6.8 12c-.3 1.8-1.3 2.5-3 1.7M5.5 6.5h5.5',
  analysis: 'M3.5 2H10l2.5 2.5V14h-9ZM10 2v2.5h2.5M6 8h4M6 10.5h4',
  macro: 'M6 2.5C3 2.5 5 7 2.5 8 5 9 3 13.5 6 13.5M10 2.5c3 0 1 4.5 3.5 5.5-2.5 1-.5 5.5-3.5 5.5',
  test: 'M8 1.8 13.5 4v4c0 3.2-2.3 5.2-5.5 6.2C4.8 13.2 2.5 11.2 2.5 8V4ZM5.5 8l2 2 3.3-3.8',
  unit_test: 'M6 2h4M6.5 2v4L3 12.5c-.4.9.1 1.5 1 1.5h8c.9 0 1.4-.6 1-1.5L9.5 6V2M4.8 10h6.4',
}

const Stroke = ({ path, className }: { path: string; className?: string }) => (
  <svg class={className ?? 'icon'} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={path} />
  </svg>
)

/** The sign of a kind, in its colour. */
export const KindIcon = ({ kind }: { kind: Kind }) => (
  <Stroke path={SHAPES[kind]} className={`icon kind kind-${kind.replaceAll('_', '-')}`} />
)

const GLYPHS = {
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5 14 14',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
  check: 'M3 8.5 6.5 12 13 4.5',
  chevron: 'M6 3.5 10.5 8 6 12.5',
  graph: 'M2 6.5h3.5v3H2ZM10.5 2.5H14v3h-3.5ZM10.5 10.5H14v3h-3.5ZM5.5 8H8M8 4v8M8 4h2.5M8 12h2.5',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3Z',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  close: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  menu: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  folder: 'M2 4h4l1.5 1.5H14V13H2Z',
  external: 'M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11.5 9v4.5h-9v-9H7',
  help: 'M6 6a2 2 0 1 1 2.8 1.8c-.5.3-.8.7-.8 1.5M8 11.6v.4',
} as const

export type Glyph = keyof typeof GLYPHS

/** A sign of the interface. Decorative: the button around it carries the words. */
export const Icon = ({ name }: { name: Glyph }) => <Stroke path={GLYPHS[name]} />
