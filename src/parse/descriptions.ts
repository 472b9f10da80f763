import { baseNames } from '../context/base-names.ts'
import { createScope } from '../context/node-scope.ts'
import { parseMode } from '../context/parse-mode.ts'
import { layered } from '../context/scope.ts'
import { CompilationError, NavoError } from '../core/errors.ts'
import type { DocNode } from '../core/manifest.ts'
import { parseBlocks, parseTemplate, renderSync } from '../jinja/engine.ts'
import { hostFunction } from '../jinja/python/host-function.ts'
import type { Value } from '../jinja/python/values.ts'
import type { RenderDescription } from './columns.ts'
import type { ParseContext } from './parse-context.ts'
import type { PackageSource } from './project-sources.ts'
import type { ParseEnvironment } from './template-facts.ts'

/** The docs blocks of a package's Markdown files. */
export const readDocs = (context: ParseContext, source: PackageSource): readonly DocNode[] => {
  const packageName = source.config.name
  const docs: DocNode[] = []
  for (const file of source.files.ofKind('doc')) {
    try {
      const text = source.files.read(file)
      for (const block of parseBlocks({ source: text, file: file.path }, ['docs'])) {
        docs.push({
          name: block.shortName,
          resource_type: 'doc',
          package_name: packageName,
          path: file.relativePath,
          original_file_path: file.path,
          unique_id: `doc.${packageName}.${block.shortName}`,
          block_contents: (block.body?.source ?? '').trim(),
        })
      }
    } catch (error) {
      if (!(error instanceof NavoError)) throw error
      context.report(error)
    }
  }
  return docs
}

// `doc('name')` looks into the node's package, the root, then everywhere; `doc('package', 'name')`.
const findDoc = (
  docs: ReadonlyMap<string, DocNode>,
  names: readonly string[],
  packageName: string,
  root: string,
): DocNode | undefined => {
  const [first, second] = names
  if (second !== undefined) return docs.get(`doc.${first}.${second}`)
  const found = docs.get(`doc.${packageName}.${first}`) ?? docs.get(`doc.${root}.${first}`)
  return found ?? [...docs.values()].find(doc => doc.name === first)
}

/** Makes what resolves `doc()` in the descriptions of one package. */
export const descriptionRenderer = (
  environment: ParseEnvironment,
  docs: ReadonlyMap<string, DocNode>,
  packageName: string,
  describes: () => string,
): RenderDescription => {
  const used: string[] = []
  const doc = hostFunction('doc', '*args', (args: Value[]) => {
    const names = args.map(String)
    const found = findDoc(docs, names, packageName, environment.facts.name)
    if (!found) {
      throw new CompilationError(
        `Documentation for '${names.join('.')}' not found, which ${describes()} refers to`,
        {
          code: 'doc-not-found',
          hint: 'define it in a Markdown file: {% docs NAME %} … {% enddocs %}',
        },
      )
    }
    used.push(found.unique_id)
    return found.block_contents
  })
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
    names: [baseNames],
  })
  const lookup = layered([name => (name === 'doc' ? doc : undefined), scope.lookup])
  return text => {
    if (!text.includes('{{') && !text.includes('{%')) return { text, docBlocks: [] }
    used.length = 0
    const template = parseTemplate({ source: text, file: 'description' })
    const rendered = renderSync(template, lookup, { undefined: 'default' })
    return { text: rendered, docBlocks: [...used] }
  }
}
