import type { Locator, Page } from 'playwright-core'

// What runs inside the page is written as text: these files are compiled without the browser's types.

/** The text as it shows, line breaks included. */
export const shownText = (locator: Locator): Promise<string> =>
  // biome-ignore lint/performance/useDomNodeTextContent: hidden text must not count
  locator.innerText()

/** On which side of the selected node each drawn node stands, by its id without kind and package. */
export const sidesOf = (page: Page): Promise<Readonly<Record<string, string>>> =>
  page.evaluate(`Object.fromEntries(
    [...document.querySelectorAll('.node')].map(node => [
      node.dataset.id.split('.').slice(2).join('.'),
      node.dataset.side,
    ]),
  )`)

/** The colour that a node is given by the project; '' for none. */
export const nodeColor = (page: Page, id: string): Promise<string> =>
  page.evaluate(`document.querySelector('[data-id="${id}"]').style.getPropertyValue('--node')`)

/** Goes to another place of the site, as a click on a link would. */
export const goTo = async (page: Page, hash: string): Promise<void> => {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
}

export const clipboard = (page: Page): Promise<string> =>
  page.evaluate('navigator.clipboard.readText()')

/** The colour of the page's ground. */
export const ground = (page: Page): Promise<string> =>
  page.evaluate('getComputedStyle(document.documentElement).backgroundColor')

/** How wide the page is, what sticks out included, in pixels. */
export const pageWidth = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth')

/** What an injection would leave behind: a script that ran, elements, handlers, addresses. */
export const injected = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`(() => {
    const found = 'hacked' in window ? ['a script ran'] : []
    for (const name of ['iframe', 'object', 'embed', '#injected', '#app style', '#app script']) {
      if (document.querySelector(name)) found.push(name)
    }
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (name.startsWith('on')) found.push(name + '=' + value)
        if (name === 'style' && value.includes('url(')) found.push(value)
      }
      const isSafe = ['http:', 'https:', 'mailto:', 'file:', 'data:'].includes(element.protocol)
      if (element.tagName === 'A' && !isSafe) found.push(element.href)
      if (element.tagName === 'A' && element.protocol === 'data:') found.push(element.href)
      const address = element.tagName === 'IMG' ? new URL(element.src).origin : location.origin
      if (address !== location.origin) found.push(element.src)
    }
    return found
  })()`)

/** Tries what the page's policy forbids: an inline script, a request to another host. */
export const tryForbidden = (page: Page): Promise<string> =>
  page.evaluate(`(async () => {
    const script = document.createElement('script')
    try {
      script.textContent = 'window.hacked = true'
      document.body.append(script)
    } catch {
      // Trusted types refuse the text already.
    }
    return fetch('https://tracker.example/x').then(() => 'sent', () => 'refused')
  })()`)

/** Goes to another place and gives the text of an element there, however soon it goes again. */
export const firstSeen = (page: Page, hash: string, selector: string): Promise<string> =>
  page.evaluate(`new Promise(seen => {
    new MutationObserver(() => {
      const found = document.querySelector(${JSON.stringify(selector)})
      if (found) seen(found.textContent)
    }).observe(document.body, { childList: true, subtree: true })
    location.hash = ${JSON.stringify(hash)}
  })`)
