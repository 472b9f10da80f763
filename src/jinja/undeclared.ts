import { forEachPart, type SyntaxNode } from './walk.ts'

const visit = (
  node: SyntaxNode,
  wanted: Set<string>,
  found: Set<string>,
  isTarget: boolean,
): void => {
  if (wanted.size === found.size) return
  switch (node.typename) {
    case 'Symbol':
      if (!wanted.has(node.value)) return
      // Once assigned, the name is the template's own.
      if (isTarget) wanted.delete(node.value)
      else found.add(node.value)
      return
    case 'Block':
      return
    case 'Set':
      visit(node.value, wanted, found, false)
      visit(node.target, wanted, found, true)
      return
    case 'SetBlock':
    case 'For':
      visit(node.target, wanted, found, true)
      forEachPart(node, part => {
        if (part !== node.target) visit(part, wanted, found, false)
      })
      return
    case 'With':
      for (const target of node.targets) visit(target, wanted, found, true)
      for (const value of node.values) visit(value, wanted, found, false)
      visit(node.body, wanted, found, false)
      return
    case 'Parameter':
      wanted.delete(node.name)
      if (node.fallback) visit(node.fallback, wanted, found, false)
      return
    default:
      forEachPart(node, part => visit(part, wanted, found, isTarget))
  }
}

/**
 * Which of the names a piece of template reads without having assigned them before: Jinja2 decides
 * so whether a loop needs `loop`, and a macro `caller`, `varargs` and `kwargs`.
 */
export const undeclared = (node: SyntaxNode, names: readonly string[]): ReadonlySet<string> => {
  const found = new Set<string>()
  visit(node, new Set(names), found, false)
  return found
}
