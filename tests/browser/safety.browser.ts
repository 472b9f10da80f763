import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { staticSite } from '../../src/site/site-files.ts'
import { type Browser, startBrowser } from './chromium.ts'
import { injected, shownText, tryForbidden } from './in-page.ts'
import { openPage } from './open-page.ts'
import { sampleCatalog, sampleManifest } from './sample-project.ts'
import { type ServedSite, serveData } from './served-site.ts'

const PAGES = [
  '#!/overview',
  '#!/model/model.shop.hostile',
  '#!/exposure/exposure.shop.evil',
  '#!/overview?g_v=1',
  '#!/overview?g_v=1&g_i=<img src=x onerror=window.hacked=true>',
  '#!/model/<img src=x onerror=window.hacked=true>',
  '#!/source_list/<script>window.hacked=true</script>',
]

describe('a hostile project', () => {
  let browser: Browser
  let site: ServedSite

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

  it.each(PAGES)('gets no script, style or request into %s', async hash => {
    const { page, complaints, strangers } = await openPage(browser.context, site.url + hash)
    await page.locator('h1').first().waitFor()
    await page.waitForTimeout(150)
    expect(await injected(page)).toEqual([])
    expect(complaints).toEqual([])
    expect(strangers).toEqual([])
    await page.close()
  })

  it('gets its texts shown as they are, in page, tree and search', async () => {
    const { page } = await openPage(browser.context, `${site.url}#!/model/model.shop.hostile`)
    expect(await shownText(page.locator('h1'))).toContain('<img src=x onerror=')
    expect(await shownText(page.locator('#description'))).toContain('<script>window.hacked=true')
    expect(await page.locator('#description a').count()).toBe(1)
    const link = page.locator('#description a')
    expect(await link.getAttribute('href')).toBe('https://tracker.example/pixel.png')
    await page.keyboard.press('/')
    await page.getByRole('combobox').fill('onerror')
    await page.getByRole('option').first().waitFor()
    expect(await injected(page)).toEqual([])
    await page.close()
  })

  it("is held back by the page's own policy, should all else fail", async () => {
    const { page } = await openPage(browser.context, site.url)
    expect(await tryForbidden(page)).toBe('refused')
    expect(await injected(page)).toEqual([])
    await page.close()
  })
})

describe('data that is not there', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => browser?.close())

  const failure = async (data: { manifest?: string }): Promise<string> => {
    const site = await serveData(data)
    const { page } = await openPage(browser.context, site.url)
    const text = await shownText(page.locator('.failure'))
    await page.close()
    await site.close()
    return text
  }

  it('does without a catalog', async () => {
    const site = await serveData({ manifest: JSON.stringify(sampleManifest()) })
    const { page } = await openPage(browser.context, site.url)
    expect(await shownText(page.locator('.notice'))).toContain('no catalog.json')
    await page.goto(`${site.url}#!/model/model.shop.fct_orders`)
    await page.locator('#columns').waitFor()
    expect(await shownText(page.locator('#columns'))).not.toContain('not in the warehouse')
    await page.close()
    await site.close()
  })

  it('says what is wrong with the manifest, and what to do', async () => {
    expect(await failure({})).toMatch(/no manifest\.json[\s\S]*navo docs generate/)
    expect(await failure({ manifest: '{"nodes": ' })).toMatch(/not readable as JSON/)
  })

  it('opens an empty project', async () => {
    const site = await serveData({ manifest: '{}' })
    const { page, complaints } = await openPage(browser.context, site.url)
    await page.locator('h1').waitFor()
    await page.goto(`${site.url}#!/overview?g_v=1`)
    expect(await shownText(page.locator('.graph-body'))).toContain('Nothing to draw')
    expect(complaints.filter(text => !text.includes('404'))).toEqual([])
    await page.close()
    await site.close()
  })

  it('opens from disk when the data stands in the page, else says how', async () => {
    const site = await serveData({ manifest: JSON.stringify(sampleManifest()) })
    const path = join(site.directory, 'static_index.html')
    await writeFile(
      path,
      staticSite(JSON.stringify(sampleManifest()), JSON.stringify(sampleCatalog())),
    )
    const whole = await openPage(
      browser.context,
      `${pathToFileURL(path)}#!/model/model.shop.hostile`,
    )
    await whole.page.locator('#columns').waitFor()
    expect(await injected(whole.page)).toEqual([])
    expect(whole.complaints).toEqual([])
    await whole.page.close()
    const bare = await openPage(
      browser.context,
      pathToFileURL(join(site.directory, 'index.html')).href,
    )
    expect(await shownText(bare.page.locator('.failure'))).toContain('--static')
    await bare.page.close()
    await site.close()
  })
})
