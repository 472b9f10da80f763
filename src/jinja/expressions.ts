import nunjucks from 'nunjucks/src/nodes.js'
import { nodeClass } from './node-class.ts'
import type { PyFloat } from './python/values.ts'
import type { Place } from './syntax-error.ts'

export type Constant = null | boolean | number | bigint | string | PyFloat
export type BinaryOperator = 'and' | 'or' | '~' | '+' | '-' | '*' | '/' | '//' | '%' | '**'
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in'

export interface Keyword {
  readonly name: string
  readonly value: Expression
}

/** What stands between the parentheses of a call, filter or test. */
export interface Arguments {
  readonly positional: readonly Expression[]
  readonly keywords: readonly Keyword[]
  /** `*list` */
  readonly list: Expression | null
  /** `**dict` */
  readonly dict: Expression | null
}

export type Expression =
  | Literal
  | Name
  | List
  | Tuple
  | Dict
  | Attribute
  | Item
  | Call
  | Filter
  | Test
  | Binary
  | Unary
  | Compare
  | InlineIf
  | NamespaceTarget

/** A constant. */
export class Literal extends nodeClass(nunjucks.Literal, 'Literal') {
  constructor(
    place: Place,
    readonly value: Constant,
  ) {
    super(place)
  }
}

/** A variable, read or (as a target) assigned. */
export class Name extends nodeClass(nunjucks.Symbol, 'Symbol') {
  constructor(
    place: Place,
    readonly value: string,
  ) {
    super(place)
  }
}

/** `[a, b]` */
export class List extends nodeClass(nunjucks.Array, 'Array') {
  constructor(
    place: Place,
    readonly children: readonly Expression[],
  ) {
    super(place)
  }
}

/** `(a, b)`; also an assignment target. */
export class Tuple extends nodeClass(nunjucks.Array, 'Tuple') {
  constructor(
    place: Place,
    readonly children: readonly Expression[],
  ) {
    super(place)
  }
}

/** `key: value` in a dict. */
export class Pair extends nodeClass(nunjucks.Pair, 'Pair') {
  constructor(
    place: Place,
    readonly key: Expression,
    readonly value: Expression,
  ) {
    super(place)
  }
}

/** `{a: b}` */
export class Dict extends nodeClass(nunjucks.Dict, 'Dict') {
  constructor(
    place: Place,
    readonly children: readonly Pair[],
  ) {
    super(place)
  }
}

/** `target.name` */
export class Attribute extends nodeClass(nunjucks.LookupVal, 'Attribute') {
  constructor(
    place: Place,
    readonly target: Expression,
    readonly name: string,
  ) {
    super(place)
  }
}

/** `target[key]` */
export class Item extends nodeClass(nunjucks.LookupVal, 'LookupVal') {
  constructor(
    place: Place,
    readonly target: Expression,
    readonly key: Expression | Slice,
  ) {
    super(place)
  }
}

/** `a:b:c` between brackets. */
export class Slice extends nodeClass(nunjucks.Node, 'Slice') {
  constructor(
    place: Place,
    readonly start: Expression | null,
    readonly stop: Expression | null,
    readonly step: Expression | null,
  ) {
    super(place)
  }
}

/** `callee(…)` */
export class Call extends nodeClass(nunjucks.FunCall, 'FunCall') {
  constructor(
    place: Place,
    readonly callee: Expression,
    readonly args: Arguments,
  ) {
    super(place)
  }
}

/** `input | name(…)`; the input of filter and set blocks is their body, then null. */
export class Filter extends nodeClass(nunjucks.Filter, 'Filter') {
  constructor(
    place: Place,
    readonly input: Expression | null,
    readonly name: string,
    readonly args: Arguments,
  ) {
    super(place)
  }
}

/** `value is name(…)` */
export class Test extends nodeClass(nunjucks.Is, 'Is') {
  constructor(
    place: Place,
    readonly value: Expression,
    readonly name: string,
    readonly args: Arguments,
  ) {
    super(place)
  }
}

/** An operator between two values. */
export class Binary extends nodeClass(nunjucks.BinOp, 'BinOp') {
  constructor(
    place: Place,
    readonly operator: BinaryOperator,
    readonly left: Expression,
    readonly right: Expression,
  ) {
    super(place)
  }
}

/** An operator before a value. */
export class Unary extends nodeClass(nunjucks.Not, 'UnaryOp') {
  constructor(
    place: Place,
    readonly operator: 'not' | '-' | '+',
    readonly operand: Expression,
  ) {
    super(place)
  }
}

/** One step of a comparison chain. */
export class Operand extends nodeClass(nunjucks.CompareOperand, 'CompareOperand') {
  constructor(
    place: Place,
    readonly operator: CompareOperator,
    readonly value: Expression,
  ) {
    super(place)
  }
}

/** `a < b <= c` */
export class Compare extends nodeClass(nunjucks.Compare, 'Compare') {
  constructor(
    place: Place,
    readonly first: Expression,
    readonly operands: readonly Operand[],
  ) {
    super(place)
  }
}

/** `body if condition else otherwise` */
export class InlineIf extends nodeClass(nunjucks.InlineIf, 'InlineIf') {
  constructor(
    place: Place,
    readonly condition: Expression,
    readonly body: Expression,
    readonly otherwise: Expression | null,
  ) {
    super(place)
  }
}

/** `namespace.attribute` as an assignment target. */
export class NamespaceTarget extends nodeClass(nunjucks.Node, 'NamespaceTarget') {
  constructor(
    place: Place,
    readonly name: string,
    readonly attribute: string,
  ) {
    super(place)
  }
}
