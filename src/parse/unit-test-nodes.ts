import { createHash } from 'node:crypto'
import type { JsonObject } from '../core/json.ts'
import type { ModelNode, UnitTestNode } from '../core/manifest.ts'
import type { UnitTestFixture, UnitTestProperties } from '../project/property-file.ts'
import type { RenderDescription } from './columns.ts'
import { resolveConfig } from './node-config.ts'
import type { ParseContext } from './parse-context.ts'
import { yamlJson } from './yaml-json.ts'

export interface UnitTestRequest {
  readonly packageName: string
  readonly file: string
  readonly test: UnitTestProperties
  /** The model under test, or each of its versions; empty when there is no such model. */
  readonly models: readonly ModelNode[]
}

const fixture = (given: UnitTestFixture) => ({
  rows: yamlJson(given.rows),
  format: given.format,
  fixture: given.fixture,
})

const appliesTo = (test: UnitTestProperties, model: ModelNode): boolean => {
  const { versions } = test
  if (versions === null || model.version === null) return true
  const has = (list: readonly (string | number)[]): boolean =>
    list.map(String).includes(String(model.version))
  if (versions.include !== null) return has(versions.include)
  return versions.exclude === null || !has(versions.exclude)
}

/** The unit test's nodes: one, or one a version of its model. */
export const unitTestNodes = (
  context: ParseContext,
  request: UnitTestRequest,
  describe: RenderDescription,
): readonly UnitTestNode[] => {
  const { test, packageName, file } = request
  const path = file.split('/').slice(1).join('/')
  return request.models
    .filter(model => appliesTo(test, model))
    .map(model => {
      const named = model.version === null ? test.name : `${test.name}_v${model.version}`
      const fqn = [packageName, ...path.split('/').slice(0, -1), test.model, named]
      const { config } = resolveConfig(context.configs, 'unit_test', {
        packageName,
        fqn,
        patch: test.config,
      })
      return {
        model: test.model,
        given: test.given.map(given => ({ input: given.input, ...fixture(given) })),
        expect: fixture(test.expect),
        name: test.name,
        resource_type: 'unit_test' as const,
        package_name: packageName,
        path,
        original_file_path: file,
        unique_id: `unit_test.${packageName}.${test.model}.${named}`,
        fqn,
        description: describe(test.description).text,
        overrides: test.overrides && {
          macros: yamlJson(test.overrides.macros) as JsonObject,
          vars: yamlJson(test.overrides.vars) as JsonObject,
          env_vars: yamlJson(test.overrides.env_vars) as JsonObject,
        },
        depends_on: { macros: [], nodes: [model.unique_id] },
        config,
        checksum: createHash('sha256').update(JSON.stringify(test)).digest('hex'),
        schema: model.schema,
        created_at: context.createdAt,
        versions: null,
        version: model.version,
      }
    })
}
