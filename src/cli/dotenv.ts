/**
 * The variables of a `.env` file: `NAME=value`, `export NAME=value`, quotes of both kinds, comments.
 * Inside double quotes `\n` is a line break; single quotes keep all as it is.
 */
export const parseDotenv = (text: string): Readonly<Record<string, string>> => {
  const values: Record<string, string> = {}
  const pattern =
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*(?:'([^']*)'|"((?:\\.|[^"\\])*)"|([^\r\n]*?))[ \t]*(?:#.*)?$/gm
  for (const [, name, single, double, bare] of text.matchAll(pattern)) {
    if (name === undefined) continue
    values[name] =
      single ?? double?.replace(/\\([nrt"\\])/g, (_, c: string) => escapes[c] ?? c) ?? bare ?? ''
  }
  return values
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }
