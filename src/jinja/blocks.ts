import { CompilationError } from '../core/errors.ts'
import { Parser } from './parser.ts'
import type { Macro, Parameter } from './statements.ts'
import { spanOf } from './syntax-error.ts'
import { placeAt, scanTags, type Tag } from './tag-scanner.ts'
import type { BlockDefinition, BlockKind, MacroArgument, TemplateSource } from './template.ts'
import { forEachPart, type SyntaxNode } from './walk.ts'

const controlEnds: ReadonlyMap<string, string> = new Map([
  ['if', 'endif'],
  ['for', 'endfor'],
])
const controlStarts: ReadonlyMap<string, string> = new Map(
  Array.from(controlEnds, ([start, end]) => [end, start] as const),
)

interface Found {
  readonly open: Tag
  readonly close: Tag
}

// dbt counts columns from zero in these messages.
const positionOf = (text: string, offset: number): string => {
  const { lineno, colno } = placeAt(text, offset)
  return `${lineno + 1}:${colno}`
}

/** Pairs the tags of the wanted kinds; ifs and loops around them must be balanced and absent. */
const findBlocks = (origin: TemplateSource, kinds: ReadonlySet<string>): readonly Found[] => {
  const text = origin.source
  const fail = (message: string, offset: number): never => {
    throw new CompilationError(message, { at: spanOf(origin, placeAt(text, offset)) })
  }
  const controls: string[] = []
  const result: Found[] = []
  let open: Tag | undefined
  for (const tag of scanTags(origin)) {
    const started = controlStarts.get(tag.name)
    if (controlEnds.has(tag.name)) controls.push(tag.name)
    else if (started !== undefined) {
      const problem = `Got an unexpected control flow end tag, got ${tag.name} but`
      const at = `(@ ${positionOf(text, tag.start)})`
      const innermost = controls.pop()
      if (innermost === undefined) {
        fail(`${problem} never saw a preceeding ${started} ${at}`, tag.start)
      } else if (innermost !== started) {
        fail(`${problem} expected ${controlEnds.get(innermost)} next ${at}`, tag.start)
      }
    }
    if (kinds.has(tag.name)) {
      if (controls.length > 0) {
        const at = positionOf(text, tag.start)
        fail(
          `Got a block definition inside control flow at ${at}. All dbt block definitions must be at the top level`,
          tag.start,
        )
      }
      if (open) {
        fail(
          `Got nested tags: ${open.name} (started at ${open.start}) did not have a matching {{% end${open.name} %}} before a subsequent ${tag.name} was found (started at ${tag.start})`,
          tag.start,
        )
      }
      open = tag
    } else if (open && tag.name === `end${open.name}`) {
      result.push({ open, close: tag })
      open = undefined
    }
  }
  if (open) {
    const { lineno } = placeAt(text, open.end)
    const searched = `(searched from line ${lineno + 1})`
    fail(`Reached EOF without finding a close tag for ${open.name} ${searched}`, open.start)
  }
  return result
}

const partOf = (origin: TemplateSource, start: number, end: number): TemplateSource => {
  const { line, column } = spanOf(origin, placeAt(origin.source, start))
  return { source: origin.source.slice(start, end), file: origin.file, line, column }
}

const macrosIn = (node: SyntaxNode, found: Macro[] = []): readonly Macro[] => {
  if (node.typename === 'Macro') found.push(node)
  forEachPart(node, part => macrosIn(part, found))
  return found
}

const argumentOf = ({ name, fallback, type }: Parameter): MacroArgument => ({
  name,
  hasDefault: fallback !== null,
  ...(type !== undefined && { type }),
})

const languagesOf = (macro: Macro): readonly string[] => {
  const languages = macro.params.find(param => param.name === 'supported_languages')?.fallback
  if (languages?.typename !== 'Array' && languages?.typename !== 'Tuple') return []
  return languages.children.flatMap(item =>
    item.typename === 'Literal' && typeof item.value === 'string' ? [item.value] : [],
  )
}

const macroBlock = (origin: TemplateSource, { open, close }: Found): BlockDefinition => {
  const block = partOf(origin, open.start, close.end)
  const [node, another] = macrosIn(new Parser(block).parseAsRoot())
  const at = spanOf(origin, placeAt(origin.source, open.start))
  if (!node || another) {
    throw new CompilationError(`Found multiple macros in ${block.source}, expected 1`, { at })
  }
  const { kind, shortName, adapter } = node.definition
  return {
    kind,
    name: node.name,
    shortName,
    args: node.params.map(argumentOf),
    at,
    source: block.source,
    ...(kind === 'materialization' && { adapter, supportedLanguages: languagesOf(node) }),
    macro: { origin: block, node, compiled: {} },
  }
}

const textBlock = (origin: TemplateSource, { open, close }: Found): BlockDefinition => {
  const name = open.word ?? ''
  return {
    kind: open.name as BlockKind,
    name,
    shortName: name,
    args: [],
    at: spanOf(origin, placeAt(origin.source, open.start)),
    source: origin.source.slice(open.start, close.end),
    body: partOf(origin, open.end, close.start),
  }
}

/**
 * The top-level blocks of a file, found as dbt finds them: text outside of them is ignored, each
 * block is parsed alone. Throws CompilationError.
 */
export const parseBlocks = (
  origin: TemplateSource,
  kinds: readonly BlockKind[],
): readonly BlockDefinition[] =>
  findBlocks(origin, new Set(kinds)).map(found =>
    found.open.name === 'docs' || found.open.name === 'snapshot'
      ? textBlock(origin, found)
      : macroBlock(origin, found),
  )
