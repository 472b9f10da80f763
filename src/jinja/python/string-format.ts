import { formatError } from './format-spec.ts'
import { formatValue } from './format-value.ts'
import { type Method, type Methods, method } from './method.ts'
import { PyError, typeError } from './py-error.ts'
import { asciiRepr, stringRepr, toRepr, toStr } from './text.ts'
import { type Kwargs, keyError, PyDict, type Value } from './values.ts'

/** How fields look into values: as the sandbox lets templates do. */
export interface FieldLookup {
  readonly attribute: (value: Value, name: string) => Value
  readonly item: (value: Value, key: Value) => Value
}

interface Arguments {
  readonly lookup: FieldLookup
  readonly args: readonly Value[]
  readonly kwargs: Kwargs
  /** Fields without a number, or with one, seen so far: the two must not mix. */
  readonly numbering: { next: number; manual: boolean | undefined }
}

interface Field {
  readonly path: string
  readonly conversion: string
  readonly spec: string
}

// The index of the brace that closes the field that begins at `from`.
const fieldEnd = (text: string, from: number): number => {
  let depth = 1
  let inBrackets = false
  for (let i = from; i < text.length; i++) {
    const char = text[i]
    if (char === '[' && depth === 1) inBrackets = true
    else if (char === ']') inBrackets = false
    else if (inBrackets) continue
    else if (char === '{') depth++
    else if (char === '}' && --depth === 0) return i
  }
  throw formatError(
    from >= text.length
      ? "Single '{' encountered in format string"
      : "expected '}' before end of string",
  )
}

const parseField = (text: string): Field => {
  const at = text.search(/[!:](?![^[]*\])/)
  if (at < 0) return { path: text, conversion: '', spec: '' }
  const path = text.slice(0, at)
  if (text[at] === ':') return { path, conversion: '', spec: text.slice(at + 1) }
  const conversion = text.charAt(at + 1)
  const rest = text.slice(at + 2)
  if (conversion === '') throw formatError("unmatched '{' in format spec")
  if (rest !== '' && rest[0] !== ':') throw formatError("expected ':' after conversion specifier")
  return { path, conversion, spec: rest.slice(1) }
}

const firstOf = (name: string, { args, kwargs, numbering }: Arguments): Value => {
  const isIndex = name === '' || /^\d+$/.test(name)
  if (!isIndex) {
    const value = kwargs.get(name)
    if (value === undefined) throw keyError(stringRepr(name))
    return value
  }
  const manual = name !== ''
  if (numbering.manual !== undefined && numbering.manual !== manual) {
    const [from, to] = manual
      ? ['automatic field numbering', 'manual field specification']
      : ['manual field specification', 'automatic field numbering']
    throw formatError(`cannot switch from ${from} to ${to}`)
  }
  numbering.manual = manual
  const index = manual ? Number(name) : numbering.next++
  const value = args[index]
  if (value === undefined) {
    throw new PyError('IndexError', 'tuple index out of range')
  }
  return value
}

const lookUp = (path: string, given: Arguments): Value => {
  const first = /^[^.[]*/.exec(path)?.[0] ?? ''
  let value = firstOf(first, given)
  const step = /\.([^.[]+)|\[([^\]]+)\]/y
  step.lastIndex = first.length
  while (step.lastIndex < path.length) {
    const match = step.exec(path)
    if (!match) {
      const rest = path.slice(first.length)
      throw formatError(
        rest.startsWith('[') && !rest.includes(']')
          ? "Missing ']' in format string"
          : 'Empty attribute in format string',
      )
    }
    const [, attribute, item = ''] = match
    value =
      attribute === undefined
        ? given.lookup.item(value, /^\d+$/.test(item) ? Number(item) : item)
        : given.lookup.attribute(value, attribute)
  }
  return value
}

const converted = (value: Value, conversion: string): Value => {
  switch (conversion) {
    case '':
      return value
    case 's':
      return toStr(value)
    case 'r':
      return toRepr(value)
    case 'a':
      return asciiRepr(value)
  }
  throw formatError(`Unknown conversion specifier ${conversion}`)
}

const format = (text: string, given: Arguments, depth: number): string => {
  if (depth < 0) throw formatError('Max string recursion exceeded')
  let result = ''
  let i = 0
  while (i < text.length) {
    const brace = text.slice(i).search(/[{}]/)
    if (brace < 0) return result + text.slice(i)
    result += text.slice(i, i + brace)
    i += brace
    const char = text[i]
    if (text[i + 1] === char) {
      result += char
      i += 2
      continue
    }
    if (char === '}') throw formatError("Single '}' encountered in format string")
    const end = fieldEnd(text, i + 1)
    const field = parseField(text.slice(i + 1, end))
    const value = converted(lookUp(field.path, given), field.conversion)
    result += formatValue(value, format(field.spec, given, depth - 1))
    i = end + 1
  }
  return result
}

const stringKeys = (mapping: Value): Kwargs => {
  if (!(mapping instanceof PyDict)) throw typeError('format_map() argument must be a mapping')
  const found = new Map<string, Value>()
  for (const [key, value] of mapping) if (typeof key === 'string') found.set(key, value)
  return found
}

/** `str.format` and `str.format_map`. Their methods throw Python's errors. */
export const formatMethods = (lookup: FieldLookup): Methods => {
  const run = (self: Value, args: readonly Value[], kwargs: Kwargs): Value =>
    format(self as string, { lookup, args, kwargs, numbering: { next: 0, manual: undefined } }, 2)
  return new Map<string, Method>([
    ['format', run],
    [
      'format_map',
      method('str', 'format_map', 'mapping, /', (self: string, mapping: Value) =>
        run(self, [], stringKeys(mapping)),
      ),
    ],
  ])
}
