import { stripVTControlCharacters } from 'node:util'
import type { Stream } from './stream.ts'

export interface LiveRegion {
  readonly start: () => void
  readonly stop: () => void
  /** Writes text above the region. */
  readonly print: (text: string) => void
}

/** Often enough to look alive, seldom enough to cost nothing. */
const redrawEvery = 100

/**
 * Lines at the bottom of a terminal that are redrawn in place. Each is cut to the terminal's width;
 * when the width shrinks afterwards, the rows that old lines wrapped onto are counted too.
 */
export const liveRegion = (out: Stream, draw: () => readonly string[]): LiveRegion => {
  /** Visible lengths of the lines on the screen. */
  let drawn: readonly number[] = []
  let timer: NodeJS.Timeout | undefined

  const erase = (): string => {
    if (drawn.length === 0) return ''
    const columns = Math.max(1, out.columns ?? 80)
    const rows = drawn.reduce((sum, length) => sum + Math.max(1, Math.ceil(length / columns)), 0)
    drawn = []
    return `\u001b[${rows}A\r\u001b[J`
  }
  const redraw = (before: string): void => {
    const start = erase()
    const lines = draw()
      .slice(0, Math.max(1, (out.rows ?? 24) - 2))
      .map(line => cut(line, Math.max(10, (out.columns ?? 80) - 1)))
    drawn = lines.map(line => stripVTControlCharacters(line).length)
    const text = `${start}${before}${lines.map(line => `${line}\n`).join('')}`
    if (text !== '') out.write(text)
  }
  return {
    start: () => {
      timer ??= setInterval(() => redraw(''), redrawEvery)
      timer.unref()
    },
    stop: () => {
      clearInterval(timer)
      timer = undefined
      const text = erase()
      if (text !== '') out.write(text)
    },
    print: text => {
      if (text === '' && timer !== undefined) return
      redraw(text)
    },
  }
}

/** Cuts a line to so many visible characters, keeping its escape sequences whole. */
const cut = (line: string, columns: number): string => {
  if (stripVTControlCharacters(line).length <= columns) return line
  let visible = 0
  let text = ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  for (const part of line.split(/(\u001b\[\d*m)/)) {
    if (part.startsWith('\u001b')) {
      text += part
      continue
    }
    const room = columns - 1 - visible
    if (room > 0) text += part.slice(0, room)
    visible += part.length
  }
  return `${text}…\u001b[0m`
}
