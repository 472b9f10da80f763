import { CompilationError } from '../core/errors.ts'
import { dumps } from '../jinja/python/convert.ts'
import type { Value } from '../jinja/python/values.ts'
import { PyDict } from '../jinja/python/values.ts'
import { baseNames } from './base-names.ts'
import type { Invocation, ProjectFacts } from './invocation.ts'
import type { MacroLibrary } from './macro-library.ts'
import { createScope, type NodeScope } from './node-scope.ts'
import { parseMode } from './parse-mode.ts'
import { type Lookup, layered } from './scope.ts'

export interface YamlScopeOptions {
  readonly invocation: Invocation
  /** Absent while profiles.yml is read: there is no target yet. */
  readonly facts: ProjectFacts
  readonly hidesTarget?: boolean
  readonly vars: ReadonlyMap<string, Value>
  /** Replaces `env_var`, where secrets are allowed. */
  readonly envVar?: Value
  /** Macros, for the query comment, which may call them. */
  readonly library?: MacroLibrary
}

const missingVar = (scope: NodeScope, name: string): Value => {
  throw new CompilationError(
    `Required var '${name}' not found in config:\nVars supplied to <Configuration> = ${dumps(new PyDict(scope.vars), { indent: 4, sortKeys: true })}`,
    {
      code: 'var-not-found',
      hint: `give it by --vars '{${name}: …}', or a default: var('${name}', …)`,
    },
  )
}

const nothing = { database: null, schema: null, identifier: '' }

/** What templates in YAML files see: variables, the environment and, where it is known, the target. */
export const yamlScope = (options: YamlScopeOptions): Lookup => {
  const scope = createScope({
    invocation: options.invocation,
    facts: options.facts,
    library: options.library ?? {
      root: options.facts.name,
      packages: new Map(),
      internal: new Map(),
    },
    packageName: options.facts.name,
    mode: {
      ...parseMode(
        { ref: () => undefined, source: () => undefined, config: () => undefined },
        nothing,
      ),
      undefined: 'default',
      missingVar,
    },
    names: [baseNames],
    vars: options.vars,
  })
  const hidden = new Set(options.hidesTarget ? ['target', 'project_name'] : [])
  return layered([
    name => (name === 'env_var' ? options.envVar : undefined),
    name => (hidden.has(name) ? undefined : scope.lookup(name)),
  ])
}
