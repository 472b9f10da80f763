const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['colon', ':'],
  ['nbsp', '\u00a0'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['copy', '©'],
  ['euro', '€'],
  ['rarr', '→'],
  ['larr', '←'],
  ['times', '×'],
  ['middot', '·'],
  ['bull', '•'],
])

const fromCode = (code: number): string | undefined =>
  code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined

/** Replaces the character references that markdown knows by their characters. */
export const decodeEntities = (value: string): string =>
  value.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (all, decimal, hex, name) => {
    const found =
      decimal !== undefined
        ? fromCode(Number(decimal))
        : hex !== undefined
          ? fromCode(Number.parseInt(hex, 16))
          : NAMED.get(name)
    return found ?? all
  })
