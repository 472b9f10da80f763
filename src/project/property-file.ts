import { NavoError, ParsingError, ValidationError } from '../core/errors.ts'
import type { PropertyFile } from './properties.ts'
import { entryIssues } from './property-issues.ts'
import { isDueInProperties } from './property-render.ts'
import { type EntryReader, sectionReaders } from './property-sections.ts'
import { type RenderNative, renderTree } from './render.ts'
import { readYaml, type YamlSource } from './yaml.ts'
import { isYamlMap, type YamlMap, type YamlPath, type YamlValue } from './yaml-value.ts'

export type * from './properties.ts'

export interface PropertyFileOptions {
  /** Relative to the project directory. */
  readonly path: string
  /** Relative to the folder it was found in: dbt names that in syntax errors. */
  readonly relativePath: string
  readonly text: string
  readonly projectName: string
  /** Sees var, env_var and target. */
  readonly render: RenderNative
}

/**
 * Reads a property file: YAML, rendered where dbt renders it now, checked, typed. Never throws for
 * what a user can cause: broken entries are left out and stand in `errors`, in dbt's words.
 */
export const readPropertyFile = (options: PropertyFileOptions): PropertyFile => {
  const empty = emptyFile(options.path)
  const source = readSource(options)
  if (source instanceof NavoError) return { ...empty, errors: [source] }
  if (source.value === null) return { ...empty, spanOf: source.spanOf }
  if (!isYamlMap(source.value)) {
    const what = `Contents of file '${options.path}' are not valid. Dictionary expected.`
    return { ...empty, errors: [loadError(options, `Runtime Error\n  ${what}`, source.spanOf([]))] }
  }
  return readSections(source, source.value, options)
}

const emptyFile = (path: string): PropertyFile => ({
  path,
  models: [],
  seeds: [],
  snapshots: [],
  analyses: [],
  sources: [],
  macros: [],
  exposures: [],
  groups: [],
  unit_tests: [],
  data_tests: [],
  errors: [],
  warnings: [],
  spanOf: () => ({ file: path, line: 1, column: 1 }),
})

const readSource = (options: PropertyFileOptions): YamlSource | NavoError => {
  try {
    return readYaml(options.text, options.path)
  } catch (error) {
    if (!(error instanceof NavoError)) throw error
    const reason = `Runtime Error\n  ${error.message.replaceAll('\n', '\n  ')}`
    return loadError(options, reason, error.at, error.hint)
  }
}

const loadError = (
  { projectName, relativePath }: PropertyFileOptions,
  reason: string,
  at: NavoError['at'],
  hint?: string,
): ParsingError =>
  new ParsingError(`Error reading ${projectName}: ${relativePath} - ${reason}`, {
    at,
    hint,
    code: 'yaml-syntax',
  })

/** Sections that hold nothing for navo, or no list of entries. */
const otherKeys = {
  version: true,
  metrics: true,
  semantic_models: true,
  saved_queries: true,
  functions: true,
  anchors: true,
}

const readSections = (
  source: YamlSource,
  root: YamlMap,
  options: PropertyFileOptions,
): PropertyFile => {
  const errors: NavoError[] = []
  const warnings: NavoError[] = source.duplicates.map(
    ({ key, at }) =>
      new ValidationError(`Duplicate key '${key}' in ${source.file}; the last one counts`, {
        at,
        code: 'duplicate-key',
      }),
  )
  entryIssues({
    section: '',
    source,
    projectName: options.projectName,
    entry: () => root,
    errors,
    warnings,
  }).warnUnknown(root, { ...sectionReaders, ...otherKeys }, [], 'the file')
  const reading: Reading = { source, options, errors, warnings }
  const read = <T>(section: keyof typeof sectionReaders, reader: EntryReader<T>) =>
    readSection(section, root[section], reader, reading)
  const { data_tests, ...readers } = sectionReaders
  return {
    path: options.path,
    models: read('models', readers.models),
    seeds: read('seeds', readers.seeds),
    snapshots: read('snapshots', readers.snapshots),
    analyses: read('analyses', readers.analyses),
    sources: read('sources', readers.sources),
    macros: read('macros', readers.macros),
    exposures: read('exposures', readers.exposures),
    groups: read('groups', readers.groups),
    unit_tests: read('unit_tests', readers.unit_tests),
    // dbt only warns of mistakes in this section.
    data_tests: readSection('data_tests', root.data_tests, data_tests, {
      ...reading,
      errors: warnings,
    }),
    errors,
    warnings,
    spanOf: source.spanOf,
  }
}

interface Reading {
  readonly source: YamlSource
  readonly options: PropertyFileOptions
  readonly errors: NavoError[]
  readonly warnings: NavoError[]
}

const readSection = <T>(
  section: string,
  list: YamlValue | undefined,
  reader: EntryReader<T>,
  reading: Reading,
): readonly T[] => {
  if (list === undefined) return []
  const { source } = reading
  const fail = (what: string, at: YamlPath): void => {
    const message = `The schema file at ${source.file} is invalid because ${what}`
    reading.errors.push(new ParsingError(message, { at: source.spanOf(at), code: 'properties' }))
  }
  if (!Array.isArray(list)) {
    fail(`the value of '${section}' is not a list`, [section])
    return []
  }
  const found: T[] = []
  list.forEach((entry: YamlValue, index) => {
    const at = [section, index]
    if (!isYamlMap(entry)) fail(`a list element for '${section}' is not a dictionary`, at)
    else if (!('name' in entry))
      fail(`a list element for '${section}' does not have a name attribute.`, at)
    else {
      const read = readEntry(section, entry, at, reader, reading)
      if (read !== undefined) found.push(read)
    }
  })
  return found
}

const readEntry = <T>(
  section: string,
  entry: YamlMap,
  at: YamlPath,
  reader: EntryReader<T>,
  { source, options, errors, warnings }: Reading,
): T | undefined => {
  const rendered = renderEntry(section, entry, at, source, options)
  if (rendered instanceof NavoError) {
    errors.push(rendered)
    return undefined
  }
  const own: NavoError[] = []
  const issues = entryIssues({
    section,
    source,
    projectName: options.projectName,
    entry: () => ({
      ...rendered,
      ...(reader.patches && {
        original_file_path: options.path,
        yaml_key: section,
        package_name: options.projectName,
      }),
    }),
    errors: own,
    warnings,
  })
  const checked = reader.check(rendered)
  if (!checked.ok) {
    for (const { message, path } of checked.complaints) issues.invalid(message, [...at, ...path])
    errors.push(...own)
    return undefined
  }
  issues.warnUnknown(rendered, reader.keys, at, `${reader.noun} '${String(entry.name)}'`)
  const result = checked.value({ entry, at, issues, file: source.file })
  errors.push(...own)
  return own.length > 0 ? undefined : result
}

const renderEntry = (
  section: string,
  entry: YamlMap,
  at: YamlPath,
  source: YamlSource,
  { render, projectName, path: file }: PropertyFileOptions,
): YamlMap | NavoError => {
  try {
    const due = (path: YamlPath) => isDueInProperties(section, path)
    return renderTree(entry, { source, render, at, due }) as YamlMap
  } catch (error) {
    if (error instanceof ParsingError) {
      const message = `Failed to render ${file} from project ${projectName}: Parsing Error\n  ${error.message}`
      return new ParsingError(message, { at: error.at, hint: error.hint, code: error.code })
    }
    if (error instanceof NavoError) return error
    throw error
  }
}
