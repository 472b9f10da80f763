import { RuntimeError } from '../../core/errors.ts'
import type { SourceNode } from '../../core/manifest.ts'

/** How a source's files are laid out, whichever engine's words say it. */
export type ExternalFormat =
  | { readonly kind: 'parquet' }
  | { readonly kind: 'json'; readonly layout: 'newline_delimited' | 'auto' }
  | {
      readonly kind: 'delimited'
      readonly delimiter: string
      readonly quote: string
      readonly escape: string
      /** Lines at the head of each file that are no data. */
      readonly skip: number
    }

/**
 * Reads `file_format` (text, csv, json, parquet, or Hive's INPUTFORMAT classes), `row_format`
 * (`delimited fields terminated by …`, or a serde) and `tbl_properties` (`skip.header.line.count`).
 * @throws RuntimeError for a format that DuckDB does not read
 */
export const externalFormat = (source: SourceNode): ExternalFormat => {
  const { external } = source
  const fileFormat = (external?.file_format ?? '').toLowerCase()
  const rowFormat = external?.row_format ?? ''
  const location = external?.location ?? ''
  const properties = [external?.tbl_properties, external?.table_properties]
    .filter(text => typeof text === 'string')
    .join(' ')
  const words = `${fileFormat} ${rowFormat.toLowerCase()}`
  if (/parquet/.test(words) || (words === ' ' && /\.parquet$/.test(location)))
    return { kind: 'parquet' }
  if (/json/.test(words) || (words === ' ' && /\.(json|jsonl|ndjson)(\.gz)?$/.test(location)))
    return { kind: 'json', layout: fileFormat === 'json' ? 'auto' : 'newline_delimited' }
  if (/\borc\b|avro|ion|regexserde|grok|sequencefile/.test(words))
    throw new RuntimeError(
      `Source '${source.source_name}.${source.name}': DuckDB does not read files of the format ` +
        `'${external?.file_format ?? rowFormat}'`,
      { code: 'external-source', hint: 'file_format may be text, csv, json or parquet' },
    )
  const skip = Number(
    /['"]skip\.header\.line\.count['"]\s*=\s*['"](\d+)['"]/.exec(properties)?.[1] ?? 0,
  )
  return { kind: 'delimited', skip, ...separators(fileFormat, rowFormat) }
}

const separators = (
  fileFormat: string,
  rowFormat: string,
): { readonly delimiter: string; readonly quote: string; readonly escape: string } => {
  const terminated = property(rowFormat, /fields\s+terminated\s+by\s+(['"])(.*?)\1/i)
  const separator =
    property(rowFormat, /['"]separatorChar['"]\s*=\s*(['"])(.*?)\1/i) ??
    property(rowFormat, /['"]field\.delim['"]\s*=\s*(['"])(.*?)\1/i)
  const quotes = property(rowFormat, /['"]quoteChar['"]\s*=\s*(['"])(.*?)\1/i)
  const escapes = property(rowFormat, /['"]escapeChar['"]\s*=\s*(['"])(.*?)\1/i)
  const csv = fileFormat === '' || /csv/i.test(`${fileFormat} ${rowFormat}`)
  // Hive's own text tables are separated by Ctrl-A and know no quotes.
  return {
    delimiter: terminated ?? separator ?? (csv ? ',' : '\u0001'),
    quote: quotes ?? (csv ? '"' : ''),
    escape: escapes ?? (csv ? '"' : ''),
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  '\\': '\\',
  '"': '"',
  "'": "'",
}

const property = (text: string, pattern: RegExp): string | undefined =>
  pattern
    .exec(text)?.[2]
    ?.replaceAll(/\\u([0-9a-f]{4})|\\([0-7]{3})|\\(.)/gi, (_, hex, octal, char) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
      return ESCAPES[char] ?? char
    })
