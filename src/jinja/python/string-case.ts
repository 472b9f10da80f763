// A word's first letter: digraphs have a title form of their own (ǆ → ǅ).
const titleCharacter = (char: string): string => {
  const titled = digraphs.get(char) ?? withIota(char)
  if (titled !== undefined) return titled
  const upper = char.toUpperCase()
  if (upper.length <= char.length) return upper
  // ß → Ss, ﬁ → Fi: only the first of the letters stays a capital.
  const [first = '', ...rest] = upper
  return first + rest.join('').toLowerCase()
}

// Greek letters with an iota written below have title forms, which JavaScript does not know.
const withIota = (char: string): string | undefined => {
  const code = char.codePointAt(0) ?? 0
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCodePoint(code | 8)
  if (/[\u1fb3\u1fc3\u1ff3]/.test(char)) return String.fromCodePoint(code + 9)
  return /[\u1fbc\u1fcc\u1ffc]/.test(char) ? char : undefined
}

const digraphs: ReadonlyMap<string, string> = new Map(
  [
    ['ǅ', 'Ǆ', 'ǆ'],
    ['ǈ', 'Ǉ', 'ǉ'],
    ['ǋ', 'Ǌ', 'ǌ'],
    ['ǲ', 'Ǳ', 'ǳ'],
  ].flatMap(([title = '', ...others]) => [title, ...others].map(char => [char, title] as const)),
)

const cased = /[\p{Lu}\p{Ll}\p{Lt}\p{Lowercase}\p{Uppercase}]/u

/** Python's `str.title()`: every run of letters is a word, whatever stands between. */
export const titleCase = (text: string): string => {
  let result = ''
  let inWord = false
  for (const char of text) {
    const isCased = cased.test(char)
    result += !isCased ? char : inWord ? char.toLowerCase() : titleCharacter(char)
    inWord = isCased
  }
  return result
}

/** Python's `str.capitalize()`. */
export const capitalize = (text: string): string => {
  const [first = ''] = text
  return titleCharacter(first) + text.slice(first.length).toLowerCase()
}

const swapped = (char: string): string => {
  if (/\p{Uppercase}/u.test(char)) return char.toLowerCase()
  return /\p{Lowercase}/u.test(char) ? char.toUpperCase() : char
}

/** Python's `str.swapcase()`. */
export const swapCase = (text: string): string => Array.from(text, swapped).join('')

// Letters whose folding is that of their capitals, written out.
const unfolded =
  /[\ufb00-\ufb06\u0149\u01f0\u0390\u03b0\u0587\u1e96-\u1e9a\u1f50-\u1f56\u1f80-\u1faf\u1fb2-\u1fbc\u1fc2-\u1fcc\u1fd2-\u1fd7\u1fe2-\u1fe7\u1ff2-\u1ffc]/g

/** Python's `str.casefold()`, as far as JavaScript knows the foldings. */
export const caseFold = (text: string): string =>
  text
    .replaceAll('ẞ', 'ss')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .replace(unfolded, char => char.toUpperCase().toLowerCase())
