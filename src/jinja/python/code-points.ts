/** Strings of Python are sequences of code points; JavaScript's are of UTF-16 units. */

const surrogate = /[\ud800-\udfff]/

/** Whether units and code points are the same thing in this text. */
export const isPlane0 = (text: string): boolean => !surrogate.test(text)

/** The number of code points. */
export const codePointLength = (text: string): number => {
  if (isPlane0(text)) return text.length
  let count = 0
  for (const _ of text) count++
  return count
}

/** The unit index of a code point index within the text. */
export const unitIndex = (text: string, index: number): number => {
  if (isPlane0(text)) return index
  let units = 0
  let count = 0
  for (const char of text) {
    if (count === index) break
    units += char.length
    count++
  }
  return units
}

/** The code point index of a unit index; negative ones (not found) stay. */
export const codePointIndex = (text: string, units: number): number =>
  units <= 0 ? units : codePointLength(text.slice(0, units))
