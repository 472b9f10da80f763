interface UrlizeOptions {
  /** Code points of a link's text before it is cut; undefined for all. */
  readonly limit: number | undefined
  /** Attribute values, already escaped. */
  readonly rel: string
  readonly target: string | undefined
  readonly schemes: readonly string[]
}

const url = new RegExp(
  '^(?:' +
    // Scheme or www, subdomains, and any top-level domain.
    '(?:https?://|www\\.)(?:(?:[\\w%-]+\\.)+)?(?:[a-z]{2,63}|xn--[\\w%]{2,59})' +
    // A bare domain only under the oldest top-level domains.
    '|(?:[\\w%-]{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)' +
    // An address in numbers.
    '|https?://(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[(?:[\\da-f]{0,4}:){2}(?:[\\da-f]{0,4}:?){1,6}\\])' +
    ')(?::\\d{1,5})?(?:[/?#]\\S*)?$',
  'i',
)
const email = /^\S+@\w[\w.-]*\.\w+$/

interface Word {
  readonly head: string
  readonly middle: string
  readonly tail: string
}

const brackets = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
] as const

const count = (text: string, part: string): number => text.split(part).length - 1

// Brackets and punctuation around a link are not part of it, unless they balance inside of it.
const trimmed = (word: string): Word => {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? ''
  let middle = word.slice(head.length)
  let tail = /(?:[)>.,\n]|&gt;)+$/.exec(middle)?.[0] ?? ''
  middle = middle.slice(0, middle.length - tail.length)
  for (const [open, close] of brackets) {
    const opened = count(middle, open)
    if (opened <= count(middle, close)) continue
    for (let i = Math.min(opened, count(tail, close)); i > 0; i--) {
      const end = tail.indexOf(close) + close.length
      middle += tail.slice(0, end)
      tail = tail.slice(end)
    }
  }
  return { head, middle, tail }
}

const cut = (text: string, limit: number | undefined): string => {
  const points = Array.from(text)
  return limit !== undefined && points.length > limit
    ? `${points.slice(0, limit).join('')}...`
    : text
}

const isEmail = (text: string): boolean =>
  text.includes('@') &&
  !text.startsWith('www.') &&
  !text.startsWith('@') &&
  !text.includes(':') &&
  email.test(text)

const linked = (text: string, { limit, rel, target, schemes }: UrlizeOptions): string => {
  const attributes = `${rel ? ` rel="${rel}"` : ''}${target ? ` target="${target}"` : ''}`
  if (url.test(text)) {
    const href = /^https?:\/\//.test(text) ? text : `https://${text}`
    return `<a href="${href}"${attributes}>${cut(text, limit)}</a>`
  }
  if (text.startsWith('mailto:') && email.test(text.slice(7))) {
    return `<a href="${text}">${text.slice(7)}</a>`
  }
  if (isEmail(text)) return `<a href="mailto:${text}">${text}</a>`
  const scheme = schemes.find(start => text !== start && text.startsWith(start))
  return scheme === undefined ? text : `<a href="${text}"${attributes}>${text}</a>`
}

/** Makes links of the URLs and mail addresses in escaped text, by Jinja2's rules. */
export const urlize = (text: string, options: UrlizeOptions): string =>
  text
    .split(/(\s+)/)
    .map(word => {
      const { head, middle, tail } = trimmed(word)
      return head + linked(middle, options) + tail
    })
    .join('')
