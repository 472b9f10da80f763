import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { siteFiles, staticSite } from './site-files.ts'

const dataOf = (html: string, id: string): unknown => {
  const begin = `<script type="application/json" id="${id}">`
  const at = html.indexOf(begin) + begin.length
  const json = html.slice(at, html.indexOf('</script>', at))
  return json === '' ? undefined : JSON.parse(json)
}

describe('the site', () => {
  beforeAll(() => {
    const build = fileURLToPath(new URL('../../scripts/build-site.mjs', import.meta.url))
    execFileSync(process.execPath, [build])
  })

  it('is one page that allows no other script and no other host', () => {
    const files = siteFiles()
    expect(files.map(file => file.path)).toEqual(['index.html'])
    const html = files[0]!.content
    expect(html).toMatch(/default-src 'none'; script-src 'sha256-[\w+/=]{44}'/)
    expect(html).not.toMatch(/\b(?:src|href)="(?:https?:)?\/\//)
  })

  it('takes the data into the page, whatever text stands in it', () => {
    const manifest = { text: "</script><script>alert(1)</script><!-- $& $' $1", nodes: {} }
    const html = staticSite(JSON.stringify(manifest), '{"nodes":{"a":"<b>"}}')
    expect(html.match(/<\/script>/g)).toHaveLength(3)
    expect(dataOf(html, 'navo-manifest')).toEqual(manifest)
    expect(dataOf(html, 'navo-catalog')).toEqual({ nodes: { a: '<b>' } })
    expect(dataOf(staticSite('{}', undefined), 'navo-catalog')).toBeUndefined()
  })
})
