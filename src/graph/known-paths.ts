import type { Manifest } from '../core/manifest.ts'

export interface KnownPaths {
  readonly files: ReadonlySet<string>
  /** The project directory itself is ''. */
  readonly folders: ReadonlySet<string>
}

/**
 * The paths of the root project that its manifest tells of. `path:` searches the root project's
 * folders only, whatever package a node comes from.
 */
export const knownPaths = (manifest: Manifest): KnownPaths => {
  const files = new Set<string>()
  const sections = [
    manifest.nodes,
    manifest.sources,
    manifest.exposures,
    manifest.unit_tests,
    manifest.macros,
  ]
  for (const section of sections) {
    for (const node of section.values()) {
      if (node.package_name !== manifest.project_name) continue
      files.add(node.original_file_path)
      const patch = 'patch_path' in node ? node.patch_path : null
      if (patch) files.add(patch.split('://')[1] ?? '')
    }
  }
  return { files, folders: foldersOf(files) }
}

const foldersOf = (files: ReadonlySet<string>): ReadonlySet<string> => {
  const folders = new Set<string>([''])
  for (const file of files) {
    for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
      const folder = file.slice(0, end)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return folders
}
