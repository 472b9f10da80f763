import { resourceTypes } from './resource-types.ts'
import type { Criteria, Services } from './services.ts'

/** What the flags of an invocation select; with --inline, that query alone. */
export const criteriaOf = ({ flags }: Services): Criteria => ({
  select: flags.select,
  exclude: flags.exclude,
  selector: flags.selector,
  indirect: flags.indirect_selection,
  resourceTypes: flags.inline === null ? resourceTypes(flags) : ['sql_operation'],
})
