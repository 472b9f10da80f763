import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Browser, startBrowser } from './chromium.ts'
import { firstSeen, nodeColor, shownText, sidesOf } from './in-page.ts'
import { largeProject } from './large-project.ts'
import { type OpenPage, openPage } from './open-page.ts'
import { sampleCatalog, sampleManifest } from './sample-project.ts'
import { type ServedSite, serveData } from './served-site.ts'

const GRAPH = '#!/overview?g_v=1'

describe('the lineage graph', () => {
  let browser: Browser
  let site: ServedSite
  let open: OpenPage
  let page: Page

  const node = (id: string): Locator => page.locator(`.node[data-id="${id}"]`)
  const sides = (): Promise<Readonly<Record<string, string>>> => sidesOf(page)
  const placeOf = async (one: Locator): Promise<{ x: number; y: number }> => {
    const box = await one.boundingBox()
    if (!box) throw new Error('not drawn')
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  const zoom = async (): Promise<number> =>
    Number(await page.locator('.graph-host').getAttribute('data-zoom'))

  beforeAll(async () => {
    browser = await startBrowser()
    site = await serveData({
      manifest: JSON.stringify(sampleManifest()),
      catalog: JSON.stringify(sampleCatalog()),
    })
  })
  afterAll(async () => {
    await site?.close()
    await browser?.close()
  })
  beforeEach(async () => {
    open = await openPage(browser.context, `${site.url}${GRAPH}`)
    page = open.page
    await node('model.shop.fct_orders').waitFor()
  })
  afterEach(async () => {
    expect(open.complaints).toEqual([])
    expect(open.strangers).toEqual([])
    await page.close()
  })

  it('lights ancestors and descendants of the node one clicks', async () => {
    await node('model.shop.stg_orders').click()
    expect(await sides()).toMatchObject({
      stg_orders: 'self',
      'raw.orders': 'upstream',
      fct_orders: 'downstream',
      weekly: 'downstream',
      'raw.customers': 'apart',
      countries: 'apart',
    })
    const card = page.getByRole('complementary', { name: 'Selected node' })
    expect(await shownText(card)).toMatch(/stg_orders\s+1 upstream\s+5 downstream/)
    await card.getByRole('button', { name: 'Clear the selection' }).click()
    expect(new Set(Object.values(await sides()))).toEqual(new Set(['none']))
  })

  it('opens a page on double-click', async () => {
    await node('model.shop.stg_orders').dblclick()
    await page.getByRole('heading', { level: 1, name: 'stg_orders' }).waitFor()
  })

  it('pans by dragging, also from a node, and takes no drag for a click', async () => {
    const orders = node('model.shop.stg_orders')
    const before = await placeOf(orders)
    await page.mouse.move(before.x, before.y)
    await page.mouse.down()
    await page.mouse.move(before.x + 40, before.y + 30, { steps: 4 })
    await page.mouse.move(before.x + 80, before.y + 60, { steps: 4 })
    await page.mouse.up()
    await expect.poll(async () => Math.round((await placeOf(orders)).x - before.x)).toBe(80)
    expect(Math.round((await placeOf(orders)).y - before.y)).toBe(60)
    expect(new Set(Object.values(await sides()))).toEqual(new Set(['none']))
    await page.getByRole('button', { name: 'Fit to view' }).click()
    await expect.poll(async () => Math.round((await placeOf(orders)).x - before.x)).toBe(0)
  })

  it('zooms with the wheel around the pointer, and with the buttons', async () => {
    const orders = node('model.shop.stg_orders')
    const before = await placeOf(orders)
    const start = await zoom()
    await page.mouse.move(before.x, before.y)
    await page.mouse.wheel(0, -300)
    await expect.poll(zoom).toBeGreaterThan(start * 1.2)
    const after = await placeOf(orders)
    expect(Math.abs(after.x - before.x)).toBeLessThan(2)
    expect(Math.abs(after.y - before.y)).toBeLessThan(2)
    const near = await zoom()
    await page.getByRole('button', { name: 'Zoom out' }).click()
    await expect.poll(zoom).toBeLessThan(near)
    await page.getByRole('button', { name: 'Fit to view' }).click()
    await expect.poll(zoom).toBeCloseTo(start, 2)
  })

  it('is walked with the keyboard', async () => {
    await node('model.shop.stg_orders').click()
    await page.getByRole('application').focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => (await sides()).fct_orders).toBe('self')
    const said = page.locator('[aria-live]').first()
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowLeft')
    await expect
      .poll(() => shownText(said))
      .toMatch(/^raw\.\w+, source, 0 upstream, \d+ downstream/)
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await sides()).fct_orders).toBe('none')
    await node('model.shop.fct_orders').click()
    await page.getByRole('application').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'fct_orders' }).waitFor()
  })

  it('draws what the selector names', async () => {
    const select = page.getByLabel('select', { exact: true })
    const drawn = async (text: string): Promise<readonly string[]> => {
      await select.fill(text)
      await select.press('Enter')
      await expect.poll(() => page.url()).toContain('g_i')
      await page.waitForTimeout(50)
      return Object.keys(await sides()).toSorted()
    }
    expect(await drawn('stg_orders')).toEqual(['stg_orders'])
    expect(await drawn('+stg_orders')).toEqual(['raw.orders', 'stg_orders'])
    expect(await drawn('1+fct_orders')).toEqual(['dim_customers.v2', 'fct_orders', 'stg_orders'])
    expect(await drawn('tag:daily,+weekly')).toEqual(['fct_orders', 'stg_orders'])
    await drawn('nope')
    expect(await shownText(page.getByRole('alert'))).toBe("nothing matches 'nope'")
    await page.getByRole('link', { name: 'Clear' }).click()
    await node('model.shop.stg_customers').waitFor()
    await page.getByText('data tests').click()
    await node('test.shop.unique_order.1').waitFor()
  })

  it('honours node_color and docs.show, and no more than a colour', async () => {
    const bar = (id: string): Promise<string> => nodeColor(page, id)
    expect(await bar('model.shop.stg_orders')).toBe('#cd7f32')
    expect(await bar('model.shop.stg_customers')).toBe('')
    expect(await node('model.shop.helper').getAttribute('title')).toContain('hidden from the docs')
  })

  it('shows the neighbourhood on the page of a model', async () => {
    await page.goto(`${site.url}#!/model/model.shop.stg_orders`)
    await node('model.shop.stg_orders').waitFor()
    expect(Object.keys(await sides()).toSorted()).toEqual([
      'fct_orders',
      'raw.orders',
      'stg_orders',
    ])
    await page.getByRole('radio', { name: '2' }).check()
    await node('exposure.shop.weekly').waitFor()
    await page.getByRole('link', { name: 'Open in the full graph' }).click()
    await page.locator('.graph.full').waitFor()
    expect(await page.getByLabel('select', { exact: true }).inputValue()).toBe('2+stg_orders+2')
  })
})

describe('a project of 2,000 nodes', () => {
  let browser: Browser
  let site: ServedSite

  beforeAll(async () => {
    browser = await startBrowser()
    site = await serveData(largeProject(2000))
  })
  afterAll(async () => {
    await site?.close()
    await browser?.close()
  })

  it('says that it is being laid out, then is selected in, zoomed into and searched without delay', async () => {
    const { page, complaints } = await openPage(browser.context, site.url)
    expect(await firstSeen(page, GRAPH, '.graph[role=status]')).toBe('Laying out 2,000 nodes…')
    await page.locator('.graph-host[data-mode="far"]').waitFor()
    expect(await shownText(page.locator('.graph-status'))).toContain('2000 nodes')
    const area = await page.locator('.graph-host').boundingBox()
    if (!area) throw new Error('not drawn')
    const middle = { x: area.x + area.width / 2, y: area.y + area.height / 2 }
    await page.mouse.move(middle.x, middle.y)
    for (let turn = 0; turn < 12; turn += 1) await page.mouse.wheel(0, -200)
    await page.locator('.graph-host[data-mode="near"]').waitFor()
    const count = await page.locator('.node').count()
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThan(450)
    await page.getByRole('button', { name: 'Fit to view' }).click()
    await page.locator('.graph-host[data-mode="far"]').waitFor()
    // In the far view nodes are painted, not elements: look for one near the middle.
    for (let step = 0; step < 40 && !(await page.locator('.selection').count()); step += 1) {
      await page.mouse.click(middle.x - 100 + step * 5, middle.y)
    }
    expect(await shownText(page.locator('.selection'))).toMatch(/\d+ upstream/)

    await page.keyboard.press('/')
    const began = Date.now()
    await page.getByRole('combobox').fill('rpt_stock_1999')
    await expect
      .poll(() => shownText(page.getByRole('option').first()), { interval: 20 })
      .toContain('rpt_stock_1999')
    // Generous: the machine may be busy. The index takes some 200 ms, once, and a search a few.
    expect(Date.now() - began).toBeLessThan(3000)
    expect(complaints).toEqual([])
    await page.close()
  })
})
