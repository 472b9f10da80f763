import { dbtVersion } from '../core/dbt-version.ts'
import { pythonRepr } from './python-repr.ts'
import {
  formatVersionSpec,
  isSatisfiable,
  parseVersionSpec,
  satisfies,
  type VersionSpec,
} from './require-version.ts'
import type { YamlMap } from './yaml-value.ts'

/**
 * What is wrong with a project's `require-dbt-version`, in dbt's words; undefined when nothing is.
 * @param verify false: only whether it can be read (`--no-version-check`)
 */
export const versionProblem = (project: YamlMap, verify: boolean): string | undefined => {
  const required = project['require-dbt-version']
  const texts =
    typeof required === 'string' ? required.split(',') : Array.isArray(required) ? required : []
  const specs: VersionSpec[] = []
  for (const text of texts) {
    const spec = parseVersionSpec(String(text))
    if (!spec) return `"${String(text)}" is not a valid semantic version.`
    specs.push(spec)
  }
  if (!verify || specs.length === 0) return undefined
  return incompatibility(String(project.name), specs)
}

const incompatibility = (name: string, specs: readonly VersionSpec[]): string | undefined => {
  const shown = pythonRepr(specs.map(formatVersionSpec))
  const advice = `Check for a different version of the '${name}' package, or run dbt again with --no-version-check\n`
  if (!isSatisfiable(specs)) {
    return [
      `The package version requirement can never be satisfied for the '${name}`,
      'package.',
      `  Required versions of dbt for '${name}': ${shown}`,
      advice,
    ].join('\n')
  }
  const installed = parseVersionSpec(dbtVersion)
  if (installed && satisfies(installed.version, specs)) return undefined
  return [
    `This version of dbt is not supported with the '${name}' package.`,
    `  Installed version of dbt: =${dbtVersion}`,
    `  Required version of dbt for '${name}': ${shown}`,
    advice,
  ].join('\n')
}
