import { isAbsolute, join } from 'node:path'
import { RuntimeError } from '../../core/errors.ts'
import type { Json } from '../../core/json.ts'
import type { SourceNode } from '../../core/manifest.ts'
import { externalFormat } from './external-format.ts'
import { duckdbType } from './hive-types.ts'
import { literal, quote } from './names.ts'

interface ExternalColumn {
  readonly name: string
  readonly type: string
}

/**
 * The glob that matches a source's files. A folder stands for all that lies in it; a relative
 * location is taken from the project directory.
 */
export const externalGlob = (source: SourceNode, projectDir: string): string => {
  const location = source.external?.location ?? ''
  if (location === '')
    throw new RuntimeError(
      `Source '${source.source_name}.${source.name}' has no external location`,
      {
        code: 'external-source',
      },
    )
  const remote = /^[a-z][a-z0-9+.-]*:\/\//i.test(location)
  const path = remote || isAbsolute(location) ? location : join(projectDir, location)
  if (/[*?[]/.test(path)) return path
  const last = path.split('/').at(-1) ?? ''
  return last.includes('.') && !path.endsWith('/') ? path : `${path.replace(/\/$/, '')}/**`
}

/**
 * The query that reads an external source: its declared columns, then its partitions, then
 * `filename`, the path of the row's file. A single text column of a text or CSV source is the
 * whole line, broken or empty as it may be.
 * @param glob from `externalGlob`
 * @param empty no file matches: the query gives the columns and no row
 * @throws RuntimeError for a format that DuckDB does not read
 */
export const externalSelect = (source: SourceNode, glob: string, empty: boolean): string => {
  const columns = Object.values(source.columns).map(({ name, data_type }) => ({
    name,
    type: duckdbType(data_type ?? 'varchar'),
  }))
  const partitions = partitionColumns(source.external?.partitions ?? null)
  if (empty) return emptySelect([...columns, ...partitions])
  const names = columns.length === 0 ? ['*'] : columns.map(({ name }) => quote(name))
  const extra = columns.length === 0 ? [] : partitions.map(({ name }) => quote(name))
  const reader = fileReader(source, glob, columns, partitions)
  const [first] = columns
  const fields =
    reader.lines && first ? [`coalesce(${quote(first.name)}, '') as ${quote(first.name)}`] : names
  const filename = columns.length === 0 ? [] : ['filename']
  return `select ${[...fields, ...extra, ...filename].join(', ')}
from ${reader.call}
where not regexp_matches(parse_filename(filename), '^[._]')`
}

const fileReader = (
  source: SourceNode,
  glob: string,
  columns: readonly ExternalColumn[],
  partitions: readonly ExternalColumn[],
): { readonly call: string; readonly lines: boolean } => {
  const format = externalFormat(source)
  const lines =
    format.kind === 'delimited' && columns.length === 1 && columns[0]?.type === 'VARCHAR'
  const hive =
    partitions.length === 0
      ? []
      : ['hive_partitioning = true', `hive_types = ${struct(partitions)}`]
  const shared = ['filename = true', ...hive]
  const call = (name: string, options: readonly string[]): string =>
    `${name}(${[literal(glob), ...options, ...shared].join(', ')})`
  switch (format.kind) {
    case 'parquet':
      return { call: call('read_parquet', ['union_by_name = true']), lines: false }
    case 'json': {
      const typed = columns.length === 0 ? [] : [`columns = ${struct(columns)}`]
      return { call: call('read_json', [`format = '${format.layout}'`, ...typed]), lines: false }
    }
    case 'delimited': {
      if (columns.length === 0)
        return { call: call('read_csv', [`skip = ${Math.max(format.skip - 1, 0)}`]), lines: false }
      const quoting = lines
        ? ["delim = ''", "quote = ''", "escape = ''"]
        : [
            `delim = ${literal(format.delimiter)}`,
            `quote = ${literal(format.quote)}`,
            `escape = ${literal(format.escape)}`,
            'null_padding = true',
          ]
      const options = [
        'auto_detect = false',
        'header = false',
        `skip = ${format.skip}`,
        ...quoting,
        'strict_mode = false',
        `columns = ${struct(columns)}`,
      ]
      return { call: call('read_csv', options), lines }
    }
  }
}

const struct = (columns: readonly ExternalColumn[]): string =>
  `{${columns.map(({ name, type }) => `${literal(name)}: ${literal(type)}`).join(', ')}}`

const emptySelect = (columns: readonly ExternalColumn[]): string => {
  const all = [...columns, { name: 'filename', type: 'VARCHAR' }]
  const fields = all.map(({ name, type }) => `cast(null as ${type}) as ${quote(name)}`)
  return `select ${fields.join(', ')}\nwhere false`
}

/** `partitions` is a list of names or of `{name, data_type}`. */
const partitionColumns = (partitions: Json): readonly ExternalColumn[] =>
  (Array.isArray(partitions) ? partitions : []).flatMap(entry => {
    if (typeof entry === 'string') return [{ name: entry, type: 'VARCHAR' }]
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return []
    const { name, data_type: type } = entry as { readonly [key: string]: Json }
    return typeof name === 'string'
      ? [{ name, type: duckdbType(typeof type === 'string' ? type : 'varchar') }]
      : []
  })
