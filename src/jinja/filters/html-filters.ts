import { PyBytes } from '../python/bytes.ts'
import { tryIterate } from '../python/iterate.ts'
import { dumps } from '../python/json.ts'
import { iterate, toRepr, toStr, truthy, unpack } from '../python/operators.ts'
import { PyError } from '../python/py-error.ts'
import { undefinedError } from '../python/undefined.ts'
import { PyDict, typeName, Undefined, type Value } from '../python/values.ts'
import { type FilterEnvironment, filterTable } from './filter.ts'
import { unescapeHtml } from './html-entities.ts'
import { wordsOf } from './text-filters.ts'
import { urlize } from './urlize.ts'

const escapes: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ["'", '&#39;'],
  ['"', '&#34;'],
])

/** Text as HTML shows it. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>'"]/g, char => escapes.get(char) ?? char)

const tagsRemoved = (text: string): string => {
  const parts: string[] = []
  let at = 0
  for (let start = text.indexOf('<'); start >= 0; start = text.indexOf('<', at)) {
    const isComment = text.startsWith('<!--', start)
    const end = isComment ? text.indexOf('-->', start + 4) : text.indexOf('>', start)
    // What is not closed is no tag.
    if (end < 0) break
    parts.push(text.slice(at, start))
    at = end + (isComment ? 3 : 1)
  }
  return parts.join('') + text.slice(at)
}

const stripTags = (_: FilterEnvironment, value: Value): Value =>
  unescapeHtml(wordsOf(tagsRemoved(toStr(value))).join(' '))

const quoteUrl = (value: Value, inQuery: boolean): string => {
  const bytes = value instanceof PyBytes ? value.data : Buffer.from(toStr(value), 'utf8')
  const safe = inQuery ? /[\w.~-]/ : /[\w.~/-]/
  let text = ''
  for (const byte of bytes) {
    const char = String.fromCharCode(byte)
    if (byte < 128 && safe.test(char)) text += char
    else
      text += inQuery && char === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return text
}

const urlEncode = (_: FilterEnvironment, value: Value): Value => {
  const pairs =
    value instanceof PyDict ? value : typeof value === 'string' ? undefined : tryIterate(value)
  if (pairs === undefined || value instanceof PyBytes) return quoteUrl(value, false)
  const parts: string[] = []
  for (const pair of pairs as Iterable<Value>) {
    const [key, item] = unpack(pair, 2)
    parts.push(`${quoteUrl(key!, true)}=${quoteUrl(item!, true)}`)
  }
  return parts.join('&')
}

const xmlAttributes = (_: FilterEnvironment, value: Value, autoSpace: Value): Value => {
  if (value instanceof Undefined) {
    if (value.kind === 'lenient') return ''
    throw undefinedError(value)
  }
  if (!(value instanceof PyDict)) {
    throw new PyError('AttributeError', `'${typeName(value)}' object has no attribute 'items'`)
  }
  const parts: string[] = []
  for (const [key, item] of value) {
    if (item === null || item instanceof Undefined) continue
    if (typeof key !== 'string') {
      throw new PyError('TypeError', `expected string or bytes-like object, got '${typeName(key)}'`)
    }
    if (/[ \t\n\r\f\v/>=]/.test(key)) {
      throw new PyError('ValueError', `Invalid character in attribute name: ${toRepr(key)}`)
    }
    parts.push(`${escapeHtml(key)}="${escapeHtml(toStr(item))}"`)
  }
  const text = parts.join(' ')
  return truthy(autoSpace) && text !== '' ? ` ${text}` : text
}

const toJson = (_: FilterEnvironment, value: Value, indent: Value): Value => {
  const unit = typeof indent === 'string' ? indent : indent === null ? null : Number(indent)
  return dumps(value, { sortKeys: true, indent: unit })
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll("'", '\\u0027')
}

const escaped = (_: FilterEnvironment, value: Value): Value => escapeHtml(toStr(value))

const schemePattern = /^[\p{L}\p{N}_.+-]{2,}:\/{0,2}$/u

const urlizeText = (
  _: FilterEnvironment,
  value: Value,
  limit: Value,
  noFollow: Value,
  target: Value,
  rel: Value,
  extraSchemes: Value,
): Value => {
  const parts = new Set([...wordsOf(rel === null ? '' : toStr(rel)), 'noopener'])
  if (truthy(noFollow)) parts.add('nofollow')
  const schemes = extraSchemes === null ? [] : Array.from(iterate(extraSchemes), toStr)
  for (const scheme of schemes) {
    if (!schemePattern.test(scheme)) {
      const message = `${toRepr(scheme)} is not a valid URI scheme prefix.`
      throw new PyError('FilterArgumentError', message)
    }
  }
  return urlize(escapeHtml(toStr(value)), {
    limit: limit === null ? undefined : Number(limit),
    rel: escapeHtml([...parts].sort().join(' ')),
    target: target === null ? undefined : escapeHtml(toStr(target)),
    schemes,
  })
}

/** Filters that write HTML, URLs and JSON. Their results are plain text: nothing is "safe". */
export const htmlFilters = filterTable({
  e: ['escape', 's, /', escaped],
  escape: ['escape', 's, /', escaped],
  forceescape: ['do_forceescape', 'value', escaped],
  striptags: ['do_striptags', 'value', stripTags],
  tojson: ['do_tojson', 'value, indent=None', toJson],
  urlencode: ['do_urlencode', 'value', urlEncode],
  urlize: [
    'do_urlize',
    'value, trim_url_limit=None, nofollow=False, target=None, rel=None, extra_schemes=None',
    urlizeText,
  ],
  xmlattr: ['do_xmlattr', 'd, autospace=True', xmlAttributes],
})
