import type { ProjectConfig } from '../project/project-config.ts'
import type { PropertyFile } from '../project/property-file.ts'
import type { ProjectFiles } from '../project/source-file.ts'

/** The root project or an installed package, with its files as they are found. */
export interface PackageFiles {
  readonly config: ProjectConfig
  readonly files: ProjectFiles
}

/** The same, with what its YAML says. */
export interface PackageSource extends PackageFiles {
  readonly properties: readonly PropertyFile[]
}
