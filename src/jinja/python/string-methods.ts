import { intArgument, stringArgument } from './arguments.ts'
import { bytes } from './bytes.ts'
import { characterTests } from './character-tests.ts'
import { codePointIndex, codePointLength, unitIndex } from './code-points.ts'
import { tryIterate } from './iterate.ts'
import { type Methods, methods } from './method.ts'
import { PyError, typeError } from './py-error.ts'
import { sliceOf } from './slice.ts'
import { capitalize, caseFold, swapCase, titleCase } from './string-case.ts'
import { partition, split, splitLines, splitRight, strip } from './string-split.ts'
import { truthy } from './truth.ts'
import { PyDict, PyTuple, tuple, typeName, type Value } from './values.ts'

const must =
  (name: string) =>
  (value: Value): string =>
    stringArgument(value, `${name} arg must be None or str, not `)

const charsOf = (value: Value, name: string): string | null =>
  value === null ? null : must(name)(value)

const text = (value: Value, method: string, position: number): string =>
  stringArgument(value, `${method}() argument ${position} must be str, not `)

// The part of the text between two code point indices, and where it begins.
const range = (self: string, start: Value, end: Value): readonly [string, number] | undefined => {
  const size = codePointLength(self)
  const from = sliceOf(size, start, null, null).start
  const to = sliceOf(size, 0, end, null).stop
  if (from > to || (typeof start === 'number' && start > size)) return undefined
  return [self.slice(unitIndex(self, from), unitIndex(self, to)), from]
}

const findIn = (self: string, sub: string, bounds: readonly Value[], last: boolean): number => {
  const part = range(self, bounds[0] ?? null, bounds[1] ?? null)
  if (part === undefined) return -1
  const [within, from] = part
  const at = codePointIndex(within, last ? within.lastIndexOf(sub) : within.indexOf(sub))
  return at < 0 ? -1 : at + from
}

const finder = (last: boolean, strict: boolean) =>
  [
    'sub, start=None, end=None, /',
    (self: string, sub: Value, start: Value, end: Value): Value => {
      const found = findIn(self, stringArgument(sub, 'must be str, not '), [start, end], last)
      if (found < 0 && strict) throw new PyError('ValueError', 'substring not found')
      return found
    },
  ] as const

const count = (self: string, sub: Value, start: Value, end: Value): Value => {
  const sought = stringArgument(sub, 'must be str, not ')
  const part = range(self, start, end)
  if (part === undefined) return 0
  return sought === '' ? codePointLength(part[0]) + 1 : part[0].split(sought).length - 1
}

const affix = (name: 'startswith' | 'endswith') =>
  [
    'prefix, start=None, end=None, /',
    (self: string, prefix: Value, start: Value, end: Value): Value => {
      const part = range(self, start, end)
      const test = (candidate: string): boolean =>
        part !== undefined &&
        (name === 'startswith' ? part[0].startsWith(candidate) : part[0].endsWith(candidate))
      if (typeof prefix === 'string') return test(prefix)
      const wrong = `${name} first arg must be str or a tuple of str, not `
      if (!(prefix instanceof PyTuple)) throw typeError(wrong + typeName(prefix))
      return prefix.some(item => {
        if (typeof item === 'string') return test(item)
        throw typeError(`tuple for ${name} must only contain str, not ${typeName(item)}`)
      })
    },
  ] as const

const stripper = (name: string, side: 'left' | 'right' | 'both') =>
  [
    'chars=None, /',
    (self: string, chars: Value) => strip(self, charsOf(chars, name), side),
  ] as const

const separatorOf = (value: Value): string | null =>
  value === null ? null : stringArgument(value, 'must be str or None, not ')

const fillOf = (value: Value): string => {
  if (typeof value !== 'string') {
    throw typeError(`The fill character must be a unicode character, not ${typeName(value)}`)
  }
  if (codePointLength(value) === 1) return value
  throw typeError('The fill character must be exactly one character long')
}

const pad = (
  self: string,
  width: Value,
  fill: Value,
  left: (missing: number, width: number) => number,
): string => {
  const total = intArgument(width)
  const missing = total - codePointLength(self)
  const char = fillOf(fill)
  if (missing <= 0) return self
  const before = left(missing, total)
  return char.repeat(before) + self + char.repeat(missing - before)
}

const zfill = (self: string, width: Value): Value => {
  const missing = intArgument(width) - codePointLength(self)
  if (missing <= 0) return self
  const sign = /^[+-]/.exec(self)?.[0] ?? ''
  return sign + '0'.repeat(missing) + self.slice(sign.length)
}

const join = (self: string, items: Value): Value => {
  const iterable = tryIterate(items)
  if (iterable === undefined) throw typeError('can only join an iterable')
  let i = 0
  let result = ''
  for (const item of iterable) {
    if (typeof item !== 'string') {
      throw typeError(`sequence item ${i}: expected str instance, ${typeName(item)} found`)
    }
    result += i++ === 0 ? item : self + item
  }
  return result
}

const replace = (self: string, from: Value, to: Value, limit: Value): Value => {
  const sought = text(from, 'replace', 1)
  const other = text(to, 'replace', 2)
  const most = intArgument(limit)
  if (most < 0)
    return sought === '' ? interleave(self, other, most) : self.replaceAll(sought, () => other)
  if (sought === '') return interleave(self, other, most)
  return split(self, sought, most).join(other)
}

// Replacing nothing puts the new text around every code point.
const interleave = (self: string, other: string, most: number): string => {
  const points = Array.from(self)
  const limit = most < 0 ? points.length + 1 : most
  const spread = points.map((point, i) => (i < limit ? other + point : point)).join('')
  return limit > points.length ? spread + other : spread
}

const expandTabs = (self: string, size: Value): Value => {
  const width = intArgument(size)
  let column = 0
  let result = ''
  for (const char of self) {
    if (char === '\t') {
      const blanks = width > 0 ? width - (column % width) : 0
      result += ' '.repeat(blanks)
      column += blanks
    } else {
      result += char
      column = char === '\n' || char === '\r' ? 0 : column + 1
    }
  }
  return result
}

const codeOf = (value: Value): number =>
  typeof value === 'string' ? (value.codePointAt(0) ?? 0) : intArgument(value)

const translate = (self: string, table: Value): Value => {
  if (!(table instanceof PyDict))
    throw typeError(`'${typeName(table)}' object is not subscriptable`)
  return Array.from(self, char => {
    const to = table.get(codeOf(char))
    if (to === undefined) return char
    if (to === null) return ''
    return typeof to === 'string' ? to : String.fromCodePoint(intArgument(to))
  }).join('')
}

const makeTable = (_self: string, x: Value, y: Value | undefined, z: Value | undefined): Value => {
  if (y === undefined) {
    if (x instanceof PyDict) return new PyDict([...x].map(([key, to]) => [codeOf(key), to]))
    throw typeError('if you give only one argument to maketrans it must be a dict')
  }
  const from = Array.from(text(x, 'maketrans', 1))
  const to = Array.from(text(y, 'maketrans', 2))
  if (from.length !== to.length) {
    throw new PyError('ValueError', 'the first two maketrans arguments must have equal length')
  }
  const table = new PyDict(from.map((char, i) => [codeOf(char), codeOf(to[i]!)]))
  if (z !== undefined) for (const char of text(z, 'maketrans', 3)) table.set(codeOf(char), null)
  return table
}

const encode = (self: string, encoding: Value, errors: Value): Value =>
  bytes(self, text(encoding, 'encode', 1), text(errors, 'encode', 2))

const splitSignature = 'sep=None, maxsplit=-1'

const bound = methods<string>('str', {
  capitalize: ['', capitalize],
  casefold: ['', caseFold],
  center: [
    'width, fillchar=" ", /',
    (self, width: Value, fill: Value) =>
      // CPython puts the odd blank left only when the width is odd too.
      pad(self, width, fill, (missing, total) => (missing >> 1) + (missing & total & 1)),
  ],
  count: ['sub, start=None, end=None, /', count],
  encode: ["encoding='utf-8', errors='strict'", encode],
  endswith: affix('endswith'),
  expandtabs: ['tabsize=8', expandTabs],
  find: finder(false, false),
  index: finder(false, true),
  join: ['iterable, /', join],
  ljust: [
    'width, fillchar=" ", /',
    (self, width: Value, fill: Value) => pad(self, width, fill, () => 0),
  ],
  lower: ['', self => self.toLowerCase()],
  lstrip: stripper('lstrip', 'left'),
  maketrans: ['x, y=..., z=..., /', makeTable],
  partition: [
    'sep, /',
    (self, sep: Value) => tuple(partition(self, stringArgument(sep, 'must be str, not '), false)),
  ],
  removeprefix: [
    'prefix, /',
    (self, prefix: Value) => {
      const start = stringArgument(prefix, 'removeprefix() argument must be str, not ')
      return self.startsWith(start) ? self.slice(start.length) : self
    },
  ],
  removesuffix: [
    'suffix, /',
    (self, suffix: Value) => {
      const end = stringArgument(suffix, 'removesuffix() argument must be str, not ')
      return end !== '' && self.endsWith(end) ? self.slice(0, -end.length) : self
    },
  ],
  replace: ['old, new, count=-1, /', replace],
  rfind: finder(true, false),
  rindex: finder(true, true),
  rjust: [
    'width, fillchar=" ", /',
    (self, width: Value, fill: Value) => pad(self, width, fill, n => n),
  ],
  rpartition: [
    'sep, /',
    (self, sep: Value) => tuple(partition(self, stringArgument(sep, 'must be str, not '), true)),
  ],
  rsplit: [
    splitSignature,
    (self, sep: Value, most: Value) => splitRight(self, separatorOf(sep), intArgument(most)),
  ],
  rstrip: stripper('rstrip', 'right'),
  split: [
    splitSignature,
    (self, sep: Value, most: Value) => split(self, separatorOf(sep), intArgument(most)),
  ],
  splitlines: ['keepends=False', (self, keep: Value) => splitLines(self, truthy(keep))],
  startswith: affix('startswith'),
  strip: stripper('strip', 'both'),
  swapcase: ['', swapCase],
  title: ['', titleCase],
  translate: ['table, /', translate],
  upper: ['', self => self.toUpperCase()],
  zfill: ['width, /', zfill],
})

const tests = methods<string>(
  'str',
  Object.fromEntries(
    Object.entries(characterTests).map(([name, test]) => [name, ['', test] as const]),
  ),
)

/** Python's methods of `str`, but for those that look into other values: `format`, `format_map`. */
export const stringMethods: Methods = new Map([...bound, ...tests])
