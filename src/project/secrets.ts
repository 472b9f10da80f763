import { ParsingError } from '../core/errors.ts'
import { hostFunction } from '../jinja/python/host-function.ts'
import { toStr } from '../jinja/python/text.ts'
import type { HostFunction, Value } from '../jinja/python/values.ts'
import { isYamlMap, type YamlValue } from './yaml-value.ts'

type Environment = Readonly<Record<string, string | undefined>>

const secretPrefix = 'DBT_ENV_SECRET'
const placeholder = (name: string): string => `$$$DBT_SECRET_START$$$${name}$$$DBT_SECRET_END$$$`

/**
 * `env_var` as profiles.yml and packages.yml have it: a secret (`DBT_ENV_SECRET…`) comes as a
 * placeholder, so that no filter of a template can take it apart and no error can show it.
 */
export const secretEnvVar = (env: Environment): HostFunction =>
  hostFunction('env_var', 'var, default=None', (name: Value, fallback: Value) => {
    const key = toStr(name)
    const value = Object.hasOwn(env, key) ? env[key] : undefined
    if (value !== undefined) return key.startsWith(secretPrefix) ? placeholder(key) : value
    if (fallback !== undefined && fallback !== null) return fallback
    throw new ParsingError(`Env var required but not provided: '${key}'`, {
      code: 'env-var',
      hint: `export ${key}, or give a default: env_var('${key}', 'value')`,
    })
  })

const placeholders = /\$\$\$DBT_SECRET_START\$\$\$(DBT_ENV_SECRET.*?)\$\$\$DBT_SECRET_END\$\$\$/g

/** Puts secrets in the place of their placeholders, in all texts below a value. */
export const revealSecrets = (value: YamlValue, env: Environment): YamlValue => {
  if (typeof value === 'string')
    return value.replaceAll(placeholders, (_, name: string) => env[name] ?? '')
  if (Array.isArray(value)) return value.map(item => revealSecrets(item, env))
  if (!isYamlMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, revealSecrets(item ?? null, env)]),
  )
}

/** Hides what stands behind keys like `password:` in an excerpt of a profiles.yml. */
export const maskCredentials = (excerpt: string): string =>
  excerpt.replaceAll(
    /((?:pass|password|passwd|pwd|token|secret|key)[\w-]*['"]?[ \t]*:[ \t]*)\S[^\n]*/gi,
    '$1*****',
  )
