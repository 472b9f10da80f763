/**
 * The column names in the first record of a CSV text, made whole and unique as agate makes them:
 * unnamed columns are called by letters, repeated names get `_2`, `_3` …
 */
export const csvHeader = (text: string, delimiter: string): readonly string[] => {
  const names: string[] = []
  firstRecord(text.replace(/^\uFEFF/, ''), delimiter).forEach((name, i) => {
    const own = name === '' ? letterName(i) : name
    let unique = own
    for (let n = 2; names.includes(unique); n++) unique = `${own}_${n}`
    names.push(unique)
  })
  return names
}

/** Python's csv reader: quotes count at the start of a field only, a doubled quote is one. */
const firstRecord = (text: string, delimiter: string): readonly string[] => {
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    if (quoted) {
      if (c !== '"') field += c
      else if (text[i + 1] === '"') field += text[++i]
      else quoted = false
    } else if (c === delimiter) {
      fields.push(field)
      field = ''
    } else if (c === '\n' || c === '\r') return [...fields, field]
    else if (c === '"' && field === '') quoted = true
    else field += c
  }
  return text === '' ? [] : [...fields, field]
}

const letterName = (index: number): string => {
  const letter = String.fromCharCode(97 + (index % 26))
  return letter.repeat(Math.floor(index / 26) + 1)
}
