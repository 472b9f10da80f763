import type { Arguments, Call } from './expressions.ts'
import type { BlockDefinition } from './template.ts'
import { forEachPart, type SyntaxNode } from './walk.ts'

/** A call in a macro's body that may be one of another macro. */
export type MacroCall =
  | { readonly kind: 'call'; readonly packageName: string | null; readonly name: string }
  | { readonly kind: 'dispatch'; readonly name: string; readonly namespace: string | null }

/** The calls by name and by package and name, from outside to inside, and those of adapter.dispatch. */
export const macroCalls = ({ macro }: BlockDefinition): readonly MacroCall[] => {
  const found: MacroCall[] = []
  const visit = (node: SyntaxNode): void => {
    if (node.typename === 'FunCall') {
      const call = callOf(node)
      if (call) found.push(call)
    }
    forEachPart(node, visit)
  }
  if (macro) visit(macro.node)
  return found
}

const callOf = ({ callee, args }: Call): MacroCall | undefined => {
  if (callee.typename === 'Symbol') return { kind: 'call', packageName: null, name: callee.value }
  if (callee.typename !== 'Attribute' || callee.target.typename !== 'Symbol') return undefined
  const owner = callee.target.value
  if (owner !== 'adapter') return { kind: 'call', packageName: owner, name: callee.name }
  if (callee.name !== 'dispatch') return undefined
  const name = textArgument(args, 0, 'macro_name')
  return name === undefined
    ? undefined
    : { kind: 'dispatch', name, namespace: textArgument(args, 1, 'macro_namespace') ?? null }
}

const textArgument = (
  { positional, keywords }: Arguments,
  index: number,
  name: string,
): string | undefined => {
  const given = positional[index] ?? keywords.find(keyword => keyword.name === name)?.value
  return given?.typename === 'Literal' && typeof given.value === 'string' ? given.value : undefined
}
