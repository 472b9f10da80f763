import { baseNames } from '../context/base-names.ts'
import { findMacroIn, type Macro } from '../context/macro-library.ts'
import { createScope } from '../context/node-scope.ts'
import { parseMode } from '../context/parse-mode.ts'
import { sqlNames } from '../context/sql-names.ts'
import { CompilationError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import { wrapReadonly } from '../jinja/python/convert.ts'
import { toStr } from '../jinja/python/operators.ts'
import type { Value } from '../jinja/python/values.ts'
import type { ParseEnvironment } from './template-facts.ts'

/** What the macros `generate_*_name` see of a node, its configuration aside. */
export interface NamedNode {
  readonly name: string
  readonly resource_type: string
  readonly package_name: string
  readonly path: string
  readonly original_file_path: string
  readonly unique_id: string
  readonly fqn: readonly string[]
  readonly version?: string | number | null
}

export interface RelationNames {
  readonly database: string | null
  readonly schema: string
  readonly alias: string
}

/** Gives a node its place in the warehouse from its configuration. */
export type NameGenerator = (node: NamedNode, config: JsonObject) => RelationNames

type Part = 'schema' | 'database' | 'alias'

const macroName = (part: Part): string => `generate_${part}_name`

// The project's own macro, or its package's, or an implementation that navo's would dispatch to.
const override = (
  environment: ParseEnvironment,
  part: Part,
  packageName: string,
): Macro | undefined => {
  const { library, facts } = environment
  const name = macroName(part)
  const owners = [library.root, packageName]
  for (const owner of owners) {
    const macro = library.packages.get(owner)?.get(name)
    if (macro) return macro
  }
  const dispatched = [...facts.dialect.dispatch, 'default'].map(prefix => `${prefix}__${name}`)
  const searched = facts.dispatch.get('dbt') ?? owners
  return searched.some(owner => dispatched.some(d => library.packages.get(owner)?.has(d)))
    ? findMacroIn(library, 'dbt', name)
    : undefined
}

const text = (value: Value): string | null => {
  if (value === null) return null
  return toStr(value).trim()
}

const custom = (config: JsonObject, part: Part): string | null => {
  const value = config[part]
  return value === null || value === undefined ? null : String(value)
}

const renderName = (
  environment: ParseEnvironment,
  macro: Macro,
  customName: string | null,
  node: JsonObject,
): string | null => {
  const packageName = String(node.package_name)
  const scope = createScope({
    ...environment,
    packageName,
    mode: {
      ...parseMode(
        { ref: () => undefined, source: () => undefined, config: () => undefined },
        { database: null, schema: null, identifier: '' },
      ),
      undefined: 'default',
    },
    names: [sqlNames, baseNames],
  })
  const value = scope.bind(macro)([customName, wrapReadonly(node)], new Map())
  if (value instanceof Promise) throw new Error(`${macro.node.unique_id} gave a promise`)
  return text(value)
}

const alias = (node: NamedNode, customName: string | null): string => {
  if (customName) return customName.trim()
  const { version } = node
  return version === null || version === undefined || version === ''
    ? node.name
    : `${node.name}_v${String(version).replaceAll('.', '_')}`
}

/**
 * dbt's rules for database, schema and alias: the macros `generate_*_name` of the root project, else
 * of the node's package; else the target's schema, with the custom schema behind an underscore.
 */
export const nameGenerator = (environment: ParseEnvironment): NameGenerator => {
  const { target } = environment.facts
  const overrides = new Map<string, Macro | undefined>()
  const overrideOf = (part: Part, packageName: string): Macro | undefined => {
    const key = `${part}.${packageName}`
    if (!overrides.has(key)) overrides.set(key, override(environment, part, packageName))
    return overrides.get(key)
  }
  const generated = (
    part: Part,
    node: NamedNode,
    config: JsonObject,
    fallback: (customName: string | null) => string | null,
  ): string | null => {
    const macro = overrideOf(part, node.package_name)
    const customName = custom(config, part)
    if (!macro) return fallback(customName)
    return renderName(environment, macro, customName, {
      ...(node as unknown as JsonObject),
      config,
    })
  }
  return (node, config) => {
    const schema = generated('schema', node, config, name =>
      name === null ? target.schema : `${target.schema}_${name.trim()}`,
    )
    if (schema === null || schema === '') {
      throw new CompilationError(
        `Node '${node.name}' has no schema: generate_schema_name gave ${schema === null ? 'None' : 'an empty text'}`,
        { code: 'schema-name', hint: 'let the macro give a schema for every node' },
      )
    }
    return {
      schema,
      database: generated('database', node, config, name => name ?? target.database),
      alias: generated('alias', node, config, name => alias(node, name)) ?? node.name,
    }
  }
}
