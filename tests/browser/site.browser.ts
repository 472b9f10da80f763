import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Browser, startBrowser } from './chromium.ts'
import { clipboard, goTo, ground, pageWidth, shownText } from './in-page.ts'
import { type OpenPage, openPage } from './open-page.ts'
import { sampleCatalog, sampleManifest } from './sample-project.ts'
import { type ServedSite, serveData } from './served-site.ts'

describe('the documentation site', () => {
  let browser: Browser
  let site: ServedSite
  let open: OpenPage
  let page: Page

  const go = (hash: string): Promise<void> => goTo(page, hash)
  const title = (): Promise<string> => shownText(page.locator('h1'))

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
    open = await openPage(browser.context, site.url)
    page = open.page
  })
  afterEach(async () => {
    expect(open.complaints).toEqual([])
    expect(open.strangers).toEqual([])
    await page.close()
  })

  it("opens with the project's overview", async () => {
    expect(await page.title()).toBe('shop')
    expect(await title()).toBe('shop')
    await page.getByRole('heading', { name: 'The shop' }).waitFor()
    expect(await shownText(page.locator('.stats'))).toMatch(/6\s+models\s+2\s+sources/)
    await page.locator('.overview-text').getByRole('link', { name: 'orders' }).click()
    await page.getByRole('heading', { level: 1, name: 'fct_orders' }).waitFor()
    expect(await page.title()).toBe('fct_orders · shop')
  })

  it('walks the tree by folder and by database, with the mouse and with keys', async () => {
    const tree = page.getByRole('tree')
    await tree.getByRole('treeitem', { name: 'staging' }).waitFor()
    expect(await tree.getByText('helper').count()).toBe(0)
    await tree.getByRole('treeitem', { name: 'stg_orders' }).click()
    await page.getByRole('heading', { level: 1, name: 'stg_orders' }).waitFor()
    expect(await shownText(tree.locator('[aria-current]'))).toBe('stg_orders')

    const folder = tree.getByRole('treeitem', { name: /^staging/ })
    await folder.focus()
    await page.keyboard.press('ArrowLeft')
    expect(await folder.getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'stg_customers' }).waitFor()

    await page.getByRole('radio', { name: 'Database' }).check()
    await tree.getByRole('treeitem', { name: 'main' }).waitFor()
    await tree.getByRole('treeitem', { name: 'raw_orders' }).click()
    await page.getByRole('heading', { level: 1, name: 'orders' }).waitFor()
  })

  it('searches names first, forgives errors, and goes where one says', async () => {
    await page.keyboard.press('/')
    const box = page.getByRole('combobox')
    await box.fill('orders')
    const first = page.getByRole('option').first()
    await first.waitFor()
    const names = await page.locator('.hit-name').allInnerTexts()
    expect(names.slice(0, 3).toSorted()).toEqual(['fct_orders', 'raw.orders', 'stg_orders'])
    expect(names).not.toContain('helper')
    await box.fill('fct_ordres')
    await expect.poll(() => shownText(first)).toContain('fct_orders')
    await box.fill('customer_name')
    await expect.poll(() => shownText(first)).toContain('column')
    await box.fill('stg')
    await page.keyboard.press('ArrowDown')
    const active = await shownText(page.locator('.hit.active .hit-name'))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: active }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  })

  it('shows a model: columns with types and tests, facts, code, neighbours', async () => {
    await go('#!/model/model.shop.fct_orders')
    await page.getByRole('heading', { level: 1, name: 'fct_orders' }).waitFor()
    expect(await shownText(page.locator('#description strong'))).toBe('order')

    const rows = await page.locator('#columns tbody tr').allInnerTexts()
    expect(rows.map(row => row.split(/\s+/)[0])).toEqual([
      'status',
      'order_id',
      'customer_name',
      'forgotten',
    ])
    expect(rows[0]).toMatch(/varchar[\s\S]*accepted values: placed, shipped/)
    expect(rows[0]).toContain('relationships → countries.code')
    expect(rows[1]).toMatch(/bigint[\s\S]*The key[\s\S]*not null[\s\S]*unique/)
    expect(rows[3]).toContain('not in the warehouse')

    const facts = await shownText(page.locator('.facts'))
    for (const fact of ['incremental', '@ann', 'finance', 'public', 'core', 'order_id']) {
      expect(facts).toContain(fact)
    }
    const tests = await shownText(page.locator('#tests'))
    expect(tests).toContain('no_negative_amounts'.replaceAll('_', ' '))
    expect(tests).toContain('amounts_are_kept')
    expect(tests).toContain('warns')
    expect(await shownText(page.locator('#depends_on'))).toMatch(/stg_orders\s+dim_customers v2/)
    expect(await shownText(page.locator('#referenced_by'))).toContain('Weekly report')
  })

  it('shows source and compiled code, copies it, and links its refs', async () => {
    await go('#!/model/model.shop.fct_orders')
    const code = page.locator('#code')
    await code.getByText("ref('stg_orders')").first().waitFor()
    await code.getByRole('button', { name: 'Copy the source code' }).click()
    await code.getByText('Copied').waitFor()
    expect(await clipboard(page)).toContain("from {{ ref('stg_orders') }} as o")
    await code.getByRole('tab', { name: 'Source' }).focus()
    await page.keyboard.press('ArrowRight')
    await code.getByText('"shop"."main"."stg_orders"').waitFor()
    await code.getByRole('button', { name: 'Copy the compiled code' }).click()
    await expect.poll(() => clipboard(page)).toContain('from "shop"."main"."stg_orders" as o')
    await code.getByRole('tab', { name: 'Source' }).click()
    await code.getByRole('link', { name: "'dim_customers'" }).click()
    await page.getByRole('heading', { level: 1, name: 'dim_customers v2' }).waitFor()
    expect(await shownText(page.locator('.facts'))).toMatch(/Contract\s+enforced/)
    expect(await shownText(page.locator('#columns'))).toContain('not null')
    await page.getByRole('navigation', { name: 'Versions' }).getByText('v1').click()
    await page.getByText('Deprecated from 2027-01-01').first().waitFor()
  })

  it('has pages for every kind', async () => {
    const expected: readonly (readonly [string, string, RegExp])[] = [
      ['source/source.shop.raw.orders', 'orders', /Loader\s+till[\s\S]*12 hours/],
      ['source_list/raw', 'raw', /What the till writes[\s\S]*customers[\s\S]*orders/],
      ['seed/seed.shop.countries', 'countries', /select \*/],
      ['snapshot/snapshot.shop.customers_history', 'customers_history', /Strategy\s+timestamp/],
      ['exposure/exposure.shop.weekly', 'Weekly report', /Ann <ann@shop.example>/],
      ['macro/macro.shop.cents', 'cents', /Arguments[\s\S]*column\s+string/],
      ['test/test.shop.unique_order.1', 'unique_fct_orders_order_id', /Severity\s+error/],
      ['unit_test/unit_test.shop.fct_orders.kept', 'amounts_are_kept', /given ref\('stg_orders'\)/],
      ['model/model.shop.helper', 'helper', /Hidden from the docs/],
      ['model/model.shop.none', 'model.shop.none is not in this project', /renamed or removed/],
    ]
    for (const [address, name, content] of expected) {
      await go(`#!/${address}`)
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
      expect(await shownText(page.locator('main'))).toMatch(content)
    }
    await go('#!/exposure/exposure.shop.weekly')
    const link = page.getByRole('link', { name: 'Open dashboard' })
    expect(await link.getAttribute('href')).toBe('https://bi.example/weekly')
    expect(await link.getAttribute('rel')).toContain('noopener')
  })

  it('opens links of old, sections and graphs included', async () => {
    await page.close()
    open = await openPage(browser.context, `${site.url}#!/model/model.shop.fct_orders#code`)
    page = open.page
    await page.getByRole('heading', { level: 1, name: 'fct_orders' }).waitFor()
    await expect.poll(async () => (await page.locator('#code').boundingBox())?.y).toBeLessThan(500)
    await page.goto(`${site.url}#!/model/model.shop.fct_orders?g_v=1&g_i=%2Bfct_orders%2B1`)
    await page.locator('.graph.full .node').first().waitFor()
    expect(await page.getByLabel('select', { exact: true }).inputValue()).toBe('+fct_orders+1')
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'fct_orders' }).waitFor()
  })

  it('switches between light and dark and remembers it', async () => {
    const light = await ground(page)
    await page.getByRole('button', { name: 'Dark mode' }).click()
    const dark = await ground(page)
    expect(dark).not.toBe(light)
    await page.reload()
    await page.waitForSelector('.site')
    expect(await ground(page)).toBe(dark)
    await page.getByRole('button', { name: 'Light mode' }).click()
    expect(await ground(page)).toBe(light)
  })

  it('works on a small screen', async () => {
    await page.setViewportSize({ width: 390, height: 800 })
    await go('#!/model/model.shop.fct_orders')
    await page.getByRole('heading', { level: 1, name: 'fct_orders' }).waitFor()
    expect(await pageWidth(page)).toBeLessThanOrEqual(390)
    const leaf = page.getByRole('treeitem', { name: 'stg_orders' })
    expect(await leaf.isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Menu' }).click()
    await leaf.click()
    await page.getByRole('heading', { level: 1, name: 'stg_orders' }).waitFor()
    expect(await leaf.isVisible()).toBe(false)
  })
})
