import { Chalk } from 'chalk'

/** Colours of text, or none. */
export type Paint = Readonly<
  Record<'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold', (text: string) => string>
>

/** The sixteen colours that every terminal has. */
export const colored: Paint = new Chalk({ level: 1 })

export const plain: Paint = new Chalk({ level: 0 })
