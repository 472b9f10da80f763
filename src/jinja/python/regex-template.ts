import { PyError } from './py-error.ts'
import { escapedCharacter, regexError } from './regex-syntax.ts'
import type { PyMatch } from './regex-values.ts'
import { stringRepr } from './text.ts'

const templateReference = (
  template: string,
  at: number,
  match: PyMatch,
): readonly [string, number] => {
  const named = /^g<([^>]*)>/.exec(template.slice(at))
  if (named) {
    const name = named[1]!
    if (name === '') throw regexError('missing group name', at + 2)
    const known = match.pattern.translation.names.has(name)
    if (!known && !/^\d+$/.test(name)) {
      throw new PyError('IndexError', `unknown group name ${stringRepr(name)}`)
    }
    if (!known && Number(name) > match.pattern.translation.groups) {
      throw regexError(`invalid group reference ${Number(name)}`, at + 2)
    }
    return [match.groupText(known ? name : Number(name)) ?? '', named[0].length]
  }
  const octal = /^(?:0[0-7]{0,2}|[1-3][0-7]{2})/.exec(template.slice(at))
  if (octal) return [String.fromCharCode(Number.parseInt(octal[0], 8)), octal[0].length]
  const digits = /^[1-9]\d?/.exec(template.slice(at))
  if (digits) {
    if (Number(digits[0]) > match.pattern.translation.groups) {
      throw regexError(`invalid group reference ${digits[0]}`, at)
    }
    return [match.groupText(Number(digits[0])) ?? '', digits[0].length]
  }
  const letter = template.charAt(at)
  if (/[abfnrtv\\]/.test(letter)) {
    return [String.fromCodePoint(escapedCharacter(template, at)!.code), 1]
  }
  if (/[A-Za-z]/.test(letter)) throw regexError(`bad escape \\${letter}`, at - 1)
  // A backslash before anything else stays.
  return ['\\', 0]
}

/** A replacement text with its `\1`, `\g<name>` and escapes filled in. */
export const expandTemplate = (template: string, match: PyMatch): string => {
  let result = ''
  let at = 0
  for (;;) {
    const next = template.indexOf('\\', at)
    if (next < 0) return result + template.slice(at)
    if (next + 1 >= template.length) throw regexError('bad escape (end of pattern)', next)
    const [text, size] = templateReference(template, next + 1, match)
    result += template.slice(at, next) + text
    at = next + 1 + size
  }
}
