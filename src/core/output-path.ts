const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Where a node's SQL goes below target/compiled and target/run: dbt's rule for several nodes a file. */
export const outputPath = (node: {
  readonly package_name: string
  readonly path: string
  readonly original_file_path: string
  readonly resource_type: string
  readonly name: string
}): string => {
  const { original_file_path: original, path } = node
  const file =
    node.resource_type === 'snapshot'
      ? `${original}/${node.name}.sql`
      : baseName(path) === baseName(original)
        ? original
        : `${original}/${path}`
  return `${node.package_name}/${file}`
}
