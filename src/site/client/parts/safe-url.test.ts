import { describe, expect, it } from 'vitest'
import { isExternal, localImage, safeHref } from './safe-url.ts'

describe('safeHref', () => {
  it.each([
    'https://x.example/a',
    'http://x.example',
    'mailto:ann@x.example',
    '#!/model/model.a.b',
    'assets/picture.png',
    '//x.example/a',
  ])('lets %s through', href => {
    expect(safeHref(href)).toBe(href)
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://x/y',
  ])('stops %j', href => {
    expect(safeHref(href)).toBeUndefined()
  })

  it('knows what leads out, and shows no picture from there', () => {
    expect(isExternal('//x.example/a')).toBe(true)
    expect(isExternal('\\\\x.example\\a')).toBe(true)
    expect(isExternal('#!/overview')).toBe(false)
    expect(localImage('assets/a.png')).toBe('assets/a.png')
    expect(localImage('https://x.example/a.png')).toBeUndefined()
    expect(localImage('//x.example/a.png')).toBeUndefined()
    expect(localImage('data:image/svg+xml,<svg/>')).toBeUndefined()
  })
})
