import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Json } from '../core/json.ts'
import type { Manifest, ResourceType } from '../core/manifest.ts'
import { buildGraph } from './build.ts'
import { parseDefinitions } from './definitions.ts'
import { select } from './select.ts'
import type { IndirectSelection } from './selector.ts'

/*
 * A project with two packages, and what dbt's `ls` answered for it: every method, operator and mode
 * of indirect selection. See tests/fixtures/selection/README.md.
 */

interface Fixture {
  readonly nodes: readonly { readonly unique_id: string }[]
  readonly sources: Fixture['nodes']
  readonly exposures: Fixture['nodes']
  readonly unit_tests: Fixture['nodes']
  readonly selectors: readonly { readonly name: string; readonly definition: Json }[]
  readonly shown: Readonly<Record<string, Json>>
}

interface Case {
  readonly select?: readonly string[]
  readonly exclude?: readonly string[]
  readonly selector?: string
  readonly mode?: IndirectSelection
  readonly ids?: readonly number[]
  readonly unmatched?: readonly string[]
  readonly error?: string
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(`tests/fixtures/selection/${name}.json`, 'utf8')) as T

const fixture = read<Fixture>('project')
const { ids, cases } = read<{ ids: readonly string[]; cases: readonly Case[] }>('cases')

const byId = (nodes: Fixture['nodes']) =>
  new Map(nodes.map(node => [node.unique_id, node] as const))
const manifest = {
  project_name: 'shop',
  nodes: byId(fixture.nodes),
  sources: byId(fixture.sources),
  exposures: byId(fixture.exposures),
  unit_tests: byId(fixture.unit_tests),
  macros: new Map(),
} as unknown as Manifest
const graph = buildGraph(manifest)
const selectors = parseDefinitions(
  fixture.selectors.map(selector => ({ ...selector, description: '', default: false })),
)

// `ls` leaves analyses out unless asked for.
const resourceTypes = new Set<ResourceType>(
  fixture.nodes.map(node => node.unique_id.split('.')[0] as ResourceType),
)
for (const type of ['source', 'exposure', 'unit_test'] as const) resourceTypes.add(type)
resourceTypes.delete('analysis')

const title = ({ select: included, exclude, selector, mode }: Case): string =>
  [
    ...(selector ? [`--selector ${selector}`] : []),
    ...(included ?? []),
    ...(exclude ? ['--exclude', ...exclude] : []),
    ...(mode ? [`(${mode})`] : []),
  ].join(' ')

describe('as dbt selects', () => {
  test.each(cases.map(one => [title(one), one] as const))('%s', (_, one) => {
    const run = () =>
      select(graph, manifest, {
        ...(one.select && { select: one.select }),
        ...(one.exclude && { exclude: one.exclude }),
        ...(one.selector && { selector: one.selector }),
        selectors,
        indirectSelection: one.mode ?? 'eager',
        includeEmptyNodes: true,
        resourceTypes,
      })
    if (one.error !== undefined) {
      expect(run).toThrow(one.error)
      return
    }
    const { ids: found, unmatched } = run()
    expect([...found].toSorted()).toEqual(one.ids?.map(index => ids[index]))
    expect([...unmatched].toSorted()).toEqual([...(one.unmatched ?? [])].toSorted())
  })
})

test('definitions are shown as in dbt’s manifest', () => {
  expect(Object.fromEntries([...selectors.values()].map(({ name, raw }) => [name, raw]))).toEqual(
    fixture.shown,
  )
})

describe('the default selector', () => {
  const withDefault = new Map(
    [...selectors].map(([name, value]) => [name, { ...value, default: name === 'kv' }]),
  )
  test('is used when neither --select nor --exclude is given', () => {
    const selection = select(graph, manifest, { selectors: withDefault })
    expect([...selection.ids]).toEqual(['seed.shop.countries'])
    expect(selection.defaultSelector).toBe('kv')
  })
  test('is not used otherwise', () => {
    const selection = select(graph, manifest, {
      selectors: withDefault,
      select: ['fct_orders'],
      indirectSelection: 'empty',
    })
    expect([...selection.ids]).toEqual(['model.shop.fct_orders'])
    expect(selection.defaultSelector).toBeNull()
  })
})

test('nodes without text are left out, but for ls', () => {
  const all = { select: ['empty_one'] }
  expect(select(graph, manifest, all).ids.size).toBe(0)
  expect(select(graph, manifest, { ...all, includeEmptyNodes: true }).ids.size).toBe(1)
})

test('selectors that refer to each other in a circle', () => {
  const circular = parseDefinitions([
    { name: 'a', description: '', default: false, definition: 'selector:b' },
    { name: 'b', description: '', default: false, definition: { union: ['selector:a'] } },
  ])
  expect(() => select(graph, manifest, { selectors: circular, selector: 'a' })).toThrow(
    'Circular dependency detected in selector: b -> a -> b',
  )
})
