// The internals of nunjucks 3.2.4 that this folder builds on; its published types cover none of them.

declare module 'nunjucks/src/nodes.js' {
  class Node {
    constructor(...fields: readonly unknown[])
    /** Called by the constructor with its arguments. */
    init(...fields: readonly unknown[]): void
    get typename(): string
    lineno: number
    colno: number
  }
  const nodes: {
    readonly Node: typeof Node
    readonly NodeList: typeof Node
    readonly Root: typeof Node
    readonly Output: typeof Node
    readonly Array: typeof Node
    readonly Dict: typeof Node
    readonly Literal: typeof Node
    readonly TemplateData: typeof Node
    readonly Symbol: typeof Node
    readonly Pair: typeof Node
    readonly LookupVal: typeof Node
    readonly FunCall: typeof Node
    readonly Filter: typeof Node
    readonly Is: typeof Node
    readonly BinOp: typeof Node
    readonly Not: typeof Node
    readonly Compare: typeof Node
    readonly CompareOperand: typeof Node
    readonly InlineIf: typeof Node
    readonly If: typeof Node
    readonly For: typeof Node
    readonly Set: typeof Node
    readonly Macro: typeof Node
    readonly Caller: typeof Node
    readonly Block: typeof Node
    readonly Capture: typeof Node
    readonly Include: typeof Node
  }
  // biome-ignore lint/style/noDefaultExport: how Node shows a CommonJS module
  export default nodes
  export type { Node }
}

declare module 'nunjucks/src/parser.js' {
  import type { Node } from 'nunjucks/src/nodes.js'

  /** `T` is the token that its source hands out; the stock one takes only nunjucks' own. */
  class Parser<T> {
    constructor(tokens: { nextToken(): T })
    readonly tokens: { nextToken(): T }
    peeked: T | null
    breakOnBlocks: readonly string[] | null
    nextToken(): T
    peekToken(): T
    /** Puts a token back; only one at a time. */
    pushToken(token: T): void
    /** Throws at a place; lines and columns count from zero. */
    fail(message: string, lineno?: number, colno?: number): never
    expect(type: string): T
    /** Consumes the next token if it has that type. */
    skip(type: string): boolean
    skipValue(type: string, value: string): boolean
    /** Consumes the next token if it is that name. */
    skipSymbol(name: string): boolean
    parseStatement(): Node | null
    parseNodes(): Node[]
    /** Calls `parse` with `breakOnBlocks` set. */
    parseUntilBlocks(...names: readonly string[]): Node
    parse(): Node
    parseAsRoot(): Node
    parseExpression(): Node
    parsePrimary(): Node
    parseUnary(noFilters?: boolean): Node
    parsePostfix(node: Node): Node
  }
  const module: { readonly Parser: typeof Parser }
  // biome-ignore lint/style/noDefaultExport: how Node shows a CommonJS module
  export default module
}

declare module 'nunjucks/src/compiler.js' {
  import type { Node } from 'nunjucks/src/nodes.js'

  /** `F` is what stands for the scope that code is generated in. */
  class Compiler<F> {
    constructor(templateName: string, throwOnUndefined: boolean)
    readonly codebuf: string[]
    /** The variable that output is appended to. */
    buffer: string | null
    _emit(code: string): void
    _emitLine(code: string): void
    /** Declares a new buffer and makes it the current one; gives its name. */
    _pushBuffer(): string
    _popBuffer(): void
    _tmpid(): string
    /** Calls the method named `compile` + the node's `typename`. */
    compile(node: Node, frame: F | undefined): void
    fail(message: string, lineno?: number, colno?: number): never
    getCode(): string
  }
  const module: { readonly Compiler: typeof Compiler }
  // biome-ignore lint/style/noDefaultExport: how Node shows a CommonJS module
  export default module
}
