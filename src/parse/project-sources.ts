import type { ProjectConfig } from '../project/project-config.ts'
import type { PropertyFile } from '../project/property-file.ts'
import type { ProjectFiles } from '../project/source-file.ts'

/** The root project or an installed package, with what its YAML says. */
export interface PackageSource {
  readonly config: ProjectConfig
  readonly files: ProjectFiles
  readonly properties: readonly PropertyFile[]
}
