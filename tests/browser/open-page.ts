import type { BrowserContext, Page } from 'playwright-core'

export interface OpenPage {
  readonly page: Page
  /** Errors, warnings of the console and dialogs: none is ever expected. */
  readonly complaints: readonly string[]
  /** Addresses outside of the site that the page asked for: none is ever expected. */
  readonly strangers: readonly string[]
}

/** Opens an address and waits for the site to stand. */
export const openPage = async (context: BrowserContext, url: string): Promise<OpenPage> => {
  const page = await context.newPage()
  const complaints: string[] = []
  const strangers: string[] = []
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('dialog', dialog => {
    complaints.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  const home = new URL(url).origin
  page.on('request', request => {
    const asked = request.url()
    if (!asked.startsWith('data:') && new URL(asked).origin !== home) strangers.push(asked)
  })
  await page.goto(url)
  await page.waitForSelector('.site, .failure')
  return { page, complaints, strangers }
}
