import { intArgument } from '../python/arguments.ts'
import { codePointLength } from '../python/code-points.ts'
import { add, callMethod, getSlice, length, toStr, truthy } from '../python/operators.ts'
import { formatPercent } from '../python/percent-format.ts'
import { PyError, typeError } from '../python/py-error.ts'
import { capitalize } from '../python/string-case.ts'
import { split, splitLines, splitRight, strip } from '../python/string-split.ts'
import { undefinedError } from '../python/undefined.ts'
import { type PyDict, type PyTuple, typeName, Undefined, type Value } from '../python/values.ts'
import { type FilterEnvironment, filterTable } from './filter.ts'
import { wrapLine } from './word-wrap.ts'

const wordStart = /([-\s({[<]+)/

const title = (_: FilterEnvironment, value: Value): Value =>
  toStr(value)
    .split(wordStart)
    .map(part => {
      const [first = ''] = part
      return first.toUpperCase() + part.slice(first.length).toLowerCase()
    })
    .join('')

const noMethod = (value: Value, method: string): PyError => {
  if (value instanceof Undefined) return undefinedError(value)
  return new PyError('AttributeError', `'${typeName(value)}' object has no attribute '${method}'`)
}

const indent = (
  _: FilterEnvironment,
  value: Value,
  width: Value,
  first: Value,
  blank: Value,
): Value => {
  const indention = typeof width === 'string' ? width : ' '.repeat(Math.max(0, intArgument(width)))
  // `s += newline`: a list would take it in, everything else must be text.
  if (typeof value !== 'string' && !Array.isArray(value) && !(value instanceof Undefined)) {
    throw typeError(`unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`)
  }
  const text = Array.isArray(value) ? value : add(value, '\n')
  if (typeof text !== 'string') throw noMethod(text, 'splitlines')
  const [head = '', ...rest] = splitLines(text, false)
  const lines = rest.map(line => (line !== '' || truthy(blank) ? indention + line : line))
  const joined = [head, ...lines].join('\n')
  return truthy(first) ? indention + joined : joined
}

interface TruncateOptions {
  readonly length: number
  readonly killWords: boolean
  readonly end: string
  readonly leeway: number
}

const assertion = (message: string): PyError => new PyError('AssertionError', message)

const truncateText = (text: string, { length: most, killWords, end }: TruncateOptions): string => {
  const cut = getSlice(text, 0, most - codePointLength(end), null) as string
  return (killWords ? cut : splitRight(cut, ' ', 1)[0]!) + end
}

const truncate = (
  _: FilterEnvironment,
  value: Value,
  most: Value,
  killWords: Value,
  end: Value,
  leeway: Value,
): Value => {
  const options = {
    length: intArgument(most),
    killWords: truthy(killWords),
    end: toStr(end),
    leeway: leeway === null ? 5 : intArgument(leeway),
  }
  const { leeway: extra, end: mark } = options
  const least = codePointLength(mark)
  if (options.length < least) throw assertion(`expected length >= ${least}, got ${options.length}`)
  if (extra < 0) throw assertion(`expected leeway >= 0, got ${extra}`)
  // Whatever is short enough comes back as it is; Undefined counts as empty.
  if (length(value) <= options.length + extra) return value
  if (typeof value === 'string') return truncateText(value, options)
  throw noMethod(value, 'rsplit')
}

const wordWrap = (
  _: FilterEnvironment,
  value: Value,
  width: Value,
  breakLongWords: Value,
  wrapString: Value,
  breakOnHyphens: Value,
): Value => {
  if (value instanceof Undefined && value.kind === 'lenient') return ''
  if (typeof value !== 'string') throw noMethod(value, 'splitlines')
  const newline = wrapString === null ? '\n' : toStr(wrapString)
  const options = {
    width: intArgument(width),
    breakLongWords: truthy(breakLongWords),
    breakOnHyphens: truthy(breakOnHyphens),
  }
  return splitLines(value, false)
    .map(line => wrapLine(line, options).join(newline))
    .join(newline)
}

const format = (_: FilterEnvironment, value: Value, args: PyTuple, kwargs: PyDict): Value => {
  if (args.length > 0 && kwargs.size > 0) {
    const message = "can't handle positional and keyword arguments at the same time"
    throw new PyError('FilterArgumentError', message)
  }
  return formatPercent(toStr(value), kwargs.size > 0 ? kwargs : args)
}

const replace = (_: FilterEnvironment, value: Value, from: Value, to: Value, count: Value): Value =>
  // Strings answer at once.
  callMethod(
    toStr(value),
    'replace',
    [toStr(from), toStr(to), count ?? -1],
    new Map(),
    'default',
  ) as Value

const trim = (_: FilterEnvironment, value: Value, chars: Value): Value => {
  if (chars !== null && typeof chars !== 'string') {
    throw typeError(`strip arg must be None or str, not ${typeName(chars)}`)
  }
  return strip(toStr(value), chars, 'both')
}

const wordCount = (_: FilterEnvironment, value: Value): Value =>
  toStr(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0

const center = (_: FilterEnvironment, value: Value, width: Value): Value =>
  callMethod(toStr(value), 'center', [width], new Map(), 'default') as Value

/** The words of a text, at blanks. */
export const wordsOf = (text: string): string[] => split(text, null, -1)

/** Filters over text. Whatever they get, they take its `str`. */
export const textFilters = filterTable({
  capitalize: ['do_capitalize', 's', (_, value: Value) => capitalize(toStr(value))],
  center: ['do_center', 'value, width=80', center],
  format: ['do_format', 'value, *args, **kwargs', format],
  indent: ['do_indent', 's, width=4, first=False, blank=False', indent],
  lower: ['do_lower', 's', (_, value: Value) => toStr(value).toLowerCase()],
  replace: ['do_replace', 's, old, new, count=None', replace],
  safe: ['do_mark_safe', 'value', (_, value: Value) => toStr(value)],
  string: ['soft_str', 's, /', (_, value: Value) => toStr(value)],
  title: ['do_title', 's', title],
  trim: ['do_trim', 'value, chars=None', trim],
  truncate: ['do_truncate', "s, length=255, killwords=False, end='...', leeway=None", truncate],
  upper: ['do_upper', 's', (_, value: Value) => toStr(value).toUpperCase()],
  wordcount: ['do_wordcount', 's', wordCount],
  wordwrap: [
    'do_wordwrap',
    's, width=79, break_long_words=True, wrapstring=None, break_on_hyphens=True',
    wordWrap,
  ],
})
