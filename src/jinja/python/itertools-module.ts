import { intArgument } from './arguments.ts'
import { call } from './call.ts'
import { PyGenerator } from './generator.ts'
import { hostFunction } from './host-function.ts'
import { add, iterate, truthy } from './operators.ts'
import { PyError, typeError } from './py-error.ts'
import { PyDict, type PyTuple, tuple, type Value } from './values.ts'

// Endless iterators end a runaway template instead of the machine.
const limit = 10_000_000

const endless = function* (next: (i: number) => Value): Generator<Value> {
  for (let i = 0; i < limit; i++) yield next(i)
  throw new PyError('OverflowError', `an endless iterator was read ${limit} times`)
}

const iterator = (name: string, items: Iterable<Value>): Value =>
  new PyGenerator(items, name, `itertools.${name}`)

const answer = (value: Value | Promise<Value>): Value => {
  if (value instanceof Promise) throw typeError('itertools cannot wait for a query')
  return value
}

const count = (start: Value, step: Value): Value => {
  let current = start
  return iterator(
    'count',
    endless(i => {
      if (i > 0) current = add(current, step)
      return current
    }),
  )
}

const cycle = (items: Value): Value => {
  const all = [...iterate(items)]
  return iterator('cycle', all.length === 0 ? [] : endless(i => all[i % all.length]!))
}

const repeat = (item: Value, times: Value): Value =>
  iterator(
    'repeat',
    times === null
      ? endless(() => item)
      : Array.from({ length: Math.max(0, intArgument(times)) }, () => item),
  )

function* accumulated(items: Iterable<Value>, func: Value, initial: Value): Generator<Value> {
  let total: Value | undefined = initial ?? undefined
  if (total !== undefined) yield total
  for (const item of items) {
    if (total === undefined) total = item
    else total = func === null ? add(total, item) : answer(call(func, [total, item], new Map()))
    yield total
  }
}

function* chained(iterables: PyTuple): Generator<Value> {
  for (const items of iterables) yield* iterate(items)
}

function* compressed(data: Iterable<Value>, selectors: Iterable<Value>): Generator<Value> {
  const keep = selectors[Symbol.iterator]()
  for (const item of data) {
    const selector = keep.next()
    if (selector.done) return
    if (truthy(selector.value)) yield item
  }
}

const bound = (value: Value, fallback: number, what: string): number => {
  if (value === null) return fallback
  const index = intArgument(value)
  if (index >= 0) return index
  throw new PyError(
    'ValueError',
    `${what} for islice() must be None or an integer: 0 <= x <= sys.maxsize.`,
  )
}

function* sliced(
  items: Iterable<Value>,
  start: number,
  stop: number,
  step: number,
): Generator<Value> {
  let i = 0
  let next = start
  if (stop <= start) return
  for (const item of items) {
    if (i === next) {
      yield item
      next += step
    }
    if (++i >= stop) return
  }
}

const islice = (items: Value, args: PyTuple): Value => {
  if (args.length === 0 || args.length > 3) {
    throw typeError(
      `islice expected at ${args.length === 0 ? 'least 2' : 'most 4'} arguments, got ${args.length + 1}`,
    )
  }
  const [start, stop, step] =
    args.length === 1 ? [null, args[0]!, null] : [args[0]!, args[1]!, args[2] ?? null]
  const by = step === null ? 1 : intArgument(step)
  if (by < 1)
    throw new PyError('ValueError', 'Step for islice() must be a positive integer or None.')
  const from = bound(start, 0, 'Indices')
  const to = bound(stop, Number.POSITIVE_INFINITY, 'Stop argument')
  return iterator('islice', sliced(iterate(items), from, to, by))
}

function* starMapped(func: Value, items: Iterable<Value>): Generator<Value> {
  for (const args of items) yield answer(call(func, [...iterate(args)], new Map()))
}

const tee = (items: Value, times: Value): Value => {
  const copies = intArgument(times)
  if (copies < 0) throw new PyError('ValueError', 'n must be >= 0')
  const all = [...iterate(items)]
  return tuple(Array.from({ length: copies }, () => new PyGenerator(all, '_tee', 'itertools._tee')))
}

function* zippedLongest(iterables: PyTuple, fill: Value): Generator<Value> {
  const iterators = Array.from(iterables, items => iterate(items)[Symbol.iterator]())
  for (;;) {
    const results = iterators.map(each => each.next())
    if (results.every(result => result.done)) return
    yield tuple(results.map(result => (result.done ? fill : result.value)))
  }
}

function* products(pools: readonly Value[][]): Generator<Value> {
  const [first, ...rest] = pools
  if (!first) {
    yield tuple([])
    return
  }
  for (const item of first)
    for (const tail of products(rest)) yield tuple([item, ...(tail as PyTuple)])
}

/** Index lists of length `r` below `n`, in order; `next` gives what may follow a prefix. */
function* selections(
  r: number,
  next: (prefix: readonly number[]) => Iterable<number>,
  prefix: readonly number[] = [],
): Generator<readonly number[]> {
  if (prefix.length === r) {
    yield prefix
    return
  }
  for (const index of next(prefix)) yield* selections(r, next, [...prefix, index])
}

const indices = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)

type Follow = (size: number) => (prefix: readonly number[]) => Iterable<number>

const selector =
  (name: string, follow: Follow) =>
  (items: Value, length: Value): Value => {
    const pool = [...iterate(items)]
    const r = length === null ? pool.length : intArgument(length)
    if (r < 0) throw new PyError('ValueError', 'r must be non-negative')
    const chosen = function* (): Generator<Value> {
      for (const each of selections(r, follow(pool.length))) yield tuple(each.map(i => pool[i]!))
    }
    return iterator(name, chosen())
  }

const permutations = selector(
  'permutations',
  size => prefix => indices(0, size).filter(i => !prefix.includes(i)),
)
const combinations = selector(
  'combinations',
  size => prefix => indices((prefix.at(-1) ?? -1) + 1, size),
)
const combinationsWithReplacement = selector(
  'combinations_with_replacement',
  size => prefix => indices(prefix.at(-1) ?? 0, size),
)

const product = (iterables: PyTuple, times: Value): Value => {
  const pools = Array.from(iterables, items => [...iterate(items)])
  const repeated = Array.from({ length: Math.max(0, intArgument(times)) }, () => pools).flat()
  return iterator('product', products(repeated))
}

type Body = (...args: never[]) => Value

const table: Readonly<Record<string, readonly [signature: string, body: Body]>> = {
  count: ['start=0, step=1', count],
  cycle: ['iterable, /', cycle],
  repeat: ['object, times=None', repeat],
  accumulate: [
    'iterable, func=None, *, initial=None',
    (items: Value, func: Value, initial: Value) =>
      iterator('accumulate', accumulated(iterate(items), func, initial)),
  ],
  chain: ['*iterables', (iterables: PyTuple) => iterator('chain', chained(iterables))],
  compress: [
    'data, selectors',
    (data: Value, selectors: Value) =>
      iterator('compress', compressed(iterate(data), iterate(selectors))),
  ],
  islice: ['iterable, /, *args', islice],
  starmap: [
    'function, iterable, /',
    (func: Value, items: Value) => iterator('starmap', starMapped(func, iterate(items))),
  ],
  tee: ['iterable, n=2, /', tee],
  zip_longest: [
    '*iterables, fillvalue=None',
    (...args: Value[]) => {
      // The signature's order: named parameters first, then the tuple.
      const [fill, iterables] = args as [Value, PyTuple]
      return iterator('zip_longest', zippedLongest(iterables, fill))
    },
  ],
  product: [
    '*iterables, repeat=1',
    (...args: Value[]) => {
      const [times, iterables] = args as [Value, PyTuple]
      return product(iterables, times)
    },
  ],
  permutations: ['iterable, r=None', permutations],
  combinations: ['iterable, r', combinations],
  combinations_with_replacement: ['iterable, r', combinationsWithReplacement],
}

/** `modules.itertools`: what dbt exports of it. `onUse` is told of each call, which is deprecated. */
export const itertoolsModule = (onUse: () => void): PyDict =>
  new PyDict(
    Object.entries(table).map(([name, [signature, body]]) => {
      const bare = hostFunction(name, signature, body)
      const wrapped = hostFunction(name, '*args, **kwargs', (args: PyTuple, kwargs: PyDict) => {
        onUse()
        return bare([...args], kwargs as ReadonlyMap<string, Value> & PyDict)
      })
      return [name, wrapped] as const
    }),
  )
