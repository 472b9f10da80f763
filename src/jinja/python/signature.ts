import { typeError } from './py-error.ts'
import { float, type Kwargs, normInt, PyDict, tuple, type Value } from './values.ts'

interface Parameter {
  readonly name: string
  readonly kind: 'positional' | 'either' | 'keyword'
  readonly required: boolean
  readonly fallback: Value | undefined
}

/** A function's parameters, as its Python signature states them. */
export interface Signature {
  readonly parameters: readonly Parameter[]
  /** `self` is counted in messages, but neither passed nor given. */
  readonly hasSelf: boolean
  readonly hasVarargs: boolean
  readonly hasKwargs: boolean
  /** How many arguments fill positional parameters at most, and at least without keywords. */
  readonly most: number
  /** Nothing but parameters that positional arguments fill. */
  readonly isPlain: boolean
  readonly positionalOnly: boolean
  readonly least: number
}

const parseDefault = (text: string): Value | undefined => {
  switch (text) {
    case '...':
      return undefined
    case 'None':
      return null
    case 'True':
      return true
    case 'False':
      return false
    case '()':
      return tuple([])
  }
  const quoted = /^(['"])(.*)\1$/.exec(text)
  if (quoted) return quoted[2]!.replaceAll('\\n', '\n')
  if (/^-?\d+$/.test(text)) return normInt(BigInt(text))
  if (/^-?\d*\.\d+$/.test(text)) return float(Number(text))
  throw new Error(`not a default that a signature can have: ${text}`)
}

// Splits at commas outside quotes.
const splitParameters = (text: string): string[] =>
  [...text.matchAll(/(?:'[^']*'|"[^"]*"|[^,'"])+/g)].map(part => part[0].trim()).filter(Boolean)

/**
 * Reads the inside of a `def`'s parentheses: names, defaults (None, True, False, numbers, strings,
 * `()`, and `...` for "not given", passed as undefined), `/`, `*`, `*args`, `**kwargs`, `self`.
 */
export const parseSignature = (text: string): Signature => {
  const parameters: Parameter[] = []
  let keywordOnly = false
  let hasVarargs = false
  let hasKwargs = false
  const parts = splitParameters(text)
  const hasSelf = parts[0] === 'self'
  for (const part of hasSelf ? parts.slice(1) : parts) {
    if (part === '/') {
      for (const [i, p] of parameters.entries()) parameters[i] = { ...p, kind: 'positional' }
    } else if (part.startsWith('**')) hasKwargs = true
    else if (part.startsWith('*')) {
      keywordOnly = true
      hasVarargs = part !== '*'
    } else {
      const at = part.indexOf('=')
      parameters.push({
        name: at < 0 ? part : part.slice(0, at).trim(),
        kind: keywordOnly ? 'keyword' : 'either',
        required: at < 0,
        fallback: at < 0 ? undefined : parseDefault(part.slice(at + 1).trim()),
      })
    }
  }
  const filled = parameters.filter(p => p.kind !== 'keyword')
  const required = filled.filter(p => p.required).length
  const isPlain = filled.length === parameters.length && !hasVarargs && !hasKwargs
  const positionalOnly = parameters.every(p => p.kind === 'positional')
  const most = filled.length
  return {
    parameters,
    hasSelf,
    hasVarargs,
    hasKwargs,
    most,
    least: required,
    isPlain,
    positionalOnly,
  }
}

const quotedList = (names: readonly string[]): string => {
  const quoted = names.map(name => `'${name}'`)
  if (quoted.length < 3) return quoted.join(' and ')
  return `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

const tooMany = (name: string, signature: Signature, given: number): Error => {
  const self = signature.hasSelf ? 1 : 0
  const most = signature.most + self
  const least = signature.least + self
  const takes =
    least === most
      ? plural(most, 'positional argument')
      : `from ${least} to ${most} positional arguments`
  const total = given + self
  return typeError(`${name}() takes ${takes} but ${total} ${total === 1 ? 'was' : 'were'} given`)
}

const missingArguments = (name: string, missing: readonly Parameter[]): Error => {
  const positional = missing.filter(p => p.kind !== 'keyword')
  const shown = positional.length > 0 ? positional : missing
  const kind = positional.length > 0 ? 'positional' : 'keyword-only'
  const list = quotedList(shown.map(p => p.name))
  return typeError(
    `${name}() missing ${plural(shown.length, `required ${kind} argument`)}: ${list}`,
  )
}

/**
 * Distributes a call's arguments over the parameters as Python does. Gives one value a parameter in
 * the signature's order, then the tuple of extra positional arguments and the dict of extra
 * keywords where the signature has them. Throws Python's TypeErrors.
 */
export const bindArguments = (
  name: string,
  signature: Signature,
  args: readonly Value[],
  kwargs: Kwargs,
): readonly (Value | undefined)[] => {
  const { parameters, most, least, hasVarargs, hasKwargs } = signature
  // Nearly every call: positional arguments, none too many.
  if (signature.isPlain && kwargs.size === 0 && args.length >= least && args.length <= most) {
    if (args.length === most) return args
    const filled: (Value | undefined)[] = [...args]
    for (let i = args.length; i < most; i++) filled.push(parameters[i]!.fallback)
    return filled
  }
  if (args.length > most && !hasVarargs) throw tooMany(name, signature, args.length)
  const bound: (Value | undefined)[] = parameters.map(p => p.fallback)
  const given = new Set<number>()
  for (let i = 0; i < args.length && i < most; i++) {
    bound[i] = args[i]
    given.add(i)
  }
  const extra = new PyDict()
  for (const [keyword, value] of kwargs) {
    const i = parameters.findIndex(p => p.name === keyword && p.kind !== 'positional')
    if (i < 0) {
      if (!hasKwargs) throw typeError(`${name}() got an unexpected keyword argument '${keyword}'`)
      extra.set(keyword, value)
      continue
    }
    if (given.has(i)) throw typeError(`${name}() got multiple values for argument '${keyword}'`)
    bound[i] = value
    given.add(i)
  }
  const missing = parameters.filter((p, i) => p.required && !given.has(i))
  if (missing.length > 0) throw missingArguments(name, missing)
  if (hasVarargs) bound.push(tuple(args.slice(most)))
  if (hasKwargs) bound.push(extra)
  return bound
}
