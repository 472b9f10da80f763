import nunjucks from 'nunjucks/src/nodes.js'
import type { Call, Expression, Filter, Name, NamespaceTarget, Tuple } from './expressions.ts'
import { nodeClass } from './node-class.ts'
import type { Place } from './syntax-error.ts'

/** Which tag defines a macro, with the name as written; materializations are for an adapter. */
export interface MacroDefinition {
  readonly kind: 'macro' | 'test' | 'materialization' | 'docs'
  readonly shortName: string
  readonly adapter?: string
}

export type Target = Name | Tuple | NamespaceTarget

export type Statement =
  | Output
  | If
  | For
  | SetStatement
  | SetBlock
  | Macro
  | CallBlock
  | FilterBlock
  | With
  | Block
  | Do
  | Jump
  | TemplateRef

/** Text between tags. */
export class TemplateData extends nodeClass(nunjucks.TemplateData, 'TemplateData') {
  constructor(
    place: Place,
    readonly value: string,
  ) {
    super(place)
  }
}

/** Text and `{{ … }}` in a row. */
export class Output extends nodeClass(nunjucks.Output, 'Output') {
  constructor(
    place: Place,
    readonly children: readonly (Expression | TemplateData)[],
  ) {
    super(place)
  }
}

/** What stands between two tags. */
export class Body extends nodeClass(nunjucks.NodeList, 'NodeList') {
  constructor(
    place: Place,
    readonly children: readonly Statement[],
  ) {
    super(place)
  }
}

/** The root of a template's syntax tree. */
export class Root extends nodeClass(nunjucks.Root, 'Root') {
  constructor(
    place: Place,
    readonly children: readonly Statement[],
  ) {
    super(place)
  }
}

/** `elifs` have neither elifs nor an else of their own. */
export class If extends nodeClass(nunjucks.If, 'If') {
  constructor(
    place: Place,
    readonly condition: Expression,
    readonly body: Body,
    readonly elifs: readonly If[],
    readonly otherwise: Body | null,
  ) {
    super(place)
  }
}

/** A loop. */
export class For extends nodeClass(nunjucks.For, 'For') {
  constructor(
    place: Place,
    readonly target: Target,
    readonly items: Expression,
    readonly test: Expression | null,
    readonly recursive: boolean,
    readonly body: Body,
    readonly otherwise: Body | null,
  ) {
    super(place)
  }
}

/** `set target = value` */
export class SetStatement extends nodeClass(nunjucks.Set, 'Set') {
  constructor(
    place: Place,
    readonly target: Target,
    readonly value: Expression,
  ) {
    super(place)
  }
}

/** `set target | filter` … `endset` */
export class SetBlock extends nodeClass(nunjucks.Capture, 'SetBlock') {
  constructor(
    place: Place,
    readonly target: Target,
    readonly filter: Filter | null,
    readonly body: Body,
  ) {
    super(place)
  }
}

/** A parameter of a macro or call block. */
export class Parameter extends nodeClass(nunjucks.Node, 'Parameter') {
  constructor(
    place: Place,
    readonly name: string,
    readonly fallback: Expression | null,
    readonly type: string | undefined,
  ) {
    super(place)
  }
}

/** Also dbt's tests, materializations and docs blocks, under the names dbt gives them. */
export class Macro extends nodeClass(nunjucks.Macro, 'Macro') {
  constructor(
    place: Place,
    readonly name: string,
    readonly params: readonly Parameter[],
    readonly body: Body,
    readonly definition: MacroDefinition,
  ) {
    super(place)
  }
}

/** `call(params) call` … `endcall` */
export class CallBlock extends nodeClass(nunjucks.Caller, 'CallBlock') {
  constructor(
    place: Place,
    readonly params: readonly Parameter[],
    readonly call: Call,
    readonly body: Body,
  ) {
    super(place)
  }
}

/** `filter name` … `endfilter` */
export class FilterBlock extends nodeClass(nunjucks.Capture, 'FilterBlock') {
  constructor(
    place: Place,
    readonly filter: Filter,
    readonly body: Body,
  ) {
    super(place)
  }
}

/** `with a = 1` … `endwith` */
export class With extends nodeClass(nunjucks.Node, 'With') {
  constructor(
    place: Place,
    readonly targets: readonly Target[],
    readonly values: readonly Expression[],
    readonly body: Body,
  ) {
    super(place)
  }
}

/** `block name` … `endblock` */
export class Block extends nodeClass(nunjucks.Block, 'Block') {
  constructor(
    place: Place,
    readonly name: string,
    readonly body: Body,
  ) {
    super(place)
  }
}

/** `do expression` */
export class Do extends nodeClass(nunjucks.Node, 'Do') {
  constructor(
    place: Place,
    readonly expression: Expression,
  ) {
    super(place)
  }
}

/** `break` or `continue` */
export class Jump extends nodeClass(nunjucks.Node, 'Jump') {
  constructor(
    place: Place,
    readonly kind: 'break' | 'continue',
  ) {
    super(place)
  }
}

/** include, import, from or extends: fails when reached, there is no loader. */
export class TemplateRef extends nodeClass(nunjucks.Include, 'TemplateRef') {
  constructor(
    place: Place,
    readonly stores: readonly string[],
  ) {
    super(place)
  }
}
