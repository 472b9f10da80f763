import type { AdapterType } from '../../adapters/adapter.ts'
import type { Services } from '../services.ts'

/** Where to get an adapter by its name in profiles.yml. */
export type Adapters = Readonly<Record<string, () => Promise<AdapterType>>>

export type EngineOptions = Pick<
  Services,
  'flags' | 'invocation' | 'signal' | 'files' | 'emit' | 'now'
>
