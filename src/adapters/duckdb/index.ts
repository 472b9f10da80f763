import type { AdapterType } from '../adapter.ts'
import { dialect } from './dialect.ts'
import { type DuckDbTarget, parseTarget } from './target.ts'
import { connect } from './warehouse.ts'

/** The embedded warehouse; the driver is loaded when a connection is opened. */
export const duckdb: AdapterType<DuckDbTarget> = {
  name: 'duckdb',
  dialect,
  parseTarget,
  connect,
}
