/** A package with its version settled. */
export type Pinned =
  | { readonly kind: 'local'; readonly path: string }
  | {
      readonly kind: 'tarball'
      readonly url: string
      readonly written: string
      readonly name: string
    }
  | {
      readonly kind: 'git'
      readonly url: string
      readonly written: string
      /** A branch or a tag; a commit once it was looked up. */
      readonly revision: string
      readonly subdirectory: string | null
      readonly warnUnpinned: boolean
    }
  | {
      readonly kind: 'hub'
      readonly package: string
      readonly version: string
      /** The highest that dbt's version allows. */
      readonly latest: string
    }

/** What `Installing …` names. */
export const pinnedName = (pinned: Pinned): string => {
  switch (pinned.kind) {
    case 'local':
      return pinned.path
    case 'tarball':
      return pinned.name
    case 'git':
      return pinned.subdirectory === null ? pinned.url : `${pinned.url}/${pinned.subdirectory}`
    case 'hub':
      return pinned.package
  }
}

/** What `Installed from …` says. */
export const pinnedVersion = (pinned: Pinned): string => {
  switch (pinned.kind) {
    case 'local':
      return `<local @ ${pinned.path}>`
    case 'tarball':
      return `tarball (url: ${pinned.url})`
    case 'git':
      return pinned.revision === 'HEAD' ? 'HEAD (default revision)' : `revision ${pinned.revision}`
    case 'hub':
      return `version ${pinned.version}`
  }
}
