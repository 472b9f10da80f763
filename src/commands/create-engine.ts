import type { AdapterType } from '../adapters/adapter.ts'
import { RuntimeError } from '../core/errors.ts'
import type { Engine } from './engine.ts'
import type { Services } from './services.ts'

/** Where to get an adapter by its name in profiles.yml. */
export type Adapters = Readonly<Record<string, () => Promise<AdapterType>>>

export type EngineOptions = Pick<
  Services,
  'flags' | 'invocation' | 'signal' | 'files' | 'emit' | 'now'
>

/** Joins project, graph and warehouse into what commands need of them. */
export const createEngine = (_options: EngineOptions, _adapters: Adapters): Engine => {
  const pending = (): Promise<never> =>
    Promise.reject(new RuntimeError('not put together yet', { code: 'pending' }))
  return {
    project: pending,
    load: pending,
    select: pending,
    run: pending,
    operation: pending,
    query: pending,
    catalog: pending,
    diagnose: pending,
    close: () => Promise.resolve(),
  }
}
