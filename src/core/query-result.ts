import type { Column } from './column.ts'

/** A decimal keeps its text, so that no digit is lost: `{ decimal: '12.50' }`. */
export interface DecimalCell {
  readonly decimal: string
}
/** ISO 8601 text with the engine's type; the context turns it into Python's date values. */
export interface TemporalCell {
  readonly temporal: 'date' | 'timestamp' | 'timestamptz' | 'time' | 'interval'
  readonly text: string
}
export interface FloatCell {
  readonly float: number
}
/** Integers beyond 2^53 are bigint; floats are boxed, so that 2.0 is not taken for 2. */
export type Cell =
  | null
  | boolean
  | number
  | bigint
  | string
  | DecimalCell
  | TemporalCell
  | FloatCell
  | Uint8Array
  | readonly Cell[]
  | { readonly struct: ReadonlyMap<string, Cell> }

export interface QueryResult {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Cell[])[]
  /** Rows changed by DML, when the engine says so. */
  readonly rowsAffected?: number
  /** What goes into `adapter_response` of run_results.json. */
  readonly response: AdapterResponse
}

export interface AdapterResponse {
  readonly _message: string
  readonly code?: string
  readonly rows_affected?: number
  readonly query_id?: string
  readonly data_scanned_in_bytes?: number
}
