/** Colours of text, or none. */
export interface Paint {
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
  readonly dim: (text: string) => string
  readonly bold: (text: string) => string
  readonly cyan: (text: string) => string
}

const wrap = (open: number, close: number) => (text: string) =>
  `\u001b[${open}m${text}\u001b[${close}m`

/** The escape sequences dbt's output has; a reset closes each, as there. */
export const colored: Paint = {
  red: wrap(31, 0),
  green: wrap(32, 0),
  yellow: wrap(33, 0),
  dim: wrap(2, 0),
  bold: wrap(1, 0),
  cyan: wrap(36, 0),
}

const same = (text: string): string => text

export const plain: Paint = {
  red: same,
  green: same,
  yellow: same,
  dim: same,
  bold: same,
  cyan: same,
}
