import type { Arguments, Expression } from './expressions.ts'

// Filters and tests that see the context are not evaluated ahead.
const needContext = new Set(['map', 'select', 'reject', 'selectattr', 'rejectattr', 'random'])

const constantArguments = ({ positional, keywords, list, dict }: Arguments): boolean =>
  positional.every(isConstant) &&
  keywords.every(keyword => isConstant(keyword.value)) &&
  (!list || isConstant(list)) &&
  (!dict || isConstant(dict))

/**
 * Whether Jinja2 would evaluate an expression while compiling. Native rendering shows the
 * difference: such a value is turned to text, `{{ 1 }}` gives `'1'`.
 */
export const isConstant = (node: Expression): boolean => {
  switch (node.typename) {
    case 'Literal':
      return true
    case 'Array':
    case 'Tuple':
      return node.children.every(isConstant)
    case 'Dict':
      return node.children.every(pair => isConstant(pair.key) && isConstant(pair.value))
    case 'Attribute':
      return isConstant(node.target)
    case 'LookupVal': {
      const { key } = node
      if (key.typename !== 'Slice') return isConstant(node.target) && isConstant(key)
      const bounds = [key.start, key.stop, key.step]
      return isConstant(node.target) && bounds.every(bound => !bound || isConstant(bound))
    }
    case 'Filter':
      return (
        node.input !== null &&
        !needContext.has(node.name) &&
        isConstant(node.input) &&
        constantArguments(node.args)
      )
    case 'Is':
      return isConstant(node.value) && constantArguments(node.args)
    case 'BinOp':
      return isConstant(node.left) && isConstant(node.right)
    case 'UnaryOp':
      return isConstant(node.operand)
    case 'Compare':
      return isConstant(node.first) && node.operands.every(operand => isConstant(operand.value))
    case 'InlineIf':
      return (
        isConstant(node.condition) &&
        isConstant(node.body) &&
        node.otherwise !== null &&
        isConstant(node.otherwise)
      )
    default:
      return false
  }
}
