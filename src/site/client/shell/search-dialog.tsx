import type { RefObject } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { KIND_TEXT } from '../data/resource.ts'
import { resourceHref } from '../data/route.ts'
import { type Hit, search, searchIndex } from '../data/search.ts'
import { Icon, KindIcon } from '../parts/icons.tsx'
import { Markdown } from '../parts/markdown.tsx'
import { goTo, useSite } from './context.ts'

const MOST_HITS = 50

/** The label with the words of the query marked where they stand in it. */
const Marked = ({ label, query }: { label: string; query: string }) => {
  const lower = label.toLowerCase()
  const marks = new Set<number>()
  for (const word of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = lower.indexOf(word)
    for (let index = at; at >= 0 && index < at + word.length; index += 1) marks.add(index)
  }
  const runs: { text: string; marked: boolean }[] = []
  for (let index = 0; index < label.length; index += 1) {
    const last = runs.at(-1)
    const marked = marks.has(index)
    if (last?.marked === marked) last.text += label[index]
    else runs.push({ text: label[index]!, marked })
  }
  return (
    <>
      {runs.map((run, index) =>
        run.marked ? <mark key={index}>{run.text}</mark> : <span key={index}>{run.text}</span>,
      )}
    </>
  )
}

const Why = ({ hit }: { hit: Hit }) => {
  const { place, matched, resource } = hit
  if (place === 'column' || place === 'tag') {
    return (
      <span class="why">
        {place} <code>{matched}</code>
      </span>
    )
  }
  if (place === 'code') return <span class="why">in the code</span>
  return resource.description === '' ? (
    <span class="why">{resource.path}</span>
  ) : (
    <span class="why">
      <Markdown text={resource.description} short />
    </span>
  )
}

interface HitProps {
  readonly hit: Hit
  readonly query: string
  readonly id: string
  readonly active: boolean
  onPick(): void
  onHover(): void
}

const Result = ({ hit, query, id, active, onPick, onHover }: HitProps) => (
  <a
    id={id}
    class={active ? 'hit active' : 'hit'}
    role="option"
    aria-selected={active}
    href={resourceHref(hit.resource)}
    tabIndex={-1}
    onClick={onPick}
    onPointerMove={onHover}
  >
    <KindIcon kind={hit.resource.kind} />
    <span class="hit-name">
      <Marked label={hit.resource.label} query={query} />
    </span>
    <Why hit={hit} />
    <span class="hit-kind">{KIND_TEXT[hit.resource.kind].one}</span>
  </a>
)

interface BoxProps {
  readonly input: RefObject<HTMLInputElement | null>
  readonly query: string
  /** The id of the chosen hit; undefined without hits. */
  readonly activeId: string | undefined
  onQuery(query: string): void
  onKeyDown(event: KeyboardEvent): void
}

const SearchBox = ({ input, query, activeId, onQuery, onKeyDown }: BoxProps) => (
  <div class="search-box">
    <Icon name="search" />
    <input
      ref={input}
      type="text"
      role="combobox"
      aria-label="Search names, columns, tags, descriptions and code"
      aria-expanded={activeId !== undefined}
      aria-controls="hits"
      aria-activedescendant={activeId}
      placeholder="Search names, columns, tags, descriptions, code"
      autocomplete="off"
      spellcheck={false}
      value={query}
      onInput={event => onQuery(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
    <kbd>esc</kbd>
  </div>
)

const Advice = ({ query, found }: { query: string; found: boolean }) => {
  if (query.trim() === '') {
    return (
      <p class="hint">
        Several words narrow the search; names rank first, and typing errors are forgiven.
      </p>
    )
  }
  return found ? null : <p class="empty">Nothing in this project matches “{query}”.</p>
}

/** The hits for what is typed, and which of them is chosen. */
const useHits = (open: boolean) => {
  const { project } = useSite()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  // Built when the search is first opened: a page that is only read need not wait for it.
  const [wanted, setWanted] = useState(false)
  const index = useMemo(() => (wanted ? searchIndex(project) : undefined), [project, wanted])
  const hits = useMemo(() => (index ? search(index, query, MOST_HITS) : []), [index, query])
  useEffect(() => {
    if (open) setWanted(true)
  }, [open])
  useEffect(() => {
    document.getElementById(`hit-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const ask = (text: string): void => {
    setQuery(text)
    setActive(0)
  }
  return { query, ask, hits, active, setActive }
}

/** The search, over the page. Opens with `/` or Ctrl+K; arrows choose, Enter goes. */
export const SearchDialog = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const { query, ask, hits, active, setActive } = useHits(open)
  useEffect(() => {
    if (!open) {
      dialog.current?.close()
      return
    }
    dialog.current?.showModal()
    input.current?.select()
  }, [open])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setActive(Math.min(hits.length - 1, active + 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1))
    else if (event.key === 'Enter') {
      const hit = hits[active]
      if (!hit) return
      goTo(resourceHref(hit.resource))
      onClose()
    } else return
    event.preventDefault()
  }
  const onClick = (event: MouseEvent): void => {
    if (event.target === dialog.current) onClose()
  }
  const activeId = hits.length > 0 ? `hit-${active}` : undefined
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click on the backdrop; Escape is the key
    <dialog ref={dialog} class="search" aria-label="Search" onClose={onClose} onClick={onClick}>
      <SearchBox {...{ input, query, activeId, onKeyDown }} onQuery={ask} />
      <div id="hits" role="listbox" aria-label="Results">
        {hits.map((hit, place) => (
          <Result
            key={hit.resource.id}
            id={`hit-${place}`}
            hit={hit}
            query={query}
            active={place === active}
            onPick={onClose}
            onHover={() => place !== active && setActive(place)}
          />
        ))}
      </div>
      <Advice query={query} found={hits.length > 0} />
    </dialog>
  )
}
