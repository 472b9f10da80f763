import { intArgument } from './arguments.ts'
import { ClassObject } from './class-object.ts'
import { PyGenerator } from './generator.ts'
import { hostFunction } from './host-function.ts'
import { PyError, typeError } from './py-error.ts'
import { regexFlags } from './regex-syntax.ts'
import { firstOf, PyPattern, pairOf } from './regex-values.ts'
import { PyDict, typeName, type Value } from './values.ts'

const special = /[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g

const escapeText = (text: Value): Value => {
  if (typeof text !== 'string') throw typeError(`expected str, got ${typeName(text)}`)
  return text.replace(special, char => `\\${char}`)
}

// Compiled patterns by text and flags: macros use a few over and over.
const patternCache = () => {
  const known = new Map<string, PyPattern>()
  return (pattern: Value, flags: Value): PyPattern => {
    if (pattern instanceof PyPattern) {
      if (intArgument(flags) === 0) return pattern
      throw new PyError('ValueError', 'cannot process flags argument with a compiled pattern')
    }
    if (typeof pattern !== 'string') {
      throw typeError('first argument must be string or compiled pattern')
    }
    const key = `${intArgument(flags)}:${pattern}`
    const found = known.get(key) ?? new PyPattern(pattern, intArgument(flags))
    known.set(key, found)
    return found
  }
}

const flagValues = (): [string, Value][] => {
  const short = {
    A: 'ASCII',
    I: 'IGNORECASE',
    L: 'LOCALE',
    M: 'MULTILINE',
    S: 'DOTALL',
    U: 'UNICODE',
    X: 'VERBOSE',
  } as const
  return [
    ...Object.entries(regexFlags),
    ...Object.entries(short).map(([letter, name]) => [letter, regexFlags[name]] as [string, Value]),
    ['NOFLAG', 0],
  ]
}

const classNamed = (name: string): Value =>
  new ClassObject({
    name: `re.${name}`,
    construct: hostFunction(name, '*args', () => {
      throw typeError(`cannot create 're.${name}' instances`)
    }),
    members: {},
  })

/** `modules.re`. */
export const regexModule = (): PyDict => {
  const compile = patternCache()
  const finder = (mode: 'match' | 'search' | 'fullmatch'): Value =>
    hostFunction(mode, 'pattern, string, flags=0', (pattern: Value, text: Value, flags: Value) =>
      compile(pattern, flags).find(mode, text),
    )
  const substitution = 'pattern, repl, string, count=0, flags=0'
  return new PyDict([
    ['compile', hostFunction('compile', 'pattern, flags=0', compile)],
    ['match', finder('match')],
    ['search', finder('search')],
    ['fullmatch', finder('fullmatch')],
    [
      'findall',
      hostFunction(
        'findall',
        'pattern, string, flags=0',
        (pattern: Value, text: Value, flags: Value) => compile(pattern, flags).findAll(text),
      ),
    ],
    [
      'finditer',
      hostFunction(
        'finditer',
        'pattern, string, flags=0',
        (pattern: Value, text: Value, flags: Value) =>
          new PyGenerator(compile(pattern, flags).matches(text), 'finditer', 'callable_iterator'),
      ),
    ],
    [
      'split',
      hostFunction(
        'split',
        'pattern, string, maxsplit=0, flags=0',
        (pattern: Value, text: Value, most: Value, flags: Value) =>
          compile(pattern, flags).split(text, most),
      ),
    ],
    [
      'sub',
      hostFunction(
        'sub',
        substitution,
        (pattern: Value, repl: Value, text: Value, most: Value, flags: Value) =>
          firstOf(compile(pattern, flags).substitute(repl, text, most)),
      ),
    ],
    [
      'subn',
      hostFunction(
        'subn',
        substitution,
        (pattern: Value, repl: Value, text: Value, most: Value, flags: Value) =>
          pairOf(compile(pattern, flags).substitute(repl, text, most)),
      ),
    ],
    ['escape', hostFunction('escape', 'pattern', escapeText)],
    ['purge', hostFunction('purge', '', () => null)],
    ['error', classNamed('error')],
    ['Pattern', classNamed('Pattern')],
    ['Match', classNamed('Match')],
    ...flagValues(),
  ])
}
