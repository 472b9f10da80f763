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

const HEADINGS = ['h3', 'h3', 'h4', 'h5', 'h6', 'h6'] as const

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

const List = ({ token }: { token: Tokens.List }) => {
  const items = token.items.map((item, index) => (
    <li key={index} class={item.task ? 'task' : undefined}>
      {item.task && <input type="checkbox" checked={item.checked === true} disabled />}
      {blocks(item.tokens)}
    </li>
  ))
  return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>
}

const blockToken = (token: Token): ComponentChildren => {
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return null
    case 'hr':
      return <hr />
    case 'heading': {
      const Heading = HEADINGS[(token as Tokens.Heading).depth - 1] ?? 'h6'
      return <Heading>{inline(token.tokens)}</Heading>
    }
    case 'code': {
      const { text, lang } = token as Tokens.Code
      return <Code code={text} language={lang ?? ''} />
    }
    case 'blockquote':
      return <blockquote>{blocks(token.tokens)}</blockquote>
    case 'list':
      return <List token={token as Tokens.List} />
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

const blocks = (tokens: readonly Token[] | undefined): ComponentChildren =>
  (tokens ?? []).map(blockToken)

/** Markdown of the project as elements. `short` keeps only the first paragraph, without its block. */
export const Markdown = ({ text, short }: { text: string; short?: boolean }) => {
  const tokens = useMemo(() => lexer(text, { gfm: true }), [text])
  if (!short) return <div class="prose">{blocks(tokens)}</div>
  const first = tokens.find(token => token.type !== 'space')
  const within = first && 'tokens' in first ? first.tokens : undefined
  return <span class="prose-short">{within ? inline(within) : (first?.raw ?? '')}</span>
}
