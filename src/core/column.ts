/** A column as the warehouse describes it; `type` is the engine's own spelling. */
export interface Column {
  readonly name: string
  readonly type: string
}
