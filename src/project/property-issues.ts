import { CompilationError, type NavoError, ParsingError, ValidationError } from '../core/errors.ts'
import { nearest } from '../core/nearest.ts'
import { complaint } from './check.ts'
import { knownConfigKeys } from './config-keys.ts'
import { pythonRepr } from './python-repr.ts'
import type { YamlSource } from './yaml.ts'
import type { YamlMap, YamlPath } from './yaml-value.ts'

/** What is found wrong in one entry of a property file; paths are counted from the file's root. */
export interface EntryIssues {
  /** An error in words of its own. */
  fail(message: string, at: YamlPath, hint?: string): void
  /** An error behind dbt's `Invalid models config given in …`. */
  invalid(message: string, at: YamlPath): void
  badTest(message: string, kind: 'parsing' | 'compilation', at: YamlPath): void
  /** Warns of keys that the shape does not have. */
  warnUnknown(value: object, shape: object, at: YamlPath, owner: string): void
}

export interface IssueOptions {
  readonly section: string
  readonly source: YamlSource
  readonly projectName: string
  /** The entry as dbt would show it. */
  readonly entry: () => YamlMap
  readonly errors: NavoError[]
  readonly warnings: NavoError[]
}

/** Collects what one entry's readers complain of, with places and dbt's words. */
export const entryIssues = (options: IssueOptions): EntryIssues => {
  const { section, source, errors, warnings } = options
  const { file } = source
  return {
    fail: (message, at, hint) => {
      errors.push(new ParsingError(message, { at: source.spanOf(at), hint, code: 'properties' }))
    },
    invalid: (message, at) => {
      const shown = message.startsWith('at path') ? message : complaint([], message).message
      const entry = pythonRepr(options.entry())
      errors.push(
        new ParsingError(
          `Invalid ${section} config given in ${file} @ ${section}: ${entry} - ${shown}`,
          { at: source.spanOf(at), code: 'properties' },
        ),
      )
    },
    badTest: (message, kind, at) => {
      const context = trimmedTarget(section, file)
      const details = { at: source.spanOf(at), code: 'data-test' }
      errors.push(
        kind === 'parsing'
          ? new ParsingError(
              `Invalid test config given in ${file}:\n\t${message}\n\t@: ${context}`,
              details,
            )
          : new CompilationError(
              `Invalid generic test configuration given in ${file}: \n${message}\n\t@: ${context}`,
              details,
            ),
      )
    },
    warnUnknown: (value, shape, at, owner) => {
      for (const key in value) {
        if (Object.hasOwn(shape, key)) continue
        warnings.push(
          new ValidationError(`Unknown key '${key}' of ${owner} in ${file}`, {
            at: source.spanOf([...at, key]),
            hint: unknownKeyHint(key, Object.keys(shape)),
            code: 'unknown-key',
          }),
        )
      }
    },
  }
}

const unknownKeyHint = (key: string, known: readonly string[]): string | undefined => {
  if (knownConfigKeys.has(key)) return `'${key}' is a config: put it under 'config:'`
  const abbreviated = key.length >= 3 ? known.find(name => name.startsWith(key)) : undefined
  const near = abbreviated ?? nearest(key, known)
  return near && `did you mean '${near}'?`
}

/** dbt shows the first and last characters of its own record of the entry. */
const trimmedTarget = (section: string, file: string): string => {
  const record = section === 'models' ? 'UnparsedModelUpdate' : 'UnparsedNodeUpdate'
  return `${`${record}(original_file_path=${pythonRepr(file)}`.slice(0, 44)}...ne)`
}
