import { PyDict, type Value } from './values.ts'

type Source = Readonly<Record<string, unknown>>

/**
 * A dict over a plain object whose values are converted when they are asked for: the project's
 * graph has thousands of entries, of which a template reads a few. It can be changed like any dict;
 * the object behind it stays as it is.
 */
export class LazyDict extends PyDict {
  #source: Source | undefined
  #convert: (value: unknown) => Value

  constructor(source: Source, convert: (value: unknown) => Value) {
    super()
    this.#source = source
    this.#convert = convert
  }

  // Until the first change or walk, the entries of Map itself are those already converted.
  #complete(): void {
    const source = this.#source
    if (source === undefined) return
    const known = new Map(super.entries())
    this.#source = undefined
    super.clear()
    for (const [key, value] of Object.entries(source)) {
      if (value !== undefined) super.set(key, known.get(key) ?? this.#convert(value))
    }
  }

  override get(key: Value): Value | undefined {
    const source = this.#source
    const found = super.get(key)
    if (source === undefined || found !== undefined || typeof key !== 'string') return found
    const value = Object.hasOwn(source, key) ? source[key] : undefined
    if (value === undefined) return undefined
    const converted = this.#convert(value)
    super.set(key, converted)
    return converted
  }

  override has(key: Value): boolean {
    const source = this.#source
    if (source === undefined) return super.has(key)
    return typeof key === 'string' ? Object.hasOwn(source, key) && source[key] !== undefined : false
  }

  override set(key: Value, value: Value): this {
    this.#complete()
    return super.set(key, value)
  }

  override delete(key: Value): boolean {
    this.#complete()
    return super.delete(key)
  }

  override clear(): void {
    this.#source = undefined
    super.clear()
  }

  override get size(): number {
    this.#complete()
    return super.size
  }

  override entries(): MapIterator<[Value, Value]> {
    this.#complete()
    return super.entries()
  }

  override keys(): MapIterator<Value> {
    this.#complete()
    return super.keys()
  }

  override values(): MapIterator<Value> {
    this.#complete()
    return super.values()
  }
}
