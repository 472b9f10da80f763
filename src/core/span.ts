/** A place in a file a user wrote. Lines and columns are one-based; `endColumn` is exclusive. */
export interface Span {
  /** Path relative to the project directory, with forward slashes. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endColumn?: number
}
