/** Path helpers in dbt's terms; paths have forward slashes. */

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const withoutExtension = (name: string): string => {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}

/** `models/a/b.sql` → `b` */
export const stem = (path: string): string => withoutExtension(baseName(path))

/** `[package, folder …, name]` of a file below its search path. */
export const fqnOf = (packageName: string, relativePath: string, name: string): string[] => [
  packageName,
  ...relativePath.split('/').slice(0, -1),
  name,
]
