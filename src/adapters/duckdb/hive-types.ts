const NAMES: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  varchar: 'VARCHAR',
  text: 'VARCHAR',
  char: 'VARCHAR',
  binary: 'BLOB',
  varbinary: 'BLOB',
}

/** DuckDB's spelling of a column type that may be written as Hive does: `array<struct<a:int>>`. */
export const duckdbType = (type: string): string => {
  const text = type.trim()
  const nested = /^(array|map|struct|row)\s*[<(]([\s\S]*)[>)]$/i.exec(text)
  if (nested !== null) return nestedType(nested[1] ?? '', nested[2] ?? '')
  const [, name = '', arguments_ = ''] = /^([^(]+)(\(.*\))?$/.exec(text) ?? []
  const known = NAMES[name.trim().toLowerCase()]
  return known ?? `${name.trim().toUpperCase()}${arguments_}`
}

const nestedType = (kind: string, inner: string): string => {
  const parts = splitTopLevel(inner)
  switch (kind.toLowerCase()) {
    case 'array':
      return `${duckdbType(inner)}[]`
    case 'map':
      return `MAP(${parts.map(duckdbType).join(', ')})`
    default: {
      const fields = parts.map(part => {
        const [, name = '', type = ''] = /^\s*"?(\w+)"?\s*[:\s]\s*([\s\S]+)$/.exec(part) ?? []
        return `${name} ${duckdbType(type)}`
      })
      return `STRUCT(${fields.join(', ')})`
    }
  }
}

const splitTopLevel = (text: string): readonly string[] => {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? ''
    if ('<('.includes(c)) depth++
    else if ('>)'.includes(c)) depth--
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  return [...parts, text.slice(start)]
}
