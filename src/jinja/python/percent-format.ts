import { typeError } from './py-error.ts'
import { toStr } from './text.ts'
import type { Value } from './values.ts'

/** printf-style `text % values`. */
export const formatPercent = (text: string, values: Value): string => {
  if (text.includes('%')) throw typeError(`not all arguments converted: ${toStr(values)}`)
  return text
}
