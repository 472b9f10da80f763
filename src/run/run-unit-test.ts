import type { NodeScope, RefArguments } from '../context/node-scope.ts'
import { ephemeralCte, relationValue } from '../context/relation-value.ts'
import { layered } from '../context/scope.ts'
import { errorText } from '../core/error-text.ts'
import {
  CompilationError,
  DatabaseError,
  inNode,
  NavoError,
  ParsingError,
  RuntimeError,
} from '../core/errors.ts'
import type { Json, JsonObject } from '../core/json.ts'
import type {
  CompiledNode,
  GraphNode,
  ModelNode,
  UnitTestInput,
  UnitTestNode,
} from '../core/manifest.ts'
import type { AdapterResponse } from '../core/query-result.ts'
import type { Relation } from '../core/relation.ts'
import { extract, parseTemplate, renderAsync } from '../jinja/engine.ts'
import { fromJson } from '../jinja/python/convert.ts'
import { type HostFunction, HostObject, type Value } from '../jinja/python/values.ts'
import { fixtureSql, unitTestSql } from '../plan/materialize/unit-test.ts'
import { unitTestDiff } from '../plan/materialize/unit-test-diff.ts'
import { factsOf } from './build-node.ts'
import { subjectOf, writeOutput } from './compile-node.ts'
import { fixtureRows } from './fixture-rows.ts'
import { type EphemeralCte, injectCtes } from './inject-ctes.ts'
import { nodeContext, type Thread } from './node-context.ts'
import type { RunEnvironment } from './run-environment.ts'
import { sqlSource } from './sql-source.ts'

export interface UnitTestResult {
  readonly status: 'pass' | 'fail'
  readonly message: string | null
  readonly failures: number
  readonly response: AdapterResponse
  readonly sql: string
}

/** One `given`, with what it stands for. */
interface MockedInput {
  readonly given: UnitTestInput
  /** Unique id of what is replaced; the model's own for `this`. */
  readonly id: string
  readonly cte: string
  readonly relation: Relation
  readonly name: string
}

const placeOf = (node: GraphNode): Relation => {
  switch (node.resource_type) {
    case 'source':
      return { database: node.database, schema: node.schema, identifier: node.identifier }
    case 'exposure':
    case 'unit_test':
      return { database: null, schema: null, identifier: node.name }
    default:
      return { database: node.database, schema: node.schema, identifier: node.alias }
  }
}

const unknownInput = (test: UnitTestNode, input: string): ParsingError =>
  new ParsingError(
    `Unit_Test '${test.unique_id}' (${test.original_file_path}) depends on a node named '${input}' which was not found`,
    { code: 'unit-test-input', hint: "write ref('model'), source('source', 'table') or this" },
  )

const mockedInput = (
  environment: RunEnvironment,
  test: UnitTestNode,
  model: ModelNode,
  given: UnitTestInput,
): MockedInput => {
  const text = given.input.replace(/^\s*\{\{|\}\}\s*$/g, '').trim()
  if (text === 'this') {
    return {
      given,
      id: model.unique_id,
      cte: model.alias,
      relation: placeOf(model),
      name: model.name,
    }
  }
  const found = extract(parseTemplate({ source: `{{ ${text} }}`, file: test.original_file_path }))
  const [ref] = found.refs
  const [source] = found.sources
  const resolved = ref
    ? environment.lookup.ref(ref, test.package_name)
    : source
      ? environment.lookup.source(source.source, source.table, test.package_name)
      : undefined
  if (resolved?.kind !== 'found') throw unknownInput(test, given.input)
  const node: GraphNode = resolved.node
  const cte = node.resource_type === 'source' ? `${node.source_name}__${node.name}` : node.name
  const version = node.resource_type === 'model' && node.version !== null ? `_v${node.version}` : ''
  return {
    given,
    id: node.unique_id,
    cte: `${cte}${version}`,
    relation: placeOf(node),
    name: node.name,
  }
}

const undeclaredInput = (test: UnitTestNode, name: string): CompilationError =>
  new CompilationError(
    `dbt was unable to infer all dependencies for the unit test "${test.name}": '${name}' is not among its given inputs`,
    { code: 'unit-test-input', hint: `add an input for ${name}; rows: [] gives none` },
  )

const cteRelation = (scope: NodeScope, input: MockedInput): Value =>
  relationValue(
    { database: null, schema: null, identifier: ephemeralCte(input.cte) },
    scope.facts.dialect,
    { type: 'cte' },
  )

/** Macros, and members of macro packages, that a unit test replaces by a value. */
const macroOverrides = (overrides: JsonObject): ((name: string) => Value | undefined) => {
  const constant =
    (value: Json): HostFunction =>
    () =>
      fromJson(value)
  const packages = new Map<string, Map<string, Value>>()
  const own = new Map<string, Value>()
  for (const [key, value] of Object.entries(overrides)) {
    const [first, second] = key.split('.', 2)
    if (second === undefined) own.set(key, constant(value ?? null))
    else {
      const members = packages.get(first!) ?? new Map<string, Value>()
      packages.set(first!, members)
      members.set(second, constant(value ?? null))
    }
  }
  return name => {
    const members = packages.get(name)
    return own.get(name) ?? (members && new OverriddenPackage(members))
  }
}

class OverriddenPackage extends HostObject {
  readonly typeName = 'MacroNamespace'
  constructor(readonly members: ReadonlyMap<string, Value>) {
    super()
  }
  override getAttr(name: string): Value | undefined {
    return this.members.get(name)
  }
}

const fixtureCte = async (
  environment: RunEnvironment,
  thread: Thread,
  test: UnitTestNode,
  input: MockedInput,
): Promise<EphemeralCte> => {
  const { dialect } = environment.facts
  const fixture = fixtureRows(environment, test, input.given)
  const body =
    'sql' in fixture
      ? fixture.sql
      : fixtureSql({
          name: input.name,
          rows: fixture.rows,
          relation: input.relation,
          columns: await (await thread.session()).columns(input.relation),
          unitTest: test.name,
          dialect,
        })
  return { id: input.id, sql: ` ${ephemeralCte(input.cte)} as (\n${body}\n)` }
}

const testedModel = (environment: RunEnvironment, test: UnitTestNode): ModelNode => {
  const node = environment.manifest.nodes.get(test.depends_on.nodes[0] ?? '')
  if (node?.resource_type !== 'model') throw unknownInput(test, test.model)
  return node
}

const overriddenVars = (
  environment: RunEnvironment,
  test: UnitTestNode,
): ReadonlyMap<string, Value> => {
  const vars = new Map(environment.facts.vars(test.package_name))
  for (const [name, value] of Object.entries(test.overrides?.vars ?? {}))
    vars.set(name, fromJson(value ?? null))
  return vars
}

const overriddenEnv = (environment: RunEnvironment, test: UnitTestNode) => {
  const given = Object.entries(test.overrides?.env_vars ?? {}).map(([key, value]) => [
    key,
    String(value),
  ])
  return { ...environment.invocation.env, ...Object.fromEntries(given) }
}

/** The model's query with its inputs replaced by the test's rows. */
const mockedQuery = async (
  environment: RunEnvironment,
  thread: Thread,
  test: UnitTestNode,
  model: ModelNode,
) => {
  const inputs = test.given.map(given => mockedInput(environment, test, model, given))
  const byId = new Map(inputs.map(input => [input.id, input]))
  const used = new Map<string, MockedInput>()
  const take = (scope: NodeScope, id: string, name: string): Value => {
    const input = byId.get(id)
    if (!input) throw undeclaredInput(test, name)
    used.set(id, input)
    return cteRelation(scope, input)
  }
  const own = byId.get(model.unique_id)
  const overrides = macroOverrides(test.overrides?.macros ?? {})
  const context = nodeContext({
    environment,
    thread,
    node: model,
    resolver: {
      ref: (scope, args: RefArguments) => {
        const resolved = environment.lookup.ref(args, model.package_name)
        if (resolved.kind !== 'found') throw unknownInput(test, args.name)
        return take(scope, resolved.node.unique_id, args.name)
      },
      source: (scope, source, table) => {
        const resolved = environment.lookup.source(source, table, model.package_name)
        if (resolved.kind !== 'found') throw unknownInput(test, `${source}.${table}`)
        return take(scope, resolved.node.unique_id, `${source}.${table}`)
      },
    },
    vars: overriddenVars(environment, test),
    env: overriddenEnv(environment, test),
    overrides: layered([
      overrides,
      name => {
        // Nothing is built, so a model under test is not incremental unless the test says so.
        if (name !== 'this' || !own) return undefined
        used.set(own.id, own)
        return cteRelation(context.scope, own)
      },
    ]),
  })
  const rendered = await renderAsync(
    parseTemplate({ source: model.raw_code, file: model.original_file_path }),
    context.scope.lookup,
    { undefined: context.scope.mode.undefined },
  )
  const ctes = await Promise.all(
    [...used.values()].map(input => fixtureCte(environment, thread, test, input)),
  )
  return { context, sql: injectCtes(rendered, ctes) }
}

const compare = async (
  environment: RunEnvironment,
  thread: Thread,
  test: UnitTestNode,
): Promise<UnitTestResult> => {
  const model = testedModel(environment, test)
  const { context, sql } = await mockedQuery(environment, thread, test, model)
  const session = await thread.session()
  const query = await unitTestSql({
    sql,
    expected: fixtureRows(environment, test, test.expect),
    dialect: environment.facts.dialect,
    source: sqlSource(context.scope),
    facts: await factsOf(environment, session, []),
  })
  writeOutput(environment, 'compiled', unitTestFile(test, model), sql)
  writeOutput(environment, 'run', unitTestFile(test, model), query)
  const result = await session.query(query).catch((error: unknown): never => {
    throw error instanceof DatabaseError ? executionError(test, error) : error
  })
  const diff = unitTestDiff(result)
  return {
    status: diff ? 'fail' : 'pass',
    message: diff?.rendered ?? null,
    failures: diff ? 1 : 0,
    response: result.response,
    sql,
  }
}

const executionError = (test: UnitTestNode, cause: DatabaseError): RuntimeError =>
  new RuntimeError(
    `An error occurred during execution of unit test '${test.name}'. There may be an error in the unit test definition: check the data types.\n ${errorText(cause)}`,
    { cause, code: 'unit-test-execution' },
  )

// dbt's place: target/…/models/schema.yml/models/NAME.sql.
const unitTestFile = (test: UnitTestNode, model: ModelNode): CompiledNode => ({
  ...model,
  original_file_path: test.original_file_path,
  path: `${test.original_file_path.replace(/\/[^/]*$/, '')}/${test.name}.sql`,
})

/** Runs one unit test. Throws NavoError, said of the test, when it cannot be run. */
export const runUnitTest = async (
  environment: RunEnvironment,
  thread: Thread,
  test: UnitTestNode,
): Promise<UnitTestResult> => {
  try {
    return await compare(environment, thread, test)
  } catch (error) {
    throw error instanceof NavoError ? inNode(error, subjectOf(test)) : error
  }
}
