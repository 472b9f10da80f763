const upperFirst = /^\p{Lu}/u

// A word's first letter: digraphs have a title form of their own (ǆ → ǅ).
const titleCharacter = (char: string): string => {
  const titled = digraphs.get(char)
  if (titled !== undefined) return titled
  const upper = char.toUpperCase()
  if (upper.length <= char.length) return upper
  // ß → Ss, ﬁ → Fi: only the first of the letters stays a capital.
  const [first = '', ...rest] = upper
  return first + rest.join('').toLowerCase()
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

/** Python's `str.swapcase()`. */
export const swapCase = (text: string): string =>
  Array.from(text, char => (upperFirst.test(char) ? char.toLowerCase() : char.toUpperCase())).join(
    '',
  )

/** Python's `str.casefold()`, as far as JavaScript knows the foldings. */
export const caseFold = (text: string): string =>
  text
    .replaceAll('ẞ', 'ss')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .replace(/[\ufb00-\ufb06\u0149\u01f0\u0390\u03b0\u0587\u1e96-\u1e9a]/g, c =>
      c.toUpperCase().toLowerCase(),
    )
