import { RuntimeError } from '../core/errors.ts'
import type { FileSystem } from '../core/file-system.ts'
import { readYaml } from './yaml.ts'
import { isYamlMap, type YamlMap } from './yaml-value.ts'

/**
 * The `vars:` of a project's vars.yml; undefined when it has no such file or nothing in it.
 * Throws RuntimeError when the file is no YAML, or `vars:` no map.
 */
export const readVarsFile = (fs: FileSystem, root: string): YamlMap | undefined => {
  const content = fs.readText(`${root}/vars.yml`)
  if (content === undefined) return undefined
  const source = readYaml(content, 'vars.yml')
  const vars = isYamlMap(source.value) ? source.value.vars : undefined
  if (vars === undefined || vars === null) return undefined
  if (isYamlMap(vars)) return Object.keys(vars).length > 0 ? vars : undefined
  throw new RuntimeError("The 'vars' key of vars.yml must hold a dictionary", {
    at: source.spanOf(['vars']),
    code: 'vars-invalid',
  })
}
