import { basename, dirname, join } from 'node:path'
import type { FileSystem } from '../core/file-system.ts'
import type { JsonObject } from '../core/json.ts'
import { findProjectDirectory, findProjectFile, projectFileNames } from '../project/project-file.ts'
import { yamlToJson } from '../project/yaml-json.ts'
import { isYamlMap } from '../project/yaml-value.ts'
import { yamlArgument } from './yaml-argument.ts'

/**
 * What of a project file decides how the command itself behaves, before the project is read and
 * checked: `flags:` and `log-path`. What cannot be understood is left to the project reader, whose
 * message says where.
 */
export const projectHead = (
  files: FileSystem,
  directory: string,
): { readonly flags: JsonObject; readonly logPath: string | undefined } => {
  const name = findProjectFile(files, directory)
  const text = name === undefined ? undefined : files.readText(join(directory, name))
  const blocks = text === undefined ? '' : topLevelBlocks(text, ['flags', 'log-path'])
  try {
    const { flags, 'log-path': logPath } = yamlArgument(blocks)
    return {
      flags: isYamlMap(flags) ? yamlToJson(flags) : {},
      logPath: typeof logPath === 'string' ? join(directory, logPath) : undefined,
    }
  } catch {
    return { flags: {}, logPath: undefined }
  }
}

/** The lines of some top-level keys: a project file can be long, and start-up is short. */
const topLevelBlocks = (text: string, keys: readonly string[]): string => {
  const lines: string[] = []
  let inside = false
  for (const line of text.split(/\r?\n/)) {
    if (/^[^\s#-]/.test(line)) inside = keys.some(key => line.startsWith(`${key}:`))
    if (inside) lines.push(line)
  }
  return lines.join('\n')
}

/** The nearest folder from here upwards that holds a project file; here when there is none. */
export const nearestProject = (files: FileSystem, workingDirectory: string): string =>
  findProjectDirectory(files, workingDirectory) ?? workingDirectory

/** `--project-dir` may also name the project file itself. */
export const projectFolder = (files: FileSystem, path: string): string =>
  projectFileNames.some(name => basename(path) === name) && files.stat(path)?.kind === 'file'
    ? dirname(path)
    : path
