/** Who depends on whom. Nodes are the unique ids of everything enabled that can be selected. */
export interface Graph {
  /** In the order of the manifest's sections. */
  readonly ids: readonly string[]
  /** What a node depends on, in the order written. Empty for unknown ids. */
  parents(id: string): readonly string[]
  children(id: string): readonly string[]
  has(id: string): boolean
}
