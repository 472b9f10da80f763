const blanks = '(?:(?!\\uFEFF)\\s)+'
const around = new RegExp(`^${blanks}|${blanks}$`, 'g')

/** Python's `strip()`: a byte order mark is no white space to it. */
export const pythonStrip = (text: string): string => text.replace(around, '')

/** Python's `' '.join(text.split())`. */
export const oneSpaced = (text: string): string =>
  pythonStrip(text).replace(new RegExp(blanks, 'g'), ' ')
