import type { Services } from './services.ts'

/** What of the services needs the project, the graph and a warehouse. */
export type Engine = Pick<
  Services,
  | 'project'
  | 'packages'
  | 'load'
  | 'select'
  | 'run'
  | 'operation'
  | 'query'
  | 'catalog'
  | 'diagnose'
> & {
  /** Frees the database. */
  readonly close: () => Promise<void>
}
