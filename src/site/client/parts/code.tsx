import { useMemo, useState } from 'preact/hooks'
import { copyText } from './copy.ts'
import { type CodeToken, highlightSql } from './highlight-sql.ts'
import { Icon } from './icons.tsx'

/** Past this length (characters) code shows without colours. */
const MOST_HIGHLIGHTED = 200_000

const HIGHLIGHTED = new Set(['sql', 'jinja', 'jinja2', 'sql+jinja'])

/** Finds the page of what a `ref` or `source` names. */
export type Resolve = (name: string) => string | undefined

const linesOf = (tokens: readonly CodeToken[]): readonly (readonly CodeToken[])[] => {
  const lines: CodeToken[][] = [[]]
  for (const { type, text } of tokens) {
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([])
      if (part !== '') lines.at(-1)!.push({ type, text: part })
    })
  }
  return lines
}

const Piece = ({ token, resolve }: { token: CodeToken; resolve: Resolve | undefined }) => {
  if (token.type === 'plain') return <>{token.text}</>
  if (token.type !== 'reference') return <span class={`t-${token.type}`}>{token.text}</span>
  const href = resolve?.(token.text.slice(1, -1))
  return href === undefined ? (
    <span class="t-string">{token.text}</span>
  ) : (
    <a class="t-string" href={href}>
      {token.text}
    </a>
  )
}

/** A button that copies a text and says that it did. */
export const CopyButton = ({ text, label }: { text: string; label: string }) => {
  const [copied, setCopied] = useState(false)
  const onClick = async (): Promise<void> => {
    if (!(await copyText(text))) return
    setCopied(true)
    setTimeout(() => setCopied(false), 1600)
  }
  return (
    <button type="button" class="copy" aria-label={label} title={label} onClick={onClick}>
      <Icon name={copied ? 'check' : 'copy'} />
      <span aria-live="polite">{copied ? 'Copied' : 'Copy'}</span>
    </button>
  )
}

interface Props {
  readonly code: string
  readonly language: string
  readonly numbered?: boolean
  readonly resolve?: Resolve
}

/** A block of code, coloured when it is SQL. */
export const Code = ({ code, language, numbered, resolve }: Props) => {
  const lines = useMemo(() => {
    const colour = HIGHLIGHTED.has(language.toLowerCase()) && code.length <= MOST_HIGHLIGHTED
    return linesOf(colour ? highlightSql(code) : [{ type: 'plain', text: code }])
  }, [code, language])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: code scrolls sideways, also by keyboard
    <pre class={numbered ? 'code numbered' : 'code'} tabIndex={0}>
      <code>
        {lines.map((line, index) => (
          <span key={index} class="line">
            {line.map((token, column) => (
              <Piece key={column} token={token} resolve={resolve} />
            ))}
            {'\n'}
          </span>
        ))}
      </code>
    </pre>
  )
}
