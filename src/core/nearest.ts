import { distance } from 'fastest-levenshtein'

/**
 * The known word closest to a mistyped one, for `did you mean`; undefined when none is close: at
 * most a third of the letters (rounded up) may be wrong; two that changed places count as two.
 */
export const nearest = (word: string, known: Iterable<string>): string | undefined => {
  const folded = fold(word)
  let best: string | undefined
  let bestDistance = Math.ceil(word.length / 3) + 1
  for (const candidate of known) {
    const away = distance(folded, fold(candidate))
    if (away < bestDistance) {
      best = candidate
      bestDistance = away
    }
  }
  return best
}

/** `modelPaths`, `model_paths` and `model-paths` are the same mistake. */
const fold = (word: string): string => word.toLowerCase().replaceAll(/[-_ ]/g, '')
