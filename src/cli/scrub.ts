const prefixes = ['DBT_ENV_SECRET', 'DBT_ENGINE_ENV_SECRET'] as const

/** A function that hides the values of secret variables in text, as dbt's logs do. */
export const scrubber = (
  env: Readonly<Record<string, string | undefined>>,
): ((text: string) => string) => {
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    prefixes.some(prefix => name.startsWith(prefix)) && value ? [value] : [],
  )
  if (secrets.length === 0) return text => text
  return text => secrets.reduce((all, secret) => all.replaceAll(secret, '*****'), text)
}
