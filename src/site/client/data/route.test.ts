import { describe, expect, it } from 'vitest'
import { graphHref, overviewHref, readRoute, resourceHref, sourceHref } from './route.ts'

describe('readRoute', () => {
  it.each([
    ['', { kind: 'overview', packageName: undefined }],
    ['#!/overview', { kind: 'overview', packageName: undefined }],
    ['#!/overview/utils', { kind: 'overview', packageName: 'utils' }],
    ['#!/model/model.shop.orders', { kind: 'resource', id: 'model.shop.orders' }],
    ['#!/source/source.shop.raw.x', { kind: 'resource', id: 'source.shop.raw.x' }],
    ['#!/source_list/raw', { kind: 'source', name: 'raw' }],
    ['#!/model/%E0%A4%A', { kind: 'resource', id: '%E0%A4%A' }],
  ])('%s', (hash, page) => {
    expect(readRoute(hash)).toEqual({ page, graph: undefined, section: undefined })
  })

  it("reads the section and the graph's selectors as dbt's site writes them", () => {
    expect(readRoute('#!/model/model.shop.orders#columns').section).toBe('columns')
    expect(readRoute('#!/model/model.shop.orders?g_v=1&g_i=%2Borders%2B&g_e=tag:x')).toEqual({
      page: { kind: 'resource', id: 'model.shop.orders' },
      graph: { include: '+orders+', exclude: 'tag:x' },
      section: undefined,
    })
  })

  it('reads the links it writes, whatever the names', () => {
    const id = 'model.shop.a/b?c#d %"<'
    expect(readRoute(resourceHref({ kind: 'model', id }, 'code'))).toMatchObject({
      page: { kind: 'resource', id },
      section: 'code',
    })
    expect(readRoute(sourceHref('a/b')).page).toEqual({ kind: 'source', name: 'a/b' })
    expect(readRoute(overviewHref('a?b')).page).toEqual({ kind: 'overview', packageName: 'a?b' })
    expect(readRoute(graphHref('2+a b,tag:c', '@d')).graph).toEqual({
      include: '2+a b,tag:c',
      exclude: '@d',
    })
  })
})
