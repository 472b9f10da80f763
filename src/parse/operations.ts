import { createHash } from 'node:crypto'
import { CompilationError, inNode, NavoError } from '../core/errors.ts'
import type { OperationNode } from '../core/manifest.ts'
import { parseTemplate } from '../jinja/engine.ts'
import { completeConfig } from './node-config.ts'
import type { ParseContext } from './parse-context.ts'
import type { PackageSource } from './project-sources.ts'
import { relationName } from './relation-name.ts'
import { templateFacts } from './template-facts.ts'

export interface OperationRequest {
  readonly packageName: string
  readonly name: string
  readonly kind: 'operation' | 'sql_operation'
  readonly text: string
  /** Where the text comes from: the project file, or `inline`. */
  readonly file: string
  readonly tags: readonly string[]
  readonly index?: number
  readonly fqn: readonly string[]
}

/** A node of SQL that no file of models holds: a hook of a run, or an inline query. */
export const operationNode = (context: ParseContext, request: OperationRequest): OperationNode => {
  const { target } = context.environment.facts
  const { packageName, name, kind, file } = request
  const own = { database: target.database, schema: target.schema, identifier: name }
  const unique_id = `${kind}.${packageName}.${name}`
  const facts = templateFacts(parseTemplate({ source: request.text, file }), context.environment, {
    packageName,
    own,
    model: () => ({ name, resource_type: kind, unique_id, alias: name, config: {}, columns: {} }),
  })
  const config = { ...completeConfig(kind, {}), tags: request.tags }
  return {
    database: target.database,
    schema: target.schema,
    name,
    resource_type: kind,
    package_name: packageName,
    path: kind === 'operation' ? `hooks/${name}.sql` : `sql/${name}`,
    original_file_path: file,
    unique_id,
    fqn: request.fqn,
    alias: name,
    checksum: {
      name: 'sha256',
      checksum: createHash('sha256').update(request.text).digest('hex'),
    },
    config,
    tags: request.tags,
    description: '',
    columns: {},
    meta: {},
    group: null,
    docs: { show: true, node_color: null },
    patch_path: null,
    build_path: null,
    unrendered_config: {},
    created_at: context.createdAt,
    relation_name:
      kind === 'operation'
        ? null
        : relationName(context.environment.facts, {
            ...own,
            schema: target.schema,
            alias: name,
            config,
          }),
    raw_code: request.text,
    doc_blocks: [],
    language: 'sql',
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
    ...(request.index === undefined ? {} : { index: request.index }),
  }
}

/** The `on-run-start` and `on-run-end` hooks of a project or package. */
export const hookNodes = (
  context: ParseContext,
  source: PackageSource,
): readonly OperationNode[] => {
  const { config } = source
  const groups = [
    ['on-run-start', config.onRunStart],
    ['on-run-end', config.onRunEnd],
  ] as const
  const nodes: OperationNode[] = []
  for (const [when, hooks] of groups) {
    hooks.forEach((text, index) => {
      const name = `${config.name}-${when}-${index}`
      try {
        const make = (): OperationNode =>
          operationNode(context, {
            packageName: config.name,
            name,
            kind: 'operation',
            text,
            file: `./${config.fileName}`,
            tags: [when],
            index: index + 1,
            fqn: [config.name, 'hooks', name],
          })
        nodes.push(context.during(`${config.root}/${config.fileName}`, make))
      } catch (error) {
        if (!(error instanceof NavoError)) throw error
        context.report(inNode(error, { resourceType: 'operation', name, path: config.fileName }))
      }
    })
  }
  return nodes
}

/** The node of `--inline`. Throws CompilationError when its Jinja is broken. */
export const inlineNode = (
  context: ParseContext,
  packageName: string,
  text: string,
): OperationNode => {
  if (text.trim() === '') {
    throw new CompilationError('The inline query is empty', { code: 'inline-empty' })
  }
  return operationNode(context, {
    packageName,
    name: 'inline_query',
    kind: 'sql_operation',
    text,
    file: 'from remote system.sql',
    tags: [],
    fqn: [packageName, 'sql', 'inline_query'],
  })
}
