import { RuntimeError } from '../core/errors.ts'
import { type GraphNode, graphNode, type Manifest } from '../core/manifest.ts'
import { fnmatcher } from './glob.ts'
import type { Graph } from './graph.ts'
import { type MethodContext, methods } from './methods.ts'
import type { Selection, SelectionOptions } from './selection.ts'
import {
  type Criterion,
  type IndirectSelection,
  parseUnion,
  type SelectorExpression,
  type SelectorGroup,
} from './selector.ts'
import { ancestors, descendants } from './walk.ts'

/** What is selected without `--select`: everything. */
const everything = ['fqn:*', 'source:*', 'exposure:*', 'metric:*', 'semantic_model:*']

/**
 * The nodes that flags and selectors.yml select, by dbt's rules (grammar, methods, indirect
 * selection of tests). Throws RuntimeError for what cannot be understood.
 */
export const select = (
  graph: Graph,
  manifest: Manifest,
  options: SelectionOptions = {},
): Selection => {
  const selector = new Selector(graph, manifest, options)
  const chosen = chooseExpression(options)
  const ids = chosen ? selector.selected(chosen.expression) : selector.everything()
  return {
    ids,
    unmatched: selector.unmatched,
    defaultSelector: chosen?.defaultSelector ?? null,
  }
}

/** What to select; undefined when nothing was said, which means everything. */
const chooseExpression = (
  options: SelectionOptions,
):
  | { readonly expression: SelectorExpression; readonly defaultSelector: string | null }
  | undefined => {
  const { select: included, exclude, selectors } = options
  if (options.selector !== undefined) {
    const definition = selectors?.get(options.selector)
    if (definition) return { expression: definition.expression, defaultSelector: null }
    const names = [...(selectors?.keys() ?? [])].map(name => `'${name}'`)
    throw new RuntimeError(
      `Could not find selector named ${options.selector}, expected one of [${names.join(', ')}]`,
      { code: 'selector-unknown' },
    )
  }
  const isGiven = (included?.length ?? 0) > 0 || (exclude?.length ?? 0) > 0
  if (!isGiven && selectors) {
    for (const definition of selectors.values()) {
      if (definition.default)
        return { expression: definition.expression, defaultSelector: definition.name }
    }
  }
  if (!isGiven) return undefined
  return {
    defaultSelector: null,
    expression: {
      kind: 'difference',
      followsFlag: false,
      parts: [
        included && included.length > 0
          ? parseUnion(included, true)
          : parseUnion(everything, false),
        exclude && exclude.length > 0
          ? parseUnion(exclude, true)
          : { kind: 'union', parts: [], followsFlag: true },
      ],
    },
  }
}

/**
 * What an expression gives: nodes it selects, and tests next to them that wait for the rest of
 * their parents to be selected.
 */
interface Found {
  readonly direct: ReadonlySet<string>
  readonly waiting: ReadonlySet<string>
}

class Selector {
  readonly unmatched: string[] = []
  private readonly context: MethodContext
  private readonly flag: IndirectSelection
  private readonly resolving: string[] = []

  constructor(
    private readonly graph: Graph,
    private readonly manifest: Manifest,
    private readonly options: SelectionOptions,
  ) {
    this.flag = options.indirectSelection ?? 'eager'
    this.context = {
      manifest,
      nodes: [
        ...[...manifest.nodes.values()].filter(node => node.config.enabled),
        ...manifest.sources.values(),
        ...manifest.exposures.values(),
        ...manifest.unit_tests.values(),
      ],
      fnmatch: fnmatcher(),
      selector: pattern => this.definition(pattern),
    }
  }

  /** All nodes, filtered. */
  everything(): ReadonlySet<string> {
    return new Set(this.graph.ids.filter(id => this.isWanted(id)))
  }

  /** The result of a whole expression, filtered. */
  selected(expression: SelectorExpression): ReadonlySet<string> {
    return new Set([...this.find(expression).direct].filter(id => this.isWanted(id)))
  }

  private isWanted(id: string): boolean {
    const node = graphNode(this.manifest, id)
    if (!node) return false
    const { resourceTypes, includeEmptyNodes } = this.options
    if (resourceTypes && !resourceTypes.has(node.resource_type)) return false
    return includeEmptyNodes === true || !isEmpty(node)
  }

  private find(expression: SelectorExpression): Found {
    return expression.kind === 'criterion'
      ? this.findCriterion(expression)
      : this.findGroup(expression)
  }

  private findCriterion(criterion: Criterion): Found {
    const named = new Set<string>()
    for (const node of methods[criterion.method](criterion, this.context)) named.add(node.unique_id)
    const selected = this.withRelatives(criterion, named)
    const indirect = criterion.indirect ?? this.flag
    // A definition has expanded its own selection; what it excluded must not come back.
    if (indirect === 'empty' || criterion.method === 'selector')
      return { direct: selected, waiting: new Set() }
    return this.expand(selected, indirect)
  }

  private withRelatives(criterion: Criterion, named: ReadonlySet<string>): Set<string> {
    const { graph } = this
    const selected = new Set(named)
    const add = (ids: Iterable<string>) => {
      for (const id of ids) selected.add(id)
    }
    if (criterion.childrensParents) {
      const below = new Set([...descendants(graph, named), ...named])
      add(below)
      add(ancestors(graph, below))
    }
    if (criterion.parents !== undefined) add(ancestors(graph, named, criterion.parents))
    if (criterion.children !== undefined) add(descendants(graph, named, criterion.children))
    return selected
  }

  /** Adds the tests next to the selected nodes, as far as the mode lets them come along. */
  private expand(selected: ReadonlySet<string>, indirect: IndirectSelection): Found {
    const direct = new Set(selected)
    const waiting = new Set<string>()
    const enough = indirect === 'buildable' ? this.buildable(selected, true) : selected
    for (const id of selected) {
      for (const child of this.graph.children(id)) {
        if (direct.has(child) || !this.isTest(child)) continue
        if (indirect === 'eager' || this.hasAllParents(child, enough)) direct.add(child)
        else waiting.add(child)
      }
    }
    return { direct, waiting }
  }

  /** What is built when these are: themselves, what they need, and (for a criterion) all sources. */
  private buildable(selected: ReadonlySet<string>, withSources: boolean): ReadonlySet<string> {
    const result = new Set([...selected, ...ancestors(this.graph, selected)])
    if (withSources) for (const id of this.manifest.sources.keys()) result.add(id)
    return result
  }

  private hasAllParents(test: string, among: ReadonlySet<string>): boolean {
    return this.graph.parents(test).every(parent => among.has(parent))
  }

  private isTest(id: string): boolean {
    return this.manifest.nodes.get(id)?.resource_type === 'test' || this.manifest.unit_tests.has(id)
  }

  private findGroup(group: SelectorGroup): Found {
    const found = group.parts.map(part => this.find(part))
    const direct = combine(
      group.kind,
      found.map(part => part.direct),
    )
    const waiting = combine(
      group.kind,
      found.map(part => new Set([...part.direct, ...part.waiting])),
    )
    const indirect = group.followsFlag ? this.flag : 'eager'
    const admitted = this.admit(direct, waiting, indirect)
    if (group.expected !== undefined && admitted.size === 0) this.unmatched.push(group.expected)
    return { direct: admitted, waiting }
  }

  /** Takes in tests that have waited and whose parents are all there now. */
  private admit(
    direct: ReadonlySet<string>,
    waiting: ReadonlySet<string>,
    indirect: IndirectSelection,
  ): ReadonlySet<string> {
    if (indirect !== 'cautious' && indirect !== 'buildable') return direct
    const admitted = new Set(direct)
    const enough = indirect === 'buildable' ? this.buildable(direct, false) : admitted
    for (const id of waiting) {
      if (this.manifest.nodes.has(id) && this.hasAllParents(id, enough)) admitted.add(id)
    }
    return admitted
  }

  /** `selector:NAME`, wildcards allowed. */
  private definition(pattern: string): ReadonlySet<string> {
    const { selectors } = this.options
    if (!selectors || selectors.size === 0) {
      throw new RuntimeError('Cannot use selector: method if selectors.yml is not provided', {
        code: 'selector-unknown',
      })
    }
    const names = [...selectors.keys()]
      .filter(name => this.context.fnmatch(name, pattern))
      .toSorted()
    if (names.length === 0) {
      throw new RuntimeError(`Selector '${pattern}' did not match any selector in selectors.yml`, {
        hint: `there are ${[...selectors.keys()].join(', ')}`,
        code: 'selector-unknown',
      })
    }
    const ids = new Set<string>()
    for (const name of names) for (const id of this.namedSelection(name)) ids.add(id)
    return ids
  }

  private namedSelection(name: string): ReadonlySet<string> {
    if (this.resolving.includes(name)) {
      const path = [...this.resolving.slice(this.resolving.indexOf(name)), name]
      throw new RuntimeError(`Circular dependency detected in selector: ${path.join(' -> ')}`, {
        code: 'selector-circular',
      })
    }
    const definition = this.options.selectors?.get(name)
    if (!definition) return new Set()
    this.resolving.push(name)
    const ids = this.selected(definition.expression)
    this.resolving.pop()
    return ids
  }
}

/** A file without anything but blanks is not run; seeds have no text of their own. */
const isEmpty = (node: GraphNode): boolean =>
  'raw_code' in node && node.resource_type !== 'seed' && node.raw_code.trim() === ''

const combine = (
  kind: SelectorGroup['kind'],
  sets: readonly ReadonlySet<string>[],
): ReadonlySet<string> => {
  const [first, ...others] = sets
  if (!first) return new Set()
  switch (kind) {
    case 'union':
      return new Set(sets.flatMap(set => [...set]))
    case 'intersection':
      return new Set([...first].filter(id => others.every(set => set.has(id))))
    case 'difference':
      return new Set([...first].filter(id => !others.some(set => set.has(id))))
  }
}
