/** A seed to load: the file stays on disk, because engines read CSV faster than we do. */
export interface SeedTable {
  /** Absolute path of the CSV file. */
  readonly path: string
  readonly delimiter: string
  /** Types by column from `column_types`; other columns are inferred. */
  readonly columnTypes: Readonly<Record<string, string>>
  /** dbt's `quote_columns`: null leaves it to the dialect. */
  readonly quoteColumns: boolean | null
  /** Creates the table but loads no row (`--empty`). */
  readonly empty: boolean
}
