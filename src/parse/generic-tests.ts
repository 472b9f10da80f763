import { createHash } from 'node:crypto'
import { findMacro, findMacroIn } from '../context/macro-library.ts'
import { testArguments, testArgumentsName } from '../context/test-arguments.ts'
import { CompilationError, inNode, NavoError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import type { RefArgs, TestNode } from '../core/manifest.ts'
import type { Span } from '../core/span.ts'
import { parseTemplate, renderNative, renderSync } from '../jinja/engine.ts'
import { toRepr, toStr } from '../jinja/python/operators.ts'
import { PyDict, type Value } from '../jinja/python/values.ts'
import type { DataTestProperties, ModelVersionId } from '../project/property-file.ts'
import type { YamlMap, YamlValue } from '../project/yaml-value.ts'
import { isYamlMap } from '../project/yaml-value.ts'
import { columnsByName } from './columns.ts'
import { resolveConfig } from './node-config.ts'
import type { ParseContext } from './parse-context.ts'
import { fqnOf } from './resource-paths.ts'
import { testRelation } from './sql-nodes.ts'
import { recordingScope, type TemplateFacts } from './template-facts.ts'
import { yamlJson } from './yaml-json.ts'
import { yamlToPython } from './yaml-to-python.ts'

/** What a generic test is attached to. */
export type TestTarget =
  | {
      readonly kind: 'node'
      readonly name: string
      readonly version: ModelVersionId | null
      /** `models.users`: section and name in the property file. */
      readonly key: string
      readonly uniqueId: string | null
      readonly group: string | null
    }
  | { readonly kind: 'source'; readonly source: string; readonly table: string }

export interface GenericTestRequest {
  readonly packageName: string
  readonly file: string
  readonly target: TestTarget
  readonly test: DataTestProperties
  /** As the test's SQL has it: quoted where the column's `quote` says so. */
  readonly column: string | null
  readonly columnTags: readonly string[]
  readonly at: () => Span
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

const modelText = (target: TestTarget): string => {
  if (target.kind === 'source') {
    return `{{ get_where_subquery(source('${target.source}', '${target.table}')) }}`
  }
  const version = target.version === null ? '' : `, version='${target.version}'`
  return `{{ get_where_subquery(ref('${target.name}'${version})) }}`
}

const flatArguments = (kwargs: YamlMap): readonly string[] =>
  Object.keys(kwargs)
    .filter(key => key !== 'model')
    .sort()
    .flatMap(key => {
      const value = kwargs[key] ?? null
      const parts = isYamlMap(value) ? Object.values(value) : Array.isArray(value) ? value : [value]
      return parts.map(part => toStr(yamlToPython(part as YamlValue)))
    })

/** dbt's names of a test without one: the full name, and one below 64 characters for its file. */
export const synthesizedNames = (
  testName: string,
  targetName: string,
  kwargs: YamlMap,
): { readonly short: string; readonly full: string } => {
  const cleaned = flatArguments(kwargs).map(text => text.replace(/[^0-9a-zA-Z_]+/g, '_'))
  const identifier = `${testName}_${targetName}`
  const full = `${identifier}_${cleaned.join('__')}`
  return { full, short: full.length >= 64 ? `${identifier.slice(0, 30)}_${md5(full)}` : full }
}

// dbt hashes the Python repr of the metadata with all scalars as text and keys sorted.
const hashable = (value: Value): Value => {
  if (value instanceof PyDict) {
    const keys = [...value.keys()].map(String).sort()
    return new PyDict(keys.map(key => [key, hashable(value.get(key) ?? null)]))
  }
  if (Array.isArray(value)) return value.map(hashable)
  return toStr(value)
}

const testHash = (name: string, metadata: PyDict): string =>
  md5(`${name}${toRepr(hashable(metadata))}`).slice(-10)

const configOrder = [
  'severity',
  'tags',
  'enabled',
  'where',
  'limit',
  'warn_if',
  'error_if',
  'fail_calc',
  'store_failures',
  'store_failures_as',
  'sql_header',
  'meta',
  'database',
  'schema',
  'alias',
]

const orderedConfig = (config: YamlMap): YamlMap => {
  const known = configOrder.filter(key => config[key] !== undefined && config[key] !== null)
  const others = Object.keys(config).filter(key => !configOrder.includes(key))
  return Object.fromEntries([...known, ...others].map(key => [key, config[key]]))
}

const configText = (config: YamlMap): string => {
  const parts = Object.entries(config).map(([key, value]) =>
    typeof value === 'string'
      ? `${key}="${value.replaceAll('"', '\\"')}"`
      : `${key}=${toStr(yamlToPython(value ?? null))}`,
  )
  return parts.length === 0 ? '' : `{{ config(${parts.join(',')}) }}`
}

const testMacro = (context: ParseContext, request: GenericTestRequest) => {
  const { library } = context.environment
  const { name, namespace } = request.test
  const macroName = `test_${name}`
  const macro =
    namespace === null
      ? findMacro(library, macroName, request.packageName)
      : findMacroIn(library, namespace, macroName)
  if (!macro) context.warn(unknownTest(context, request, macroName))
  return macro
}

// As in dbt the node itself fails when it is run; saying so at once spares the wait.
const unknownTest = (
  context: ParseContext,
  request: GenericTestRequest,
  macroName: string,
): CompilationError =>
  new CompilationError(`'${macroName}' is undefined: there is no such generic test`, {
    at: request.at(),
    code: 'test-not-found',
    hint: hintFor(context, request.test.name),
  })

const hintFor = (context: ParseContext, name: string): string => {
  const owner = [...context.environment.library.packages].find(([, macros]) =>
    macros.has(`test_${name}`),
  )
  return owner
    ? `write ${owner[0]}.${name}`
    : `define {% test ${name}(model, column_name) %} in tests/generic or macros`
}

/** What the arguments and the body of a test refer to and configure. */
const testFacts = (
  context: ParseContext,
  request: GenericTestRequest,
  name: string,
  rawCode: string,
  kwargs: JsonObject,
): TemplateFacts => {
  const { target } = context.environment.facts
  const own = { database: target.database, schema: target.schema, identifier: name }
  const arguments_ = new Map<string, Value>()
  const { scope, recorded } = recordingScope(context.environment, {
    packageName: request.packageName,
    own,
    model: () => ({ name, resource_type: 'test', alias: name, config: {}, columns: {} }),
    overrides: key => arguments_.get(key),
  })
  const lenient = { undefined: scope.mode.undefined }
  const rendered = testArguments(kwargs, request.file, template =>
    renderNative(template, scope.lookup, lenient),
  )
  if (rendered instanceof Promise) throw new Error('a parse-time rendering gave a promise')
  arguments_.set(testArgumentsName, rendered)
  renderSync(parseTemplate({ source: rawCode, file: request.file }), scope.lookup, lenient)
  return recorded()
}

// The built-in tests that refer to nothing beyond what their arguments say.
const plainTests: ReadonlySet<string> = new Set([
  'macro.dbt.test_unique',
  'macro.dbt.test_not_null',
])

const targetFacts = (request: GenericTestRequest): Pick<TemplateFacts, 'refs' | 'sources'> => {
  const { target } = request
  if (target.kind === 'source') return { refs: [], sources: [[target.source, target.table]] }
  const ref: RefArgs = { name: target.name, package: null, version: target.version }
  return { refs: [ref], sources: [] }
}

const factsOf = (
  context: ParseContext,
  request: GenericTestRequest,
  macroId: string | undefined,
  name: string,
  rawCode: string,
  metadata: YamlMap,
): TemplateFacts => {
  if (macroId === undefined) return { ...targetFacts(request), config: {}, macros: [] }
  if (plainTests.has(macroId)) {
    return { ...targetFacts(request), config: {}, macros: [macroId] }
  }
  const facts = testFacts(context, request, name, rawCode, yamlJson(metadata) as JsonObject)
  const first = macroAnywhere(context, request) ?? macroId
  return first === macroId
    ? { ...facts, macros: [...new Set([macroId, ...facts.macros])] }
    : { ...facts, macros: [first] }
}

// dbt looks for a test by its name alone, whatever its namespace, and then sees no other macro.
const macroAnywhere = (
  context: ParseContext,
  { test, packageName }: GenericTestRequest,
): string | undefined => {
  const { packages, root, internal } = context.environment.library
  const owners = [packageName, root, ...[...packages.keys()].reverse()]
  const name = `test_${test.name}`
  const found = owners.map(owner => packages.get(owner)?.get(name)).find(Boolean)
  return (found ?? internal.get(name))?.node.unique_id
}

/**
 * The node of a generic test: named, hashed and configured as dbt does it, so that ids stay the same.
 * Throws CompilationError when the test does not exist.
 */
const buildGenericTest = (context: ParseContext, request: GenericTestRequest): TestNode => {
  const { test, target, packageName } = request
  const macro = testMacro(context, request)
  const targetName =
    target.kind === 'source'
      ? `${target.source}_${target.table}`
      : target.version === null
        ? target.name
        : `${target.name}_v${target.version}`
  const prefix = target.kind === 'source' ? 'source_' : ''
  const spaced =
    test.namespace === null ? `${prefix}${test.name}` : `${test.namespace}_${prefix}${test.name}`
  const kwargs: YamlMap = {
    ...(request.column === null ? {} : { column_name: request.column }),
    ...test.args,
    model: modelText(target),
  }
  const names = synthesizedNames(spaced, targetName, kwargs)
  const name = test.customName ?? names.full
  const config = orderedConfig(
    test.customName === null && names.short !== names.full && test.config.alias === undefined
      ? { ...test.config, alias: names.short }
      : test.config,
  )
  const callee =
    test.namespace === null ? `test_${test.name}` : `${test.namespace}.test_${test.name}`
  const rawCode = `{{ ${callee}(**${testArgumentsName}) }}${configText(config)}`
  const facts = factsOf(context, request, macro?.node.unique_id, name, rawCode, kwargs)
  const fqn = fqnOf(packageName, request.file.split('/').slice(1).join('/'), name)
  const resolved = resolveConfig(context.configs, 'test', {
    packageName,
    fqn,
    inline: { ...facts.config, ...config },
  })
  const path = `${test.customName ?? names.short}.sql`
  const place = context.names(
    {
      name,
      resource_type: 'test',
      package_name: packageName,
      path,
      original_file_path: request.file,
      unique_id: `test.${packageName}.${name}`,
      fqn,
    },
    resolved.config,
  )
  const metadata = new PyDict([
    ['namespace', test.namespace],
    ['name', test.name],
    ['kwargs', yamlToPython(kwargs)],
  ])
  const columnTags = [...new Set([...request.columnTags, ...listed(config.tags)])].sort()
  // Each field by name: V8 lays out one object of this shape, where a spread would grow it piece by
  // piece, tens of thousands of times.
  const node = {
    database: place.database,
    schema: place.schema,
    alias: place.alias,
    name,
    resource_type: 'test' as const,
    package_name: packageName,
    path,
    original_file_path: request.file,
    unique_id: `test.${packageName}.${name}.${testHash(name, metadata)}`,
    fqn,
    checksum: { name: 'none' as const, checksum: '' },
    config: resolved.config,
    tags: [...new Set([...columnTags, ...resolved.config.tags])],
    description: test.description,
    columns: columnsByName([], () => ({ text: '', docBlocks: [] })),
    meta: resolved.config.meta,
    group: target.kind === 'node' ? target.group : null,
    docs: { show: true, node_color: null },
    patch_path: null,
    build_path: null,
    unrendered_config: resolved.unrendered,
    created_at: context.createdAt,
    relation_name: null,
    raw_code: rawCode,
    doc_blocks: [],
    language: 'sql' as const,
    refs: facts.refs,
    sources: facts.sources,
    metrics: [],
    functions: [],
    depends_on: { macros: facts.macros, nodes: [] },
    compiled_path: null,
    compiled: false,
    compiled_code: null,
    extra_ctes_injected: false,
    extra_ctes: [],
    contract: { enforced: false, alias_types: true, checksum: null },
    column_name: request.column,
    file_key_name: target.kind === 'node' ? target.key : `sources.${target.source}`,
    attached_node: target.kind === 'node' ? target.uniqueId : null,
    test_metadata: {
      name: test.name,
      kwargs: yamlJson(kwargs) as JsonObject,
      namespace: test.namespace,
    },
  }
  return { ...node, relation_name: testRelation(context, node) }
}

const listed = (value: YamlValue | undefined): readonly string[] =>
  value === undefined || value === null
    ? []
    : Array.isArray(value)
      ? value.map(String)
      : [String(value)]

/** The node of a generic test; undefined when there is a problem, which is reported. */
export const genericTestNode = (
  context: ParseContext,
  request: GenericTestRequest,
): TestNode | undefined => {
  try {
    return buildGenericTest(context, request)
  } catch (error) {
    if (!(error instanceof NavoError)) throw error
    context.report(
      inNode(error, { resourceType: 'test', name: request.test.name, path: request.file }),
    )
    return undefined
  }
}
