import { lexer, type Token, type Tokens } from 'marked'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { Code } from './code.tsx'
import { decodeEntities } from './entities.ts'
import { isExternal, localImage, safeHref } from './safe-url.ts'

// Tokens become elements one by one; no HTML text is ever built, so none can be injected.

const inline = (tokens: readonly Token[] | undefined): ComponentChildren =>
  (tokens ?? []).map(inlineToken)

const Anchor = ({ href, children }: { href: string; children: ComponentChildren }) => {
  const safe = safeHref(decodeEntities(href))
  if (safe === undefined) return <>{children}</>
  return isExternal(safe) ? (
    <a href={safe} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ) : (
    <a href={safe}>{children}</a>
  )
}

const Picture = ({ token }: { token: Tokens.Image }) => {
  const source = localImage(decodeEntities(token.href))
  // The site asks nothing of other hosts: a picture there becomes a link to it.
  return source === undefined ? (
    <Anchor href={token.href}>{token.text || token.href}</Anchor>
  ) : (
    <img src={source} alt={token.text} loading="lazy" />
  )
}

/** HTML in a description shows as the text it is; only a line break means what it says. */
const rawHtml = (raw: string): ComponentChildren => {
  if (/^<br\s*\/?>\s*$/i.test(raw)) return <br />
  return /^\s*<!--[\s\S]*-->\s*$/.test(raw) ? null : raw
}

const inlineToken = (token: Token): ComponentChildren => {
  switch (token.type) {
    case 'strong':
      return <strong>{inline(token.tokens)}</strong>
    case 'em':
      return <em>{inline(token.tokens)}</em>
    case 'del':
      return <del>{inline(token.tokens)}</del>
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>
    case 'br':
      return <br />
    case 'link':
      return <Anchor href={(token as Tokens.Link).href}>{inline(token.tokens)}</Anchor>
    case 'image':
      return <Picture token={token as Tokens.Image} />
    case 'html':
      return rawHtml(token.raw)
    case 'escape':
      return (token as Tokens.Escape).text
    case 'text': {
      const { tokens, text } = token as Tokens.Text
      return tokens ? inline(tokens) : decodeEntities(text)
    }
    default:
      return token.raw
  }
}

const HEADINGS = ['h2', 'h3', 'h4', 'h5', 'h6'] as const

/** Headings of a text rank below those around it, by `under` steps. */
const headingOf = (depth: number, under: number) =>
  HEADINGS[Math.min(HEADINGS.length - 1, Math.max(0, depth - 2) + under)] ?? 'h6'

const Table = ({ token }: { token: Tokens.Table }) => (
  <div class="table-scroll">
    <table>
      <thead>
        <tr>
          {token.header.map((cell, index) => (
            <th key={index} class={cell.align ? `align-${cell.align}` : undefined}>
              {inline(cell.tokens)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {token.rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) => (
              <td key={column} class={cell.align ? `align-${cell.align}` : undefined}>
                {inline(cell.tokens)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

const List = ({ token, under }: { token: Tokens.List; under: number }) => {
  const items = token.items.map((item, index) => (
    <li key={index} class={item.task ? 'task' : undefined}>
      {item.task && <input type="checkbox" checked={item.checked === true} disabled />}
      {blocks(item.tokens, under)}
    </li>
  ))
  return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>
}

const blockToken = (token: Token, under: number): ComponentChildren => {
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return null
    case 'hr':
      return <hr />
    case 'heading': {
      const Heading = headingOf((token as Tokens.Heading).depth, under)
      return <Heading>{inline(token.tokens)}</Heading>
    }
    case 'code': {
      const { text, lang } = token as Tokens.Code
      return <Code code={text} language={lang ?? ''} />
    }
    case 'blockquote':
      return <blockquote>{blocks(token.tokens, under)}</blockquote>
    case 'list':
      return <List token={token as Tokens.List} under={under} />
    case 'table':
      return <Table token={token as Tokens.Table} />
    case 'paragraph':
      return <p>{inline(token.tokens)}</p>
    case 'html':
      return <p>{rawHtml(token.raw)}</p>
    default:
      return inlineToken(token)
  }
}

const blocks = (tokens: readonly Token[] | undefined, under: number): ComponentChildren =>
  (tokens ?? []).map(token => blockToken(token, under))

interface Props {
  readonly text: string
  /** Keeps only the first paragraph, without its block. */
  readonly short?: boolean
  /** The text stands directly under the page's title, not in a section of it. */
  readonly top?: boolean
}

/** Markdown of the project as elements. */
export const Markdown = ({ text, short, top }: Props) => {
  const tokens = useMemo(() => lexer(text, { gfm: true }), [text])
  if (!short) return <div class="prose">{blocks(tokens, top ? 0 : 1)}</div>
  const first = tokens.find(token => token.type !== 'space')
  const within = first && 'tokens' in first ? first.tokens : undefined
  return <span class="prose-short">{within ? inline(within) : (first?.raw ?? '')}</span>
}
