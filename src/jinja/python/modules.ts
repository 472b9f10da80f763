import { datetimeModule } from './datetime-module.ts'
import { itertoolsModule } from './itertools-module.ts'
import { LazyDict } from './lazy-dict.ts'
import { pytzModule } from './pytz-module.ts'
import { regexModule } from './regex-module.ts'
import type { PyDict, Value } from './values.ts'

interface ModuleOptions {
  /** The current instant, for `datetime.now()` and its kin. */
  readonly now?: () => Date
  /** Told of each call of `modules.itertools`, whose use is deprecated. */
  readonly onItertools?: () => void
}

/** dbt's `modules`: datetime, pytz, re, itertools; each is made when it is first asked for. */
export const modules = ({ now, onItertools }: ModuleOptions = {}): PyDict => {
  const makers: Record<string, () => Value> = {
    pytz: pytzModule,
    datetime: () => datetimeModule(now ?? (() => new Date())),
    re: regexModule,
    itertools: () => itertoolsModule(onItertools ?? (() => undefined)),
  }
  return new LazyDict(makers, make => (make as () => Value)())
}
