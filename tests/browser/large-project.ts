interface Files {
  readonly manifest: string
  readonly catalog: string
}

/** Numbers that look random and are the same in every run (Park and Miller). */
const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
}

const LAYERS = ['source', 'staging', 'intermediate', 'marts', 'reports'] as const
const SUBJECTS = ['orders', 'users', 'events', 'payments', 'sessions', 'items', 'refunds', 'stock']
const PREFIX = { source: 'raw', staging: 'stg', intermediate: 'int', marts: 'fct', reports: 'rpt' }

const nameAt = (index: number, layer: (typeof LAYERS)[number]): string =>
  `${PREFIX[layer]}_${SUBJECTS[index % SUBJECTS.length]}_${index}`

const columnsOf = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const name = at === 0 ? 'id' : `value_${at}`
      return [name, { name, description: `Column number ${at} of the table`, data_type: 'integer' }]
    }),
  )

/** A made-up project of `size` nodes in five layers, each node reading one to three earlier ones. */
export const largeProject = (size: number): Files => {
  const random = seeded(7)
  const nodes: Record<string, unknown> = {}
  const sources: Record<string, unknown> = {}
  const ids: string[] = []
  for (let index = 0; index < size; index += 1) {
    const layer = LAYERS[Math.floor((index / size) * LAYERS.length)]!
    const name = nameAt(index, layer)
    const columns = columnsOf(12)
    const common = {
      name,
      package_name: 'large',
      database: 'db',
      columns,
      description: `The ${name}`,
    }
    if (layer === 'source') {
      const id = `source.large.raw.${name}`
      sources[id] = {
        ...common,
        resource_type: 'source',
        source_name: 'raw',
        schema: 'raw',
        relation_name: `"db"."raw"."${name}"`,
        fqn: ['large', 'raw', name],
        original_file_path: 'models/sources.yml',
      }
      ids.push(id)
      continue
    }
    const id = `model.large.${name}`
    const first = Math.max(0, index - Math.floor(size / 4))
    const parents = Array.from(
      { length: 1 + Math.floor(random() * 3) },
      () => ids[first + Math.floor(random() * (index - first - size / 20))]!,
    )
    nodes[id] = {
      ...common,
      resource_type: 'model',
      schema: layer,
      alias: name,
      relation_name: `"db"."${layer}"."${name}"`,
      fqn: ['large', layer, name],
      original_file_path: `models/${layer}/${SUBJECTS[index % SUBJECTS.length]}/${name}.sql`,
      raw_code: `select * from ${parents.map(parent => `{{ ref('${parent}') }}`).join(' join ')}`,
      compiled_code: 'select 1',
      config: { materialized: layer === 'staging' ? 'view' : 'table' },
      depends_on: { nodes: parents, macros: [] },
    }
    ids.push(id)
  }
  const metadata = {
    project_name: 'large',
    adapter_type: 'duckdb',
    generated_at: '2026-01-01T00:00:00Z',
  }
  return {
    manifest: JSON.stringify({ metadata, nodes, sources, macros: {}, docs: {}, exposures: {} }),
    catalog: JSON.stringify({ metadata: {}, nodes: {}, sources: {}, errors: null }),
  }
}
