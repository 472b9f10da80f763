/** How many typing errors a word of this length may hold and still be found. */
const allowed = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2)

/**
 * The smallest number of edits (insert, delete, replace, swap of neighbours) that turns `needle`
 * into some part of `hay`; undefined when it is more than a word of its length may hold.
 */
export const editsToFind = (needle: string, hay: string): number | undefined => {
  const limit = allowed(needle.length)
  if (limit === 0) return undefined
  const width = hay.length + 1
  let beforeLast = new Array<number>(width).fill(0)
  // A match may begin anywhere in `hay`, so the first row costs nothing.
  let last = new Array<number>(width).fill(0)
  for (let row = 1; row <= needle.length; row += 1) {
    const current = new Array<number>(width).fill(row)
    for (let column = 1; column < width; column += 1) {
      const same = needle[row - 1] === hay[column - 1]
      let cost = Math.min(
        last[column - 1]! + (same ? 0 : 1),
        last[column]! + 1,
        current[column - 1]! + 1,
      )
      const swapped =
        row > 1 &&
        column > 1 &&
        needle[row - 1] === hay[column - 2] &&
        needle[row - 2] === hay[column - 1]
      if (swapped) cost = Math.min(cost, beforeLast[column - 2]! + 1)
      current[column] = cost
    }
    beforeLast = last
    last = current
  }
  const best = Math.min(...last)
  return best <= limit ? best : undefined
}

/** `fctord` finds `fct_orders`: the letters in order, each run of them beginning a word. */
export const matchesInitials = (needle: string, hay: string): boolean => {
  const words = hay.split(/[^a-z0-9]+/)
  const fits = (from: number, word: number): boolean => {
    if (from === needle.length) return true
    for (let at = word; at < words.length; at += 1) {
      const letters = words[at]!
      let length = 0
      while (length < letters.length && letters[length] === needle[from + length]) length += 1
      for (let taken = length; taken > 0; taken -= 1) {
        if (fits(from + taken, at + 1)) return true
      }
    }
    return false
  }
  return needle.length > 1 && fits(0, 0)
}
