import type { Json, JsonObject } from '../../core/json.ts'
import { literal } from './names.ts'
import type { Attachment, DuckDbTarget } from './target.ts'

/** Statements for the database as a whole, once after opening: extensions, secrets, attached databases. */
export const setupStatements = (target: DuckDbTarget): readonly string[] => [
  ...target.secrets.map((secret, i) => secretSql(secret, `_dbt_secret_${i + 1}`)),
  ...target.attach.map(attachSql),
]

/** An extension that is built in or installed already needs no network, so loading is tried first. */
export const extensionStatements = (
  extension: DuckDbTarget['extensions'][number],
): { readonly load: string; readonly install: string } =>
  typeof extension === 'string'
    ? { load: `LOAD ${extension}`, install: `INSTALL ${extension}` }
    : {
        load: `LOAD ${extension.name}`,
        install: `INSTALL ${extension.name} FROM ${extension.repo}`,
      }

/** Settings go to every connection; DuckDB casts the texts. */
export const settingStatements = (target: DuckDbTarget): readonly string[] =>
  Object.entries(target.settings).map(([key, value]) => `SET ${key} = ${literal(value)}`)

const UNQUOTED = new Set(['type', 'provider', 'extra_http_headers'])

const secretSql = (secret: JsonObject, defaultName: string): string => {
  const { name, persistent, scope, ...fields } = secret
  const scopes = Array.isArray(scope) ? scope : scope === undefined || scope === null ? [] : [scope]
  const lines = [
    ...Object.entries(fields).flatMap(([key, value]) =>
      value === null || value === undefined ? [] : [secretField(key, value)],
    ),
    ...scopes.map(value => `scope ${literal(plain(value))}`),
  ]
  const kind = persistent === true ? ' PERSISTENT' : ''
  return `CREATE OR REPLACE${kind} SECRET ${plain(name ?? defaultName)} (\n  ${lines.join(',\n  ')}\n)`
}

const secretField = (key: string, value: Json): string => {
  if (Array.isArray(value)) return `${key} array [${value.map(v => literal(plain(v))).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([k, v]) => `${literal(k)}: ${literal(plain(v ?? null))}`,
    )
    return `${key} map {${entries.join(', ')}}`
  }
  return UNQUOTED.has(key) ? `${key} ${plain(value)}` : `${key} ${literal(plain(value))}`
}

const attachSql = (attachment: Attachment): string => {
  const { type, secret, read_only: readOnly, ...others } = attachment.options ?? {}
  const options = [
    ...optional('TYPE', attachment.type ?? type),
    ...optional('SECRET', attachment.secret ?? secret),
    ...(attachment.read_only || readOnly ? ['READ_ONLY'] : []),
    ...Object.entries(others).flatMap(([key, value]) => attachOption(key.toUpperCase(), value)),
  ]
  const alias = attachment.alias ? ` AS ${attachment.alias}` : ''
  const suffix = options.length > 0 ? ` (${options.join(', ')})` : ''
  return `ATTACH IF NOT EXISTS ${literal(attachment.path)}${alias}${suffix}`
}

const optional = (key: string, value: unknown): readonly string[] =>
  typeof value === 'string' && value !== '' ? [`${key} ${value}`] : []

const attachOption = (key: string, value: unknown): readonly string[] => {
  if (value === null || value === undefined || value === false) return []
  if (value === true) return [key]
  if (typeof value !== 'string') return [`${key} ${String(value)}`]
  return [/^(['"]).*\1$/s.test(value.trim()) ? `${key} ${value}` : `${key} ${literal(value)}`]
}

const plain = (value: Json): string => (typeof value === 'string' ? value : String(value))
