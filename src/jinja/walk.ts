import type { Arguments, Expression, Operand, Pair, Slice } from './expressions.ts'
import type { Body, Parameter, Root, Statement, TemplateData } from './statements.ts'

/** Any node of the syntax tree. */
export type SyntaxNode =
  | Expression
  | Statement
  | Operand
  | Pair
  | Slice
  | TemplateData
  | Body
  | Root
  | Parameter

type Maybe = SyntaxNode | null | undefined

/** The expressions of an argument list, in the order of evaluation. */
export const argumentExpressions = (args: Arguments): readonly Expression[] => {
  if (args.keywords.length === 0 && !args.list && !args.dict) return args.positional
  const all = [...args.positional, ...args.keywords.map(keyword => keyword.value)]
  if (args.list) all.push(args.list)
  if (args.dict) all.push(args.dict)
  return all
}

const expressionParts = (node: SyntaxNode): readonly Maybe[] | undefined => {
  switch (node.typename) {
    case 'Literal':
    case 'TemplateData':
    case 'Symbol':
    case 'NamespaceTarget':
      return []
    case 'Array':
    case 'Tuple':
    case 'Dict':
      return node.children
    case 'Pair':
      return [node.key, node.value]
    case 'Attribute':
      return [node.target]
    case 'LookupVal':
      return [node.target, node.key]
    case 'Slice':
      return [node.start, node.stop, node.step]
    case 'FunCall':
      return [node.callee, ...argumentExpressions(node.args)]
    case 'Filter':
      return [node.input, ...argumentExpressions(node.args)]
    case 'Is':
      return [node.value, ...argumentExpressions(node.args)]
    case 'BinOp':
      return [node.left, node.right]
    case 'UnaryOp':
      return [node.operand]
    case 'CompareOperand':
      return [node.value]
    case 'Compare':
      return [node.first, ...node.operands]
    case 'InlineIf':
      return [node.condition, node.body, node.otherwise]
    default:
      return undefined
  }
}

const statementParts = (node: SyntaxNode): readonly Maybe[] => {
  switch (node.typename) {
    case 'Output':
    case 'NodeList':
    case 'Root':
      return node.children
    case 'If':
      return [node.condition, node.body, ...node.elifs, node.otherwise]
    case 'For':
      return [node.target, node.items, node.test, node.body, node.otherwise]
    case 'Set':
      return [node.value, node.target]
    case 'SetBlock':
      return [node.target, node.filter, node.body]
    case 'Parameter':
      return [node.fallback]
    case 'Macro':
      return [...node.params, node.body]
    case 'CallBlock':
      return [node.call, ...node.params, node.body]
    case 'FilterBlock':
      return [node.filter, node.body]
    case 'With':
      return [...node.targets, ...node.values, node.body]
    case 'Block':
      return [node.body]
    case 'Do':
      return [node.expression]
    default:
      return []
  }
}

/** The parts of a node that are nodes, in source order as far as evaluation agrees. */
export const partsOf = (node: SyntaxNode): readonly SyntaxNode[] => {
  const parts = expressionParts(node) ?? statementParts(node)
  return parts.every(part => part != null)
    ? (parts as readonly SyntaxNode[])
    : parts.filter(part => part != null)
}
