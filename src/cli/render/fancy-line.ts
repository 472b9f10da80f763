/** Parts of the line of one node. */
export interface FancyLine {
  readonly text: string
  readonly status: string
  readonly index?: number
  readonly total?: number
  /** Seconds. */
  readonly seconds?: number
  readonly width: number
  readonly truncate?: boolean
}

/** `1 of 6 OK created sql table model main.a ........ [OK in 0.11s]`, padded with dots to the width. */
export const fancyLine = (line: FancyLine): string => {
  const progress = line.index === undefined ? '' : `${line.index} of ${line.total} `
  let padded = `${progress}${line.text} `.padEnd(line.width, '.')
  if (line.truncate && padded.length > line.width - 3)
    padded = `${padded.slice(0, line.width - 3)}...`
  const time = line.seconds === undefined ? '' : ` in ${line.seconds.toFixed(2)}s`
  return `${padded} [${line.status}${time}]`
}
