import type nunjucks from 'nunjucks/src/nodes.js'
import type { Place } from './syntax-error.ts'

/**
 * A stock node class with its kind stated in the type and without the stock constructor's work,
 * which copies fields by name in a loop and dominated parsing.
 */
export const nodeClass = <N extends string>(Base: typeof nunjucks.Node, typename: N) =>
  class extends Base {
    declare endColno: number | undefined
    override init(place: Place): void {
      this.lineno = place.lineno
      this.colno = place.colno
      this.endColno = place.endColno
    }
    override get typename(): N {
      return typename
    }
  }
