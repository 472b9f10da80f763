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

type Visit = (node: SyntaxNode) => void

const eachOf = (nodes: readonly SyntaxNode[], visit: Visit): void => {
  for (const node of nodes) visit(node)
}

/** Visits the expressions of an argument list, in the order of evaluation. */
export const forEachArgument = (args: Arguments, visit: (node: Expression) => void): void => {
  for (const node of args.positional) visit(node)
  for (const { value } of args.keywords) visit(value)
  if (args.list) visit(args.list)
  if (args.dict) visit(args.dict)
}

/**
 * Visits the parts of a node that are nodes, in source order as far as evaluation agrees. Without
 * lists in between: this is what parsing a project spends its time on.
 */
export const forEachPart = (node: SyntaxNode, visit: Visit): void => {
  switch (node.typename) {
    case 'Array':
    case 'Tuple':
    case 'Dict':
    case 'Output':
    case 'NodeList':
    case 'Root':
      eachOf(node.children, visit)
      return
    case 'Pair':
      visit(node.key)
      visit(node.value)
      return
    case 'Attribute':
      visit(node.target)
      return
    case 'LookupVal':
      visit(node.target)
      visit(node.key)
      return
    case 'Slice':
      if (node.start) visit(node.start)
      if (node.stop) visit(node.stop)
      if (node.step) visit(node.step)
      return
    case 'FunCall':
      visit(node.callee)
      forEachArgument(node.args, visit)
      return
    case 'Filter':
      if (node.input) visit(node.input)
      forEachArgument(node.args, visit)
      return
    case 'Is':
      visit(node.value)
      forEachArgument(node.args, visit)
      return
    case 'BinOp':
      visit(node.left)
      visit(node.right)
      return
    case 'UnaryOp':
      visit(node.operand)
      return
    case 'CompareOperand':
      visit(node.value)
      return
    case 'Compare':
      visit(node.first)
      eachOf(node.operands, visit)
      return
    case 'InlineIf':
      visit(node.condition)
      visit(node.body)
      if (node.otherwise) visit(node.otherwise)
      return
    default:
      forEachPartOfStatement(node, visit)
  }
}

const forEachPartOfStatement = (node: SyntaxNode, visit: Visit): void => {
  switch (node.typename) {
    case 'If':
      visit(node.condition)
      visit(node.body)
      eachOf(node.elifs, visit)
      if (node.otherwise) visit(node.otherwise)
      return
    case 'For':
      visit(node.target)
      visit(node.items)
      if (node.test) visit(node.test)
      visit(node.body)
      if (node.otherwise) visit(node.otherwise)
      return
    case 'Set':
      visit(node.value)
      visit(node.target)
      return
    case 'SetBlock':
      visit(node.target)
      if (node.filter) visit(node.filter)
      visit(node.body)
      return
    case 'Parameter':
      if (node.fallback) visit(node.fallback)
      return
    case 'Macro':
      eachOf(node.params, visit)
      visit(node.body)
      return
    case 'CallBlock':
      visit(node.call)
      eachOf(node.params, visit)
      visit(node.body)
      return
    case 'FilterBlock':
      visit(node.filter)
      visit(node.body)
      return
    case 'With':
      eachOf(node.targets, visit)
      eachOf(node.values, visit)
      visit(node.body)
      return
    case 'Block':
      visit(node.body)
      return
    case 'Do':
      visit(node.expression)
  }
}
