import { PyError, typeError } from './py-error.ts'

/**
 * What a template computes with: Python's values in JavaScript.
 *
 * - None is `null`, str a string, bool a boolean;
 * - int is an integral number within ±(2^53 − 1), beyond that a bigint (see `normInt`);
 * - float is a number when it has a fraction (or is inf or nan), else a boxed `PyFloat`;
 * - list is an Array, tuple a `PyTuple`, dict a `PyDict`, set a `PySet`;
 * - everything else (dates, relations, modules, ranges …) is a `HostObject`.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | PyFloat
  | Value[]
  | PyDict
  | PySet
  | Undefined
  | HostObject
  | HostFunction

/** Keyword arguments by name, in call order. */
export type Kwargs = ReadonlyMap<string, Value>

/**
 * A function a template can call. It may return a promise only where the engine awaits calls
 * (compiling and running); filters and tests never do. `name` is what its repr shows.
 */
export type HostFunction = (args: Value[], kwargs: Kwargs) => Value | Promise<Value>

/** A float without a fraction: plain numbers of that kind are ints. */
export class PyFloat {
  constructor(readonly value: number) {}
}

/** A tuple. Derived arrays (`map`, `slice` …) are plain lists. Build one with `tuple(items)`. */
export class PyTuple extends Array<Value> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }
}

/** The tuple of the given items. */
export const tuple = (items: Iterable<Value>): PyTuple => {
  const result = new PyTuple()
  for (const item of items) result.push(item)
  return result
}

/** A tuple whose items also have names, as `groupby` gives. */
export class NamedTuple extends PyTuple {
  fields: readonly string[] = []
  /** What its repr calls it; a plain tuple's repr when empty. */
  className = ''
}

/** The named tuple of the given items; `fields[i]` names `items[i]`. */
export const namedTuple = (
  fields: readonly string[],
  items: Iterable<Value>,
  className = '',
): NamedTuple => {
  const result = new NamedTuple()
  for (const item of items) result.push(item)
  result.fields = fields
  result.className = className
  return result
}

/** The operators a host object can take part in. */
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**'

/**
 * Base of every value that is not one of Python's plain ones. A template reaches only what
 * `getAttr` and `getItem` answer, never the JavaScript properties.
 */
export abstract class HostObject {
  /** Python's `type(x).__name__`. */
  abstract readonly typeName: string
  /** With its module where Jinja2 prints one: `'dbt.x.Relation object' has no attribute …`. */
  readonly qualifiedName?: string
  /** Whether `is mapping` holds. */
  readonly isMapping?: boolean
  /** The attribute's value; undefined when there is none. */
  getAttr(_name: string): Value | undefined {
    return undefined
  }
  /** `x[key]`; undefined when there is no such item. Absent: the object takes no subscript. */
  getItem?(key: Value): Value | undefined
  /** `x[start:stop:step]`, null for what is left out. */
  slice?(start: Value, stop: Value, step: Value): Value
  iterate?(): Iterable<Value>
  length?(): number
  contains?(item: Value): boolean
  call?(args: Value[], kwargs: Kwargs): Value | Promise<Value>
  /** Less than, equal to or greater than zero; undefined when the two have no order. */
  compare?(other: Value): number | undefined
  /** `this op other`, or `other op this` when reflected; undefined when not supported. */
  arithmetic?(op: ArithmeticOperator, other: Value, reflected: boolean): Value | undefined
  /** What `json.dumps` writes in its place, for objects that are dicts or strings to Python. */
  toJson?(): Value
  /** Python's `float(x)`, for the numbers among host objects. */
  toFloat?(): number
  toInt?(): number | bigint
  negate?(): Value
  absolute?(): Value
  /** Python's `round(x, digits)`. */
  round?(digits: number): Value
  /** What `format(x, spec)` gives; absent: only an empty spec is accepted. */
  format?(spec: string): string
  /** Equal objects must give equal keys; absent: hashed by identity. Null: unhashable. */
  hashKey?(): DictKey | null
  repr(): string {
    return `<${this.qualifiedName ?? this.typeName} object>`
  }
  str(): string {
    return this.repr()
  }
  truthy(): boolean {
    return this.length ? this.length() > 0 : true
  }
  equals(other: Value): boolean {
    return this === other
  }
}

/**
 * How an undefined value behaves. `default` is Jinja2's: it prints as nothing and fails on use.
 * `lenient` is what dbt has while it parses: attributes, items and calls give undefined again.
 */
export type UndefinedKind = 'default' | 'lenient'

export interface UndefinedOptions {
  readonly kind?: UndefinedKind
  /** The variable, attribute or item that was looked up. */
  readonly name?: Value
  /** What it was looked up on; absent for a variable. */
  readonly owner?: Value
  /** Replaces the message that is made of name and owner. */
  readonly hint?: string
  /** Raised instead of UndefinedError: an attribute that the sandbox hides. */
  readonly security?: boolean
}

/** The result of a failed look-up. All undefined values are equal and hash alike. */
export class Undefined {
  readonly kind: UndefinedKind
  readonly name: Value | undefined
  readonly owner: Value | undefined
  readonly hint: string | undefined
  readonly security: boolean
  constructor(options: UndefinedOptions = {}) {
    this.kind = options.kind ?? 'default'
    this.name = options.name
    this.owner = options.owner
    this.hint = options.hint
    this.security = options.security ?? false
  }
}

/** What `PyDict` and `PySet` store a key under: equal keys have identical (SameValueZero) ones. */
export type DictKey = string | number | bigint | null | object

const marked = (text: string): string => `\0${text}`

const numberKey = (value: number): DictKey =>
  Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value) : value

const tupleKey = (items: readonly Value[]): DictKey => {
  const parts = items.map(item => {
    const key = keyOf(item)
    if (typeof key === 'string') return `s${key.length}:${key}`
    if (typeof key === 'object' && key !== null) return `o${identity(key)}`
    return `${typeof key}:${String(key)}`
  })
  return marked(`(${parts.join(',')}`)
}

const identities = new WeakMap<object, number>()
const counter = { next: 1 }
const identity = (object: object): number => {
  const known = identities.get(object)
  if (known !== undefined) return known
  const id = counter.next++
  identities.set(object, id)
  return id
}

/**
 * The key under which dicts and sets store a value, such that 1, 1.0 and True meet and tuples meet
 * by value. Throws TypeError for values without a hash (lists, dicts, sets).
 */
export const keyOf = (value: Value): DictKey => {
  switch (typeof value) {
    case 'string':
      return value.charCodeAt(0) === 0 ? marked(`s${value}`) : value
    case 'number':
    case 'bigint':
      return value
    case 'boolean':
      return value ? 1 : 0
    case 'function':
      return value
  }
  if (value === null) return null
  if (value instanceof PyFloat) return numberKey(value.value)
  if (value instanceof PyTuple) return tupleKey(value)
  if (value instanceof Undefined) return marked(`undefined:${value.kind}`)
  if (value instanceof HostObject) {
    const key = value.hashKey ? value.hashKey() : value
    if (key === null) throw typeError(`unhashable type: '${value.typeName}'`)
    return key
  }
  const name = Array.isArray(value) ? 'list' : value instanceof PySet ? 'set' : 'dict'
  throw typeError(`unhashable type: '${name}'`)
}

// Map and Set are typed by what the outside sees; inside they hold the keys of `keyOf`.
const storageKey = (value: Value): Value => keyOf(value) as Value

const isPlainKey = (key: Value): key is string => typeof key === 'string' && key.charCodeAt(0) !== 0

/** A dict: insertion-ordered, with Python's key equality. The key first used is the one kept. */
export class PyDict extends Map<Value, Value> {
  // The keys that are not stored as themselves, by what they are stored under.
  #originals: Map<Value, Value> | undefined

  constructor(entries?: Iterable<readonly [Value, Value]>) {
    super()
    if (entries) for (const [key, value] of entries) this.set(key, value)
  }

  override get(key: Value): Value | undefined {
    return super.get(isPlainKey(key) ? key : storageKey(key))
  }

  override has(key: Value): boolean {
    return super.has(isPlainKey(key) ? key : storageKey(key))
  }

  override set(key: Value, value: Value): this {
    if (isPlainKey(key)) return super.set(key, value)
    const stored = storageKey(key)
    if (stored !== key && !super.has(stored)) {
      this.#originals ??= new Map()
      this.#originals.set(stored, key)
    }
    return super.set(stored, value)
  }

  override delete(key: Value): boolean {
    const stored = storageKey(key)
    this.#originals?.delete(stored)
    return super.delete(stored)
  }

  override clear(): void {
    this.#originals = undefined
    super.clear()
  }

  override *entries(): MapIterator<[Value, Value]> {
    const originals = this.#originals
    for (const [stored, value] of super.entries()) {
      const key = originals?.get(stored)
      yield [key === undefined ? stored : key, value]
    }
  }

  override *keys(): MapIterator<Value> {
    const originals = this.#originals
    for (const stored of super.keys()) {
      const key = originals?.get(stored)
      yield key === undefined ? stored : key
    }
  }

  override [Symbol.iterator](): MapIterator<[Value, Value]> {
    return this.entries()
  }

  override forEach(callback: (value: Value, key: Value, map: Map<Value, Value>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this)
  }
}

/** A set, with Python's equality; it iterates in insertion order, which Python does not promise. */
export class PySet extends Set<Value> {
  #originals: Map<Value, Value> | undefined

  constructor(items?: Iterable<Value>) {
    super()
    if (items) for (const item of items) this.add(item)
  }

  override has(item: Value): boolean {
    return super.has(storageKey(item))
  }

  override add(item: Value): this {
    const stored = storageKey(item)
    if (stored !== item && !super.has(stored)) {
      this.#originals ??= new Map()
      this.#originals.set(stored, item)
    }
    return super.add(stored)
  }

  override delete(item: Value): boolean {
    const stored = storageKey(item)
    this.#originals?.delete(stored)
    return super.delete(stored)
  }

  override clear(): void {
    this.#originals = undefined
    super.clear()
  }

  override *values(): SetIterator<Value> {
    const originals = this.#originals
    for (const stored of super.values()) {
      const item = originals?.get(stored)
      yield item === undefined ? stored : item
    }
  }

  override keys(): SetIterator<Value> {
    return this.values()
  }

  override *entries(): SetIterator<[Value, Value]> {
    for (const item of this.values()) yield [item, item]
  }

  override [Symbol.iterator](): SetIterator<Value> {
    return this.values()
  }

  override forEach(callback: (value: Value, key: Value, set: Set<Value>) => void): void {
    for (const item of this.values()) callback(item, item, this)
  }
}

/** The int of that size: a number while it is exact, else a bigint. */
export const normInt = (value: bigint): number | bigint =>
  value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value

/** The float of that size: boxed when it has no fraction. */
export const float = (value: number): number | PyFloat =>
  Number.isInteger(value) ? new PyFloat(value) : value

/** Python's `type(value).__name__`. */
export const typeName = (value: Value): string => {
  switch (typeof value) {
    case 'string':
      return 'str'
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float'
    case 'bigint':
      return 'int'
    case 'boolean':
      return 'bool'
    case 'function':
      return 'function'
  }
  if (value === null) return 'NoneType'
  if (value instanceof PyFloat) return 'float'
  if (value instanceof PyTuple) return 'tuple'
  if (Array.isArray(value)) return 'list'
  if (value instanceof PyDict) return 'dict'
  if (value instanceof PySet) return 'set'
  if (value instanceof Undefined) return 'Undefined'
  return value.typeName
}

/** The KeyError of that key. */
export const keyError = (keyRepr: string): PyError => new PyError('KeyError', keyRepr)
