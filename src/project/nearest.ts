import { distance } from 'fastest-levenshtein'

/** The known word closest to a mistyped one; undefined when none is close. */
export const nearest = (word: string, known: Iterable<string>): string | undefined => {
  const limit = Math.max(1, Math.floor(word.length / 3))
  const folded = fold(word)
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of known) {
    const other = fold(candidate)
    const away = isAbbreviation(folded, other) ? 1 : distance(folded, other)
    if (away < bestDistance) {
      best = candidate
      bestDistance = away
    }
  }
  return best
}

/** `modelPaths`, `model_paths` and `model-paths` are the same mistake. */
const fold = (word: string): string => word.toLowerCase().replaceAll(/[-_ ]/g, '')

/** `desc` is meant to be `description`. */
const isAbbreviation = (word: string, other: string): boolean =>
  word.length >= 3 && other.startsWith(word)
